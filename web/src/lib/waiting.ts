import { findRefusal } from '#domain/compliance/refusals.ts';
import { waits } from '#domain/journey/waits.ts';
import type { Journey, WaitingFor } from '../data/types.ts';
import { words } from './format.ts';

/** What a journey can rest on, in the words of lists and filters. */
export const waitingLabels: Record<WaitingFor, string> = {
  reply: 'A reply',
  timer: 'A set time',
  call: 'A call to end',
  retry: 'The next attempt',
  defer: 'Calling hours or a limit',
  hold: 'A hold to be lifted',
};

export const waitingKinds = Object.keys(waitingLabels) as WaitingFor[];

type Waiting = {
  /** The sentence up to the time, if there is a time to tell. */
  lead: string;
  /** Before the time, when it is told: "until", "again at". */
  timeWord: string | null;
  /** What a person should know besides. */
  note: string | null;
};

/** What a journey waits for in plain words; null once it has ended. */
export function describeWaiting(journey: Journey): Waiting | null {
  if (journey.endedAt !== null || !['active', 'paused'].includes(journey.status)) return null;
  if (journey.status === 'paused')
    return { lead: waits.paused.message, timeWord: null, note: waits.paused.action };
  const because = journey.waitingMessage ?? (journey.waitingCode ? words(journey.waitingCode) : null);
  const action = journey.waitingCode === null ? null : (findRefusal(journey.waitingCode)?.action ?? null);
  switch (journey.waitingFor) {
    case 'reply':
      return { lead: waits.reply.message, timeWord: 'until', note: null };
    case 'timer':
      return { lead: waits.timer.message, timeWord: 'until', note: null };
    case 'call':
      return { lead: waits.call.message, timeWord: null, note: waits.call.action };
    case 'retry':
      return { lead: waits.retry.message, timeWord: 'at', note: null };
    case 'defer':
      return { lead: because ?? 'Not before', timeWord: 'Tries again at', note: action };
    case 'hold':
      return { lead: because ?? 'On hold', timeWord: null, note: action };
    case null:
      return { lead: 'At work on its step', timeWord: null, note: null };
  }
}

/** What an ended journey ended with. */
export function describeEnd(journey: Journey): string {
  const reason = journey.endReason;
  if (reason === null) return words(journey.status);
  if (reason.startsWith('disposition:')) {
    return `Ended by the disposition “${words(reason.slice('disposition:'.length))}”`;
  }
  if (reason === 'manual') return 'Removed by a person';
  const refusal = findRefusal(reason);
  if (refusal) return refusal.message;
  // A code of the journey's own, or a person's own words, which stay as they are.
  return /^[\w-]+$/.test(reason) ? words(reason) : reason;
}
