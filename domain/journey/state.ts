import type { CallOutcome } from '../carrier-status.ts';
import type { RefusalCode } from '../compliance/refusals.ts';
import type { ReplyIntent } from '../compliance/reply-intent.ts';
import type { Condition } from './condition.ts';
import type { StepId } from './definition.ts';

export const journeyStatuses = ['active', 'paused', 'completed', 'removed', 'failed'] as const;
export type JourneyStatus = (typeof journeyStatuses)[number];

/** What a journey rests on. Instants are epoch milliseconds; a rest always ends, so nothing waits forever unseen. */
export type Rest =
  /** `atLocalTime`: it ends at a time of day, which no pause of sending moves. */
  | { kind: 'timer'; untilMs: number; atLocalTime?: true }
  | { kind: 'reply'; untilMs: number }
  /** The carrier was asked to call; we wait for its word, then ask. */
  | { kind: 'call'; touchKey: string; untilMs: number }
  /** A further attempt of the same call step. */
  | { kind: 'retry'; untilMs: number }
  /** The gate said "not before". */
  | { kind: 'defer'; untilMs: number; code: RefusalCode }
  /** The gate said "not while": paused, stopped, no number. Asked again when woken, or after `untilMs`. */
  | { kind: 'hold'; untilMs: number; code: RefusalCode };

/** The one thing that the driver has to do next. Whatever it does, it answers with an event. */
export type Command =
  /** `expiresAtMs`: after that the text is not worth sending. */
  | { do: 'send-text'; stepId: StepId; touchKey: string; expiresAtMs?: number }
  | { do: 'place-call'; stepId: StepId; touchKey: string; attempt: number }
  | { do: 'ask-carrier'; touchKey: string }
  | { do: 'check-lead'; stepId: StepId; conditions: Condition[] }
  | { do: 'apply-disposition'; disposition: string; touchKey: string }
  | { do: 'set-stage'; stage: string; autoCreate: boolean; touchKey: string }
  | { do: 'rest'; rest: Rest }
  | { do: 'finish' };

/** Everything a journey knows. It is carried whole through continue-as-new, so it stays small and plain JSON. */
export type JourneyState = {
  status: 'active' | 'completed' | 'removed' | 'failed';
  endReason: string | null;
  stepId: StepId;
  /** When the journey came to this step. */
  enteredAtMs: number;
  /** Counts step entries of the whole journey, so that a step visited twice has two touch keys. */
  visit: number;
  /** Attempts made in this visit of a call step. */
  attempt: number;
  /** Calls placed by step over the whole journey; what a branch on `attempts` sees. */
  attempts: Record<StepId, number>;
  /** Steps entered since the last rest: a journey that never rests is stopped, not left spinning. */
  sinceRest: number;
  lastDisposition: string | null;
  lastReply: ReplyIntent | null;
  /** A reply came that no step has looked at yet. */
  replyPending: boolean;
  /** Outcome of the call whose disposition is being applied; the call step goes on by it afterwards. */
  callOutcome: CallOutcome | null;
  /** Since when a person has paused this journey; timers stand still meanwhile. */
  pausedAtMs: number | null;
  command: Command;
};

/** How a touch ended, as the touch activities report it. Every "no" of the gate or of the carrier is here, as a value. */
export type TouchOutcome =
  | { outcome: 'done' }
  | { outcome: 'refused'; code: RefusalCode }
  | { outcome: 'deferred'; code: RefusalCode; untilMs: number }
  | { outcome: 'held'; code: RefusalCode }
  | { outcome: 'failed'; errorCode: string }
  | { outcome: 'unknown' };

export type JourneyEvent = { atMs: number } & (
  | { type: 'touch-ended'; touchKey: string; result: TouchOutcome }
  | { type: 'call-ended'; touchKey: string; outcome: CallOutcome }
  | { type: 'call-going-on'; touchKey: string }
  | { type: 'rest-over' }
  | { type: 'lead-checked'; matches: boolean[] }
  | {
      type: 'disposition-applied';
      touchKey: string;
      disposition: string;
      refused: string | null;
      remove: boolean;
    }
  | { type: 'stage-set'; touchKey: string; refused: string | null }
  | { type: 'reply'; intent: ReplyIntent }
  /** Set by a person or a CRM through the update, already applied in the database. */
  | { type: 'disposition-set'; disposition: string; remove: boolean }
  | { type: 'opted-out' }
  | { type: 'removed'; reason: string }
  | { type: 'paused' }
  | { type: 'resumed' }
  | { type: 'rescheduled'; untilMs: number }
  | { type: 'step-skipped' }
  /** What the journey was held for may be over: ask the gate again. */
  | { type: 'woken' }
);

/** One line of the lead's timeline. `data` holds codes and ids, never names, numbers or message bodies. */
export type TimelineEntry = {
  atMs: number;
  kind: string;
  stepId: StepId | null;
  data: Record<string, string | number | boolean | null>;
};

/** Facts of the lead that the engine needs at every turn; fixed when the journey starts. */
export type JourneyFacts = {
  /** Every zone the lead may be in; a local time is waited for in all of them. */
  timeZones: string[];
};

export type Turn = { state: JourneyState; timeline: TimelineEntry[] };

/** Calls placed by that step over the whole journey. A step may be called `constructor`. */
export function attemptsAt({ attempts }: JourneyState, stepId: StepId): number {
  return Object.hasOwn(attempts, stepId) ? attempts[stepId]! : 0;
}
