import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answeredByValues,
  callOutcome,
  callStatusAdvances,
  carrierCallStatuses,
  carrierMessageStatuses,
  isFinalCallStatus,
  messageStatusAdvances,
} from './carrier-status.ts';

const texts = { statuses: carrierMessageStatuses, advances: messageStatusAdvances } as const;
const calls = { statuses: carrierCallStatuses, advances: callStatusAdvances } as const;

/** What is left after the reports came in that order. */
function taken<S>(reports: readonly S[], advances: (current: S | null, next: S) => boolean): S | null {
  return reports.reduce<S | null>((current, next) => (advances(current, next) ? next : current), null);
}

describe.each([
  ['texts', texts, ['queued', 'sending', 'sent', 'delivered']],
  ['calls', calls, ['queued', 'initiated', 'ringing', 'in-progress', 'completed']],
] as const)('%s', (_name, kind, course) => {
  const statuses = kind.statuses as readonly string[];
  const advances = kind.advances as (current: string | null, next: string) => boolean;

  test('a usual course goes up step by step, and never back', () => {
    course.forEach((status, index) => {
      expect(advances(course[index - 1] ?? null, status)).toBe(true);
      for (const earlier of course.slice(0, index)) expect(advances(status, earlier)).toBe(false);
    });
  });

  test('whatever the order and however often, the course ends at its end', () => {
    const reports = fc
      .array(fc.constantFrom(...course), { maxLength: 6 })
      .chain((more) => fc.shuffledSubarray([...course, ...more], { minLength: course.length + more.length }));
    fc.assert(
      fc.property(reports, (order) => {
        expect(taken(order, advances)).toBe(course.at(-1));
      }),
    );
  });

  test('no report moves a status down, or sideways: the first final one stays', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 12 }), (reports) => {
        let current: string | null = null;
        for (const next of reports) {
          if (!advances(current, next)) continue;
          if (current !== null) expect(advances(next, current)).toBe(false);
          current = next;
        }
        // Said all over again, the same reports are no news.
        for (const again of reports) expect(advances(current, again)).toBe(false);
      }),
    );
  });

  test('the same status again is no news', () => {
    for (const status of statuses) expect(advances(status, status)).toBe(false);
  });
});

test('exactly the statuses after which nothing comes are final', () => {
  expect(carrierCallStatuses.filter(isFinalCallStatus)).toEqual([
    'completed',
    'busy',
    'no-answer',
    'failed',
    'canceled',
  ]);
});

describe('what a call came to', () => {
  test.each([
    ['completed', null, 'answered'],
    ['completed', 'human', 'answered'],
    ['completed', 'unknown', 'answered'],
    ['completed', 'machine_start', 'voicemail'],
    ['completed', 'machine_end_beep', 'voicemail'],
    ['completed', 'machine_end_silence', 'voicemail'],
    ['completed', 'machine_end_other', 'voicemail'],
    ['completed', 'fax', 'voicemail'],
    ['busy', null, 'busy'],
    ['no-answer', null, 'no_answer'],
    ['failed', null, 'failed'],
    ['canceled', null, 'failed'],
    ['queued', null, null],
    ['initiated', null, null],
    ['ringing', null, null],
    ['in-progress', 'human', null],
  ] as const)('%s, answered by %s: %s', (status, answeredBy, outcome) => {
    expect(callOutcome(status, answeredBy)).toBe(outcome);
  });

  test('is known exactly when the status is final, whoever answered', () => {
    for (const status of carrierCallStatuses) {
      for (const answeredBy of [null, ...answeredByValues]) {
        expect(callOutcome(status, answeredBy) !== null).toBe(isFinalCallStatus(status));
      }
    }
  });
});
