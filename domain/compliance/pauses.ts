export const resumePolicies = ['keep', 'shift', 'expire'] as const;

/**
 * What becomes of a wait that a pause ran into. `keep`: the pause does not count, what remained of the wait remains.
 * `shift`: the wait went on, and what came due meanwhile is done after the restart. `expire`: what came due meanwhile is
 * left out.
 */
export type ResumePolicy = (typeof resumePolicies)[number];

/** A stretch in which sending stood still; `endedAt` null = it lasts. */
export type Pause = { beganAt: Date; endedAt: Date | null; policy: ResumePolicy };

/** A journey's own wait, from when until when. */
export type Wait = { from: Date; until: Date };

/**
 * When the touch behind a wait is due, given the pauses that ran into it: the instant at which as much unpaused time has
 * passed as was to be waited, pauses with `keep` counted as no time at all. `expired`: it came due in a pause that leaves
 * out what it met. Overlapping pauses (a campaign's and the organisation's) count once.
 */
export function dueAfterPauses(wait: Wait, pauses: readonly Pause[]): { dueAt: Date; expired: boolean } {
  const fromMs = wait.from.getTime();
  let dueMs = wait.until.getTime();
  /** Up to where the time given back has been counted. */
  let countedMs = fromMs;
  const byBeginning = [...pauses].sort((a, b) => a.beganAt.getTime() - b.beganAt.getTime());
  for (const { beganAt, endedAt, policy } of byBeginning) {
    // A pause that still lasts is the gate's hold to answer; nothing can be given back before it is over.
    if (endedAt === null) continue;
    const endMs = endedAt.getTime();
    // What is due when a pause begins, or before it, had its chance.
    if (beganAt.getTime() >= dueMs && beganAt.getTime() > fromMs) break;
    if (endMs <= fromMs) continue;
    if (policy === 'expire' && beganAt.getTime() <= dueMs && dueMs < endMs)
      return { dueAt: new Date(dueMs), expired: true };
    if (policy !== 'keep') continue;
    const startMs = Math.max(beganAt.getTime(), countedMs);
    if (endMs <= startMs) continue;
    dueMs += endMs - startMs;
    countedMs = endMs;
  }
  return { dueAt: new Date(dueMs), expired: false };
}
