import { restOf } from '#domain/journey/engine.ts';
import type { JourneyState, Rest } from '#domain/journey/state.ts';

/** A wait of the journey's own: what a pause of sending takes from it, the gate gives back. */
export type OwnWait = {
  /** Which rest it is. */
  key: string;
  fromMs: number;
  untilMs: number;
  /** A person has paused the journey when it was last looked at. */
  paused: boolean;
};

/** The rests that the definition asks for; the others are the gate's or the carrier's. */
export function isOwn(rest: Rest | null): boolean {
  return rest !== null && (rest.kind === 'timer' || rest.kind === 'reply' || rest.kind === 'retry');
}

/**
 * The journey's own wait, looked at anew at each rest. It begins when the journey first rests on it. Whoever reschedules it
 * names an instant that they can see, so pauses of the time before do not move that any more. What a person's own pause
 * of the journey adds to it belongs to the same wait. A time of day begins when it ends: no pause moves it.
 */
export function nextOwnWait(was: OwnWait | null, state: JourneyState, nowMs: number): OwnWait | null {
  const rest = restOf(state);
  if (rest === null || !isOwn(rest)) return was;
  const key = `${state.visit}:${state.attempt}:${rest.kind}`;
  const paused = state.pausedAtMs !== null;
  const { untilMs } = rest;
  if (rest.kind === 'timer' && rest.atLocalTime) return { key, fromMs: untilMs, untilMs, paused };
  const same = was?.key === key;
  if (same && untilMs === was.untilMs) return { ...was, paused };
  const fromMs = same && was.paused ? was.fromMs : Math.min(nowMs, untilMs);
  return { key, fromMs: Math.min(fromMs, untilMs), untilMs, paused };
}
