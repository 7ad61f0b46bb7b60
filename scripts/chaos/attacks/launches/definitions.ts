import type { JourneyDefinition } from '#domain/journey/definition.ts';

/** Rests at once and for long, so that a launch of many costs no touches. */
export const waiting: JourneyDefinition = {
  start: 'wait',
  steps: [
    { id: 'wait', kind: 'wait', for: '30d', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};
