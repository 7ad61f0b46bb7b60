import type { CallOutcome } from '../carrier-status.ts';
import type { Duration } from '../duration.ts';
import type { Condition } from './condition.ts';

/**
 * A journey definition is data: the steps that one lead goes through, each naming the step after it. A published
 * version never changes, so a journey that runs for weeks ends by the rules under which it began.
 */
export type JourneyDefinition = {
  start: StepId;
  steps: Step[];
};

export type StepId = string;

/** Texts the lead. The gate may refuse it; a refusal that does not end the journey goes to `onRefused` or `next`. */
export type SmsStep = {
  id: StepId;
  kind: 'sms';
  /** Template: `{{first_name}}`, or with a fallback `{{first_name|there}}`. */
  body: string;
  /** Overrides the duplicate windows (recent text, recent reply); never consent, do-not-call or hours. */
  urgent?: boolean;
  shelfLife?: ShelfLife;
  next: StepId;
  onRefused?: StepId;
};

/** How long a message is worth sending. Once it no longer is, it is skipped with EXPIRED, like any refusal. */
export type ShelfLife = {
  /** From the moment at which the journey came to the step. */
  for?: Duration;
  /** An instant, ISO with offset. */
  until?: string;
  /** Must hold when it goes out, however long it had to wait. */
  onlyIf?: Condition;
};

/** Calls the lead, as often as `maxAttempts` while the outcome is one of `retryOn`, then goes on by outcome. */
export type CallStep = {
  id: StepId;
  kind: 'call';
  /** Template: what is said to a person who answers. */
  say: string;
  /** Template: what is left on an answering machine; without it nothing is left. */
  voicemail?: string;
  /** 1–10; default 3. */
  maxAttempts?: number;
  /** Between two attempts; default 4h. */
  retryAfter?: Duration;
  /** Outcomes that are tried again; default busy, no_answer, failed. */
  retryOn?: CallOutcome[];
  /** Where to go by the last attempt's outcome; an outcome that is not named goes to `next`. */
  on?: Partial<Record<CallOutcome, StepId>>;
  next: StepId;
  onRefused?: StepId;
};

/** Waits for a while, or until a local time of day in the lead's zone (never earlier than `days` days from now). */
export type WaitStep = {
  id: StepId;
  kind: 'wait';
  for?: Duration;
  until?: { time: string; days?: number };
  next: StepId;
};

/** Waits for the lead to answer. A reply that came since the last text counts at once. */
export type WaitForReplyStep = {
  id: StepId;
  kind: 'wait_for_reply';
  timeout: Duration;
  onReply: StepId;
  onTimeout: StepId;
};

/** Takes the first case whose condition holds. */
export type BranchStep = {
  id: StepId;
  kind: 'branch';
  cases: { when: Condition; next: StepId }[];
  otherwise: StepId;
};

/** Moves the lead to a stage of the campaign's pipeline, by the stage's name. */
export type SetStageStep = {
  id: StepId;
  kind: 'set_stage';
  stage: string;
  autoCreate?: boolean;
  next: StepId;
};

/** Applies a disposition by its code, with all of that disposition's rules. */
export type DispositionStep = { id: StepId; kind: 'disposition'; disposition: string; next: StepId };

export type EndStep = { id: StepId; kind: 'end'; reason?: string };

export type Step =
  SmsStep | CallStep | WaitStep | WaitForReplyStep | BranchStep | SetStageStep | DispositionStep | EndStep;

export type StepKind = Step['kind'];

export const stepKinds = [
  'sms',
  'call',
  'wait',
  'wait_for_reply',
  'branch',
  'set_stage',
  'disposition',
  'end',
] as const satisfies readonly StepKind[];

export const defaultMaxAttempts = 3;
export const defaultRetryAfter: Duration = '4h';
export const defaultRetryOn: readonly CallOutcome[] = ['busy', 'no_answer', 'failed'];

/** The step with that id; a definition that passed validation always has it. */
export function requireStep(definition: JourneyDefinition, stepId: StepId): Step {
  const step = definition.steps.find((candidate) => candidate.id === stepId);
  if (!step) throw new Error(`The definition has no step "${stepId}"`);
  return step;
}
