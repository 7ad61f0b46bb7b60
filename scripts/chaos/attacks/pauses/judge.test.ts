import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '#domain/duration.ts';
import { undisturbedMs, textIds } from './journey.ts';
import { judge } from './judge.ts';
import type { Fate } from './judge.ts';

/** Where it is noon at the launch. */
const noonMs = Math.floor(Date.UTC(2026, 10, 20) / dayMs) * dayMs + 12 * hourMs;
const pause = (from: number, until: number) => ({
  fromMs: noonMs + from * minuteMs,
  untilMs: noonMs + until * minuteMs,
});

/** The journey that nothing holds, from the given text on later by so many minutes. */
function fate(change: Partial<Fate> & { late?: Record<string, number> } = {}): Fate {
  const { late = {}, ...rest } = change;
  let shiftMs = 0;
  const sent = textIds.map((text, index) => {
    // A time of day does not follow what was before it.
    if (text === 'text-5') shiftMs = 0;
    shiftMs += (late[text] ?? 0) * minuteMs;
    return { text, atMs: noonMs + undisturbedMs[index]! + shiftMs };
  });
  return { policy: 'keep', pauses: [], sent, expired: [], status: 'completed', offsetMs: 0, ...rest };
}

describe('what a fair journey does is no fault', () => {
  test.each<[string, Fate]>([
    ['undisturbed', fate()],
    ['kept through a pause of 20 minutes', fate({ pauses: [pause(10, 30)], late: { 'text-2': 20 } })],
    ['caught up after it', fate({ policy: 'shift', pauses: [pause(40, 60)], late: { 'text-2': 13 } })],
    ['paused over the time of day', fate({ pauses: [pause(20 * 60, 22 * 60)], late: { 'text-5': 60 } })],
  ])('%s', (_, seen) => expect(judge(seen)).toEqual([]));
});

describe('every broken promise is seen', () => {
  const without = (id: string) => fate().sent.filter(({ text }) => text !== id);
  test.each<[string, Fate, string]>([
    ['removed', fate({ status: 'removed' }), 'removed instead of completed'],
    ['repeated', fate({ sent: [...fate().sent, fate().sent[5]!] }), 'twice'],
    ['lost', fate({ sent: without('text-3') }), 'missing'],
    [
      'left out without being asked',
      fate({ sent: without('text-3'), expired: ['text-3'] }),
      'expired without',
    ],
    ['sent in the pause', fate({ pauses: [pause(140, 150)] }), 'in a pause'],
    ['no time given back', fate({ pauses: [pause(10, 30)] }), 'cut short'],
    [
      'kept although it was to be shifted',
      fate({ policy: 'shift', pauses: [pause(10, 30)], late: { 'text-2': 20 } }),
      'drawn out',
    ],
    ['woken hours later', fate({ pauses: [pause(40, 60)], late: { 'text-2': 200 } }), 'drawn out'],
    ['a time of day that moved', fate({ pauses: [pause(600, 660)], late: { 'text-5': 60 } }), 'drawn out'],
  ])('%s', (_, seen, word) => expect(judge(seen).join('; ')).toContain(word));
});
