import type { CallOutcome } from './carrier-status.ts';
import { refusals } from './compliance/refusals.ts';
import type { RefusalCode } from './compliance/refusals.ts';
import { dayMs, hourMs, minuteMs } from './duration.ts';

/**
 * A callback is a promise to call a person at a time. `kept`: the person was reached · `missed`: nobody was, and a task
 * asks a person to make good for it · `cancelled`: somebody took it back, or the person may not be called any more.
 */
export const callbackStatuses = ['scheduled', 'kept', 'missed', 'cancelled'] as const;
export type CallbackStatus = (typeof callbackStatuses)[number];

/** A person who is reached later than this after the promised time was called late. */
export const lateAfterMs = 15 * minuteMs;

/** What has not been kept this long after the promised time is missed. */
const graceMs = dayMs;

/** Calls made for one promised time, and the time between them. */
const maxTries = 3;
const retryAfterMs = 15 * minuteMs;

/** A promise the gate holds is asked for again after this: pauses end without telling callbacks. */
const holdMs = 10 * minuteMs;

/** The last instant at which a call still keeps the promise. */
export function callbackDeadline(dueAtMs: number): number {
  return dueAtMs + graceMs;
}

/** How a try to keep a promise ended: the gate's word, the carrier's, or the call's own outcome. */
export type CallbackTry =
  | { ended: 'call'; outcome: CallOutcome }
  | { ended: 'deferred'; untilMs: number }
  | { ended: 'held' }
  | { ended: 'refused'; code: RefusalCode }
  /** The carrier's final no, such as "no such number": asking again would be answered the same. */
  | { ended: 'rejected'; errorCode: string }
  /** Nobody can say whether it was called, so it is not called again. */
  | { ended: 'unknown' };

export type CallbackJudgement =
  | { status: 'kept' }
  | { status: 'scheduled'; notBeforeMs: number }
  | { status: 'missed' | 'cancelled'; reason: string };

/**
 * What becomes of a promise after a try. `tries` counts the calls made for this promised time, this one included. A
 * promise is never put off beyond its deadline.
 */
export function judgeTry(
  last: CallbackTry,
  { tries, dueAtMs, nowMs }: { tries: number; dueAtMs: number; nowMs: number },
): CallbackJudgement {
  switch (last.ended) {
    case 'call':
      if (last.outcome === 'answered') return { status: 'kept' };
      return tries < maxTries
        ? later(nowMs + retryAfterMs, dueAtMs, last.outcome)
        : { status: 'missed', reason: last.outcome };
    case 'deferred':
      return later(last.untilMs, dueAtMs, 'EXPIRED');
    case 'held':
      return later(nowMs + holdMs, dueAtMs, 'EXPIRED');
    case 'refused':
      // What would end a journey withdraws the promise: the person may not be called, by nobody's fault.
      return { status: refusals[last.code].effect === 'end' ? 'cancelled' : 'missed', reason: last.code };
    case 'rejected':
      return { status: 'missed', reason: `carrier error ${last.errorCode}` };
    case 'unknown':
      return { status: 'missed', reason: 'unknown outcome' };
  }
}

function later(notBeforeMs: number, dueAtMs: number, reason: string): CallbackJudgement {
  return notBeforeMs < callbackDeadline(dueAtMs)
    ? { status: 'scheduled', notBeforeMs }
    : { status: 'missed', reason };
}

/** The carrier's callbacks of a call that was placed are waited for so long; then the carrier is asked. */
export const callbackCallTimeoutMs = 10 * minuteMs;

/** A call that has not even been answered so long after it was placed never will be: the carrier has lost it. */
export const lostCallAfterMs = 24 * hourMs;

/** The touch key of a callback's call: the same attempt is the same call. */
export function callbackTouchKey(callbackId: string, attempt: number): string {
  return `callback:${callbackId}:${attempt}`;
}
