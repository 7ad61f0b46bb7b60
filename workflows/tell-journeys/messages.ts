/** Tells every running journey of a launch or campaign one thing: the slow half of a resume or cancel. */
export type TellJourneysInput = {
  organizationId: string;
  /** Whom to tell: all running journeys of a launch, or only those that the gate holds. */
  audience: { launchId: string } | { campaignId: string } | { organizationWide: true };
  heldOnly: boolean;
  message: { tell: 'wake' } | { tell: 'remove'; reason: string };
  /** The last journey that an earlier run has told, and how many it told. */
  from?: { after: string; told: number };
};

export const tellJourneysWorkflow = 'tellJourneys';
