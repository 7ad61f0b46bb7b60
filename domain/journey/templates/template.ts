import type { JourneyDefinition } from '../definition.ts';

/** A ready-made journey: a campaign can begin as a copy of it, and then it is the campaign's own. */
export type JourneyTemplate = {
  /** Stable, for programs. */
  id: string;
  name: string;
  /** For whom it is and what it does, in a sentence or two. */
  description: string;
  definition: JourneyDefinition;
};
