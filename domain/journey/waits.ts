import type { Rest } from './state.ts';

/**
 * What a journey rests on besides the gate's word, one list for API and web: what it is, and what goes on or can be done.
 */
export const waits = {
  paused: {
    message: 'Paused by a person',
    action: 'Resume it: its waits stand still and go on with what was left of them.',
  },
  timer: { message: 'Waiting', action: 'Nothing, or reschedule or skip the step.' },
  reply: { message: 'Waiting for a reply', action: 'Nothing, or reschedule or skip the step.' },
  call: {
    message: 'A call is going on',
    action: 'Nothing: if its outcome does not reach us, the carrier is asked for it.',
  },
  retry: { message: 'Calls again', action: 'Nothing, or reschedule or skip the step.' },
} as const satisfies Record<Exclude<Rest['kind'], 'defer' | 'hold'> | 'paused', WaitWords>;

type WaitWords = { message: string; action: string };
