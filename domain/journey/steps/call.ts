import type { CallOutcome } from '../../carrier-status.ts';
import { durationMs, minuteMs, requireDurationMs } from '../../duration.ts';
import { defaultMaxAttempts, defaultRetryAfter, defaultRetryOn } from '../definition.ts';
import type { CallStep } from '../definition.ts';
import { badDuration, badValue } from '../problems.ts';
import { attemptsAt } from '../state.ts';
import type { Command } from '../state.ts';
import { checkTemplate } from '../template-variables.ts';
import { asksAgain } from './sms.ts';
import type { Move, StepContext, StepHandler } from './step-handler.ts';
import { moveAfterMissedTouch } from './touch.ts';
import type { TouchWords } from './touch.ts';

/** A call whose final status has not reached us by then is asked for: callbacks do get lost. */
const callTimeoutMs = 10 * minuteMs;

const words: TouchWords = {
  done: 'call-placed',
  refused: 'call-refused',
  failed: 'call-failed',
  deferred: 'call-deferred',
  held: 'call-held',
  unknown: 'call-unknown',
};

export const callHandler: StepHandler<CallStep> = {
  rests: false,
  targets: (step) => [
    { field: 'next', stepId: step.next },
    ...(step.onRefused ? [{ field: 'onRefused', stepId: step.onRefused }] : []),
    ...Object.entries(step.on ?? {}).map(([outcome, stepId]) => ({ field: `on.${outcome}`, stepId })),
  ],
  validate: (step) => [
    ...checkTemplate(step.id, 'say', step.say),
    ...(step.voicemail === undefined ? [] : checkTemplate(step.id, 'voicemail', step.voicemail)),
    ...(step.retryAfter !== undefined && durationMs(step.retryAfter) === null
      ? [badDuration(step.id, 'retryAfter', step.retryAfter)]
      : []),
    ...(step.maxAttempts !== undefined &&
    !(Number.isInteger(step.maxAttempts) && step.maxAttempts >= 1 && step.maxAttempts <= 10)
      ? [badValue(step.id, 'maxAttempts', 'must be a whole number from 1 to 10')]
      : []),
  ],
  skipTo: (step) => step.next,
  enter: (step, context) => ({
    patch: { attempt: 1, callOutcome: null },
    command: placeCall(step, context, 1),
  }),
  on(step, event, context) {
    const { state } = context;
    const { command } = state;
    switch (event.type) {
      case 'touch-ended': {
        if (command.do !== 'place-call' || event.touchKey !== command.touchKey) return null;
        const { touchKey, attempt } = command;
        if (event.result.outcome === 'done') {
          return {
            patch: { attempts: { ...state.attempts, [step.id]: attemptsAt(state, step.id) + 1 } },
            command: { do: 'rest', rest: { kind: 'call', touchKey, untilMs: event.atMs + callTimeoutMs } },
            note: { kind: words.done, data: { touchKey, attempt } },
          };
        }
        const otherwise =
          event.result.outcome === 'refused' ? (step.onRefused ?? step.next) : (step.on?.failed ?? step.next);
        return moveAfterMissedTouch(event.result, { touchKey, atMs: event.atMs, otherwise, words });
      }
      case 'call-going-on':
        if (command.do !== 'ask-carrier') return null;
        return {
          command: {
            do: 'rest',
            rest: { kind: 'call', touchKey: command.touchKey, untilMs: event.atMs + callTimeoutMs },
          },
        };
      case 'call-ended': {
        const waitedFor =
          command.do === 'ask-carrier' || (command.do === 'rest' && command.rest.kind === 'call');
        if (!waitedFor || event.touchKey !== touchKeyOf(step, context, state.attempt)) return null;
        const note = { kind: 'call-ended', data: { touchKey: event.touchKey, outcome: event.outcome } };
        // A failed call met nobody, so there is nothing to record about the lead.
        if (event.outcome === 'failed') return { ...afterCall(step, 'failed', context), note };
        return {
          patch: { callOutcome: event.outcome },
          command: { do: 'apply-disposition', disposition: event.outcome, touchKey: event.touchKey },
          note,
        };
      }
      case 'disposition-applied':
        if (command.do !== 'apply-disposition' || state.callOutcome === null) return null;
        if (event.remove) return { end: { status: 'removed', reason: `disposition:${event.disposition}` } };
        return afterCall(step, state.callOutcome, context);
      case 'rest-over':
        if (command.do !== 'rest') return null;
        if (command.rest.kind === 'call')
          return { command: { do: 'ask-carrier', touchKey: command.rest.touchKey } };
        if (command.rest.kind === 'retry') {
          const attempt = state.attempt + 1;
          return { patch: { attempt, callOutcome: null }, command: placeCall(step, context, attempt) };
        }
        break;
    }
    if (asksAgain(event.type, command)) return { command: placeCall(step, context, state.attempt) };
    return null;
  },
};

function afterCall(step: CallStep, outcome: CallOutcome, { state, atMs }: StepContext): Move {
  const mayRetry = (step.retryOn ?? defaultRetryOn).includes(outcome);
  if (mayRetry && state.attempt < (step.maxAttempts ?? defaultMaxAttempts)) {
    const untilMs = atMs + requireDurationMs(step.retryAfter ?? defaultRetryAfter);
    return { command: { do: 'rest', rest: { kind: 'retry', untilMs } } };
  }
  return { goTo: step.on?.[outcome] ?? step.next };
}

function touchKeyOf(step: CallStep, { state }: StepContext, attempt: number): string {
  return `${step.id}:${state.visit}:${attempt}`;
}

function placeCall(step: CallStep, context: StepContext, attempt: number): Command {
  return { do: 'place-call', stepId: step.id, touchKey: touchKeyOf(step, context, attempt), attempt };
}
