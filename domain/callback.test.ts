import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callbackDeadline, judgeTry } from './callback.ts';
import type { CallbackTry } from './callback.ts';
import { callOutcomes } from './carrier-status.ts';
import { refusalCodes, refusals } from './compliance/refusals.ts';
import { dayMs, hourMs, minuteMs } from './duration.ts';

const dueAtMs = Date.UTC(2026, 10, 20, 15);

describe('what becomes of a promise after a try', () => {
  const once = { tries: 1, dueAtMs, nowMs: dueAtMs };
  const soon = { status: 'scheduled', notBeforeMs: dueAtMs + 15 * minuteMs };
  test.each<[CallbackTry, object, object]>([
    [{ ended: 'call', outcome: 'answered' }, once, { status: 'kept' }],
    [{ ended: 'call', outcome: 'busy' }, once, soon],
    [{ ended: 'call', outcome: 'voicemail' }, { ...once, tries: 2 }, soon],
    [
      { ended: 'call', outcome: 'no_answer' },
      { ...once, tries: 3 },
      { status: 'missed', reason: 'no_answer' },
    ],
    [{ ended: 'refused', code: 'OPTED_OUT' }, once, { status: 'cancelled', reason: 'OPTED_OUT' }],
    [{ ended: 'refused', code: 'LEAD_BLOCKED' }, once, { status: 'cancelled', reason: 'LEAD_BLOCKED' }],
    [{ ended: 'refused', code: 'NO_CONSENT' }, once, { status: 'missed', reason: 'NO_CONSENT' }],
    [{ ended: 'refused', code: 'EXPIRED' }, once, { status: 'missed', reason: 'EXPIRED' }],
    [{ ended: 'rejected', errorCode: '21211' }, once, { status: 'missed', reason: 'carrier error 21211' }],
    [{ ended: 'unknown' }, once, { status: 'missed', reason: 'unknown outcome' }],
    [
      { ended: 'deferred', untilMs: dueAtMs + hourMs },
      once,
      { status: 'scheduled', notBeforeMs: dueAtMs + hourMs },
    ],
    [{ ended: 'deferred', untilMs: dueAtMs + dayMs }, once, { status: 'missed', reason: 'EXPIRED' }],
    [{ ended: 'held' }, { ...once, nowMs: dueAtMs + dayMs }, { status: 'missed', reason: 'EXPIRED' }],
  ])('%j', (last, facts, expected) => {
    expect(judgeTry(last, facts as typeof once)).toEqual(expected);
  });

  test('it is put off into the future only and never beyond its deadline; only an answered call keeps it', () => {
    const tries: fc.Arbitrary<CallbackTry> = fc.oneof(
      fc.constantFrom(...callOutcomes).map((outcome) => ({ ended: 'call' as const, outcome })),
      fc.constantFrom(...refusalCodes).map((code) => ({ ended: 'refused' as const, code })),
      fc.constant({ ended: 'held' as const }),
      fc.constant({ ended: 'unknown' as const }),
      fc
        .integer({ min: 1, max: 3 * dayMs })
        .map((ms) => ({ ended: 'deferred' as const, untilMs: dueAtMs + ms })),
    );
    fc.assert(
      fc.property(
        tries,
        fc.integer({ min: 0, max: 2 * dayMs }),
        fc.integer({ min: 1, max: 5 }),
        (last, pastMs, made) => {
          const nowMs = dueAtMs + pastMs;
          fc.pre(last.ended !== 'deferred' || last.untilMs > nowMs);
          const judged = judgeTry(last, { tries: made, dueAtMs, nowMs });
          if ('notBeforeMs' in judged) {
            expect(judged.notBeforeMs).toBeGreaterThan(nowMs);
            expect(judged.notBeforeMs).toBeLessThan(callbackDeadline(dueAtMs));
          }
          expect(judged.status === 'kept').toBe(last.ended === 'call' && last.outcome === 'answered');
          if (judged.status === 'cancelled')
            expect(last.ended === 'refused' && refusals[last.code].effect).toBe('end');
        },
      ),
    );
  });
});
