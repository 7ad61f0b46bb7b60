import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import { dayMs, hourMs } from '#domain/duration.ts';
import { textIds, waitsBefore } from './journey.ts';

export type Sent = { text: string; atMs: number };
export type Stretch = { fromMs: number; untilMs: number };
export type Fate = {
  policy: ResumePolicy;
  pauses: Stretch[];
  sent: Sent[];
  /** Texts that were left out with EXPIRED. */
  expired: string[];
  status: string;
  /** The local clock's offset from UTC where the lead is. */
  offsetMs: number;
};

/** What a machine needs between an instant and what it does then, and how exactly time is skipped. */
const slackMs = 90_000;
const opensAtMs = 8 * hourMs;

/** Every promise that this lead's journey breaks, in words. */
export function judge(fate: Fate): string[] {
  const { policy, pauses, sent, expired, status } = fate;
  const broken: string[] = [];
  if (status !== 'completed') broken.push(`journeys ${status} instead of completed`);
  const texts = sent.map(({ text }) => text);
  if (new Set(texts).size < texts.length) broken.push('texts sent twice');
  const wanted = textIds.filter((id) => policy !== 'expire' || !expired.includes(id));
  if (policy !== 'expire' && expired.length > 0) broken.push('texts expired without being asked to');
  if ([...new Set(texts)].join() !== wanted.join()) broken.push('texts missing or out of order');
  for (const { atMs } of sent) {
    if (pauses.some(({ fromMs, untilMs }) => atMs > fromMs + 2_000 && atMs < untilMs - 2_000))
      broken.push('texts sent in a pause');
  }
  for (const [index, { text, atMs }] of sent.entries()) {
    const before = sent[index - 1];
    const wait = waitsBefore[text];
    // After a text that was left out, the next wait began at an instant that no text shows.
    if (!before || !wait || textIds.indexOf(text) !== textIds.indexOf(before.text) + 1) continue;
    const kept = 'forMs' in wait && policy === 'keep';
    const dueMs =
      'forMs' in wait
        ? before.atMs + wait.forMs + (kept ? takenFrom(before.atMs, wait.forMs, pauses) : 0)
        : nextLocal(before.atMs, wait.atLocalMs, fate.offsetMs);
    if (atMs < dueMs - 2_000) broken.push('waits cut short');
    if (atMs > dueMs + slackMs && !isFirstChance(dueMs, atMs, fate)) broken.push('waits drawn out');
  }
  return broken;
}

/** How much of the time in which so much was to be waited was paused. */
function takenFrom(fromMs: number, waitMs: number, pauses: Stretch[]): number {
  let dueMs = fromMs + waitMs;
  let taken = 0;
  for (const { fromMs: beganMs, untilMs } of pauses) {
    if (untilMs <= fromMs || beganMs >= dueMs) continue;
    const lost = untilMs - Math.max(beganMs, fromMs);
    dueMs += lost;
    taken += lost;
  }
  return taken;
}

function nextLocal(afterMs: number, ofDayMs: number, offsetMs: number): number {
  const local = afterMs + offsetMs;
  const today = Math.floor(local / dayMs) * dayMs + ofDayMs;
  return (today > local ? today : today + dayMs) - offsetMs;
}

/** It was late because the hours were closed or sending was paused when it came due, and it came when that was over. */
function isFirstChance(dueMs: number, atMs: number, { pauses, offsetMs }: Fate): boolean {
  const atOpening = (((atMs + offsetMs) % dayMs) + dayMs) % dayMs;
  const atResume = pauses.some(
    ({ fromMs, untilMs }) => fromMs <= atMs && atMs >= untilMs && atMs < untilMs + slackMs && untilMs > dueMs,
  );
  return atResume || (atOpening >= opensAtMs && atOpening < opensAtMs + slackMs);
}
