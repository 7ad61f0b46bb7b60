import type { JourneyDefinition, Step } from '../definition.ts';

/** A ready-made journey: a campaign can begin as a copy of it, and then it is the campaign's own. */
export type JourneyTemplate = {
  /** Stable, for programs. */
  id: string;
  name: string;
  /** For whom it is and what it does, in a sentence or two. */
  description: string;
  definition: JourneyDefinition;
};

/** The ends that every journey with an answer has: a number that is somebody else's, and words that are a person's to answer. */
export const handedOver: Step[] = [
  { id: 'wrong-number', kind: 'disposition', disposition: 'wrong_number', next: 'end-wrong-number' },
  { id: 'end-wrong-number', kind: 'end', reason: 'wrong_number' },
  { id: 'hand-over', kind: 'disposition', disposition: 'callback_requested', next: 'end-handed-over' },
  { id: 'end-handed-over', kind: 'end', reason: 'handed_over' },
];

/** What follows from the answer to an offer, from `what-they-said` on. Words that no rule is sure of are a person's to answer. */
export const whatTheySaid: Step[] = [
  {
    id: 'what-they-said',
    kind: 'branch',
    cases: [
      { when: { fact: 'last_reply', is: 'equals', value: 'yes' }, next: 'interested' },
      { when: { fact: 'last_reply', is: 'equals', value: 'no' }, next: 'not-interested' },
      { when: { fact: 'last_reply', is: 'equals', value: 'wrong_number' }, next: 'wrong-number' },
    ],
    otherwise: 'hand-over',
  },
  { id: 'interested', kind: 'disposition', disposition: 'interested', next: 'end-interested' },
  { id: 'end-interested', kind: 'end', reason: 'interested' },
  { id: 'not-interested', kind: 'disposition', disposition: 'not_interested', next: 'end-not-interested' },
  { id: 'end-not-interested', kind: 'end', reason: 'not_interested' },
  ...handedOver,
];
