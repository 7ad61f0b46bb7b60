/** How an organisation contacts people, whatever campaign does it; every field has a sane default. */
export type OrganizationSettings = {
  /** Sent once after an opt-out; null sends none, because the carrier sends one of its own. */
  optOutConfirmation: string | null;
  /** Answers HELP and INFO; null sends none, because the carrier sends one of its own. */
  helpReply: string | null;
  /** What an opt-out ends: everything, or only the campaign that the person answered. */
  optOutScope: 'organization' | 'campaign';
  /** Touches a second of all numbers together. */
  touchesPerSecond: number;
  lane: LaneRules;
};

/** What one person may be asked to bear: everything that goes to one phone number, by any campaign and any lead. */
export type LaneRules = {
  /** Most texts in 24 hours; null = no cap. */
  textsPerDay: number | null;
  textsPerWeek: number | null;
  callsPerDay: number | null;
  callsPerWeek: number | null;
  /** Least time between two touches of any kind, in minutes. */
  minimumGapMinutes: number;
  /** … and between two calls, in minutes, whoever makes them: a journey, its retries, a callback. */
  callGapMinutes: number;
  /** While one campaign waits for the person's answer, the others wait too. */
  oneConversation: boolean;
};

/**
 * Calls: seven in seven days is where harassment is presumed for debt collectors (12 CFR 1006.14(b)(2)), a sound measure for
 * anybody; the rest is what people bear.
 */
export const defaultOrganizationSettings: OrganizationSettings = {
  optOutConfirmation: null,
  helpReply: null,
  optOutScope: 'organization',
  touchesPerSecond: 50,
  lane: {
    textsPerDay: 3,
    textsPerWeek: 10,
    callsPerDay: 4,
    callsPerWeek: 7,
    minimumGapMinutes: 0,
    callGapMinutes: 15,
    oneConversation: true,
  },
};

/** As they are kept: only what differs from the defaults. */
export type StoredOrganizationSettings = Partial<Omit<OrganizationSettings, 'lane'>> & {
  lane?: Partial<LaneRules>;
};

/** The settings with the defaults of whatever is not set. */
export function organizationSettings(stored: StoredOrganizationSettings): OrganizationSettings {
  return {
    ...defaultOrganizationSettings,
    ...stored,
    lane: { ...defaultOrganizationSettings.lane, ...stored.lane },
  };
}
