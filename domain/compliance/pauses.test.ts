import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hourMs } from '../duration.ts';
import { dueAfterPauses } from './pauses.ts';
import type { Pause } from './pauses.ts';

const at = (hours: number) => new Date(Date.UTC(2026, 10, 20) + hours * hourMs);
const pause = (from: number, to: number | null, policy: Pause['policy'] = 'keep'): Pause => ({
  beganAt: at(from),
  endedAt: to === null ? null : at(to),
  policy,
});
/** A wait of ten hours. */
const wait = { from: at(0), until: at(10) };

test.each<[string, Pause[], number]>([
  ['nothing', [], 10],
  ['a pause within it', [pause(2, 5)], 13],
  ['a pause that began before it', [pause(-5, 5)], 15],
  ['a pause over its end: what remained remains', [pause(8, 20)], 22],
  ['a pause before it', [pause(-5, -1)], 10],
  ['a pause after it', [pause(10, 20)], 10],
  ['one that lasts', [pause(2, null)], 10],
  ['two pauses', [pause(6, 7), pause(2, 3)], 12],
  ['two that overlap', [pause(2, 6), pause(4, 8)], 16],
  ['one within another', [pause(2, 8), pause(4, 5)], 16],
  ['a second one in the time given back', [pause(8, 20), pause(21, 25)], 26],
  ['one that shifts', [pause(8, 20, 'shift')], 10],
])('a wait that %s ran into', (_name, pauses, due) => {
  expect(dueAfterPauses(wait, pauses)).toEqual({ dueAt: at(due), expired: false });
});

test('what came due in a pause that expires is left out, what did not is not', () => {
  expect(dueAfterPauses(wait, [pause(8, 20, 'expire')]).expired).toBe(true);
  expect(dueAfterPauses(wait, [pause(2, 9, 'expire')]).expired).toBe(false);
  expect(dueAfterPauses(wait, [pause(2, 4), pause(11, 13, 'expire')]).expired).toBe(true);
});

test('as much unpaused time passes as was to be waited', () => {
  const stretches = fc.array(fc.tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 1, max: 20 })), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(stretches, (drawn) => {
      const pauses = drawn.map(([from, length]) => pause(from, from + length));
      const { dueAt } = dueAfterPauses(wait, pauses);
      // Hour by hour: how many of those until then were in no pause?
      let unpaused = 0;
      for (let hour = 0; at(hour) < dueAt; hour += 1) {
        if (!pauses.some(({ beganAt, endedAt }) => beganAt <= at(hour) && endedAt! > at(hour))) unpaused += 1;
      }
      expect(unpaused).toBe(10);
    }),
  );
});
