import { refusals } from '#domain/compliance/refusals.ts';
import type { RefusalCode } from '#domain/compliance/refusals.ts';
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
  if (journey.status === 'paused') {
    return {
      lead: 'Paused by a person',
      timeWord: null,
      note: 'Its waits stand still and go on with what was left of them when it is resumed.',
    };
  }
  const because = journey.waitingMessage ?? (journey.waitingCode ? words(journey.waitingCode) : null);
  switch (journey.waitingFor) {
    case 'reply':
      return { lead: 'Waiting for a reply', timeWord: 'until', note: null };
    case 'timer':
      return { lead: 'Waiting', timeWord: 'until', note: null };
    case 'call':
      return {
        lead: 'A call is going on',
        timeWord: null,
        note: 'If its outcome does not reach us, the carrier is asked for it.',
      };
    case 'retry':
      return { lead: 'Calls again', timeWord: 'at', note: null };
    case 'defer':
      return { lead: because ?? 'Not before', timeWord: 'Tries again at', note: null };
    case 'hold':
      return {
        lead: because ?? 'On hold',
        timeWord: null,
        note: 'It goes on as soon as that changes.',
      };
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
  if (Object.hasOwn(refusals, reason)) return refusals[reason as RefusalCode].message;
  // A code of the journey's own, or a person's own words, which stay as they are.
  return /^[\w-]+$/.test(reason) ? words(reason) : reason;
}
