import { expect, test } from 'vitest';
import { hourMs } from '#domain/duration.ts';
import { advance, start } from '#domain/journey/engine.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import type { JourneyEvent, JourneyState } from '#domain/journey/state.ts';
import { nextOwnWait } from './own-wait.ts';
import type { OwnWait } from './own-wait.ts';

const definition: JourneyDefinition = {
  start: 'wait',
  steps: [
    { id: 'wait', kind: 'wait', for: '4h', next: 'text' },
    { id: 'text', kind: 'sms', body: 'Hello', next: 'morning' },
    { id: 'morning', kind: 'wait', until: { time: '09:00', days: 1 }, next: 'hear' },
    { id: 'hear', kind: 'wait_for_reply', timeout: '1d', onReply: 'end', onTimeout: 'wait' },
    { id: 'end', kind: 'end' },
  ],
};
const facts = { timeZones: ['America/New_York'] };
const noonMs = Date.UTC(2026, 10, 2, 17);

/** A journey whose rests are looked at after every event, as the workflow does. */
function begin() {
  let { state } = start(definition, facts, noonMs);
  let wait: OwnWait | null = nextOwnWait(null, state, noonMs);
  type Body = JourneyEvent extends infer E ? (E extends JourneyEvent ? Omit<E, 'atMs'> : never) : never;
  return {
    at: (atMs: number, body: Body) => {
      state = advance(definition, facts, state, { ...body, atMs } as JourneyEvent).state;
      wait = nextOwnWait(wait, state, atMs);
      return wait && [wait.fromMs, wait.untilMs];
    },
    state: (): JourneyState => state,
    wait: () => wait && [wait.fromMs, wait.untilMs],
  };
}

test('a wait begins with its first rest, whatever is told of it later', () => {
  const journey = begin();
  expect(journey.wait()).toEqual([noonMs, noonMs + 4 * hourMs]);
  expect(journey.at(noonMs + hourMs, { type: 'reply', intent: 'question' })).toEqual([
    noonMs,
    noonMs + 4 * hourMs,
  ]);
});

test('what the gate makes of the touch leaves it alone; a time of day is a point; the next wait is another', () => {
  const journey = begin();
  const over = noonMs + 4 * hourMs;
  journey.at(over, { type: 'rest-over' });
  const touchKey = 'text:2';
  const held = { outcome: 'held', code: 'CAMPAIGN_PAUSED' } as const;
  expect(journey.at(over, { type: 'touch-ended', touchKey, result: held })).toEqual([noonMs, over]);
  journey.at(over + hourMs, { type: 'woken' });
  const morningMs = Date.UTC(2026, 10, 3, 14);
  const sent = { type: 'touch-ended', touchKey, result: { outcome: 'done' } } as const;
  expect(journey.at(over + hourMs, sent)).toEqual([morningMs, morningMs]);
  expect(journey.at(morningMs, { type: 'rest-over' })).toEqual([morningMs, morningMs + 24 * hourMs]);
  expect(journey.at(morningMs + 24 * hourMs, { type: 'rest-over' })).toEqual([
    morningMs + 24 * hourMs,
    morningMs + 28 * hourMs,
  ]);
});

test('a person’s pause lengthens it; an instant that a person names is one from then on', () => {
  const journey = begin();
  const wait = [noonMs, noonMs + 4 * hourMs];
  expect(journey.at(noonMs + hourMs, { type: 'paused' })).toEqual(wait);
  expect(journey.at(noonMs + 3 * hourMs, { type: 'resumed' })).toEqual([noonMs, noonMs + 6 * hourMs]);
  const untilMs = noonMs + 9 * hourMs;
  expect(journey.at(noonMs + 4 * hourMs, { type: 'rescheduled', untilMs })).toEqual([
    noonMs + 4 * hourMs,
    untilMs,
  ]);
  const past = { type: 'rescheduled', untilMs: noonMs } as const;
  expect(journey.at(noonMs + 5 * hourMs, past)).toEqual([noonMs, noonMs]);
});
