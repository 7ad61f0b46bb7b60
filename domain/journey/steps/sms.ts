import { checkTemplate } from '../template-variables.ts';
import type { SmsStep } from '../definition.ts';
import type { StepContext, StepHandler } from './step-handler.ts';
import { moveAfterMissedTouch } from './touch.ts';
import type { TouchWords } from './touch.ts';

const words: TouchWords = {
  done: 'text-sent',
  refused: 'text-refused',
  failed: 'text-failed',
  deferred: 'text-deferred',
  held: 'text-held',
  unknown: 'text-unknown',
};

export const smsHandler: StepHandler<SmsStep> = {
  rests: false,
  targets: (step) => [
    { field: 'next', stepId: step.next },
    ...(step.onRefused ? [{ field: 'onRefused', stepId: step.onRefused }] : []),
  ],
  validate: (step) => checkTemplate(step.id, 'body', step.body),
  skipTo: (step) => step.next,
  enter: (step, context) => ({ command: sendText(step, context) }),
  on(step, event, context) {
    const { command } = context.state;
    if (event.type === 'touch-ended' && command.do === 'send-text' && event.touchKey === command.touchKey) {
      const { touchKey } = command;
      if (event.result.outcome === 'done') {
        // A reply that came before this text was an answer to something else.
        return {
          goTo: step.next,
          patch: { replyPending: false },
          note: { kind: words.done, data: { touchKey } },
        };
      }
      const otherwise = step.onRefused ?? step.next;
      return moveAfterMissedTouch(event.result, { touchKey, atMs: event.atMs, otherwise, words });
    }
    if (asksAgain(event.type, command)) return { command: sendText(step, context) };
    return null;
  },
};

function sendText(step: SmsStep, { state }: StepContext) {
  return { do: 'send-text' as const, stepId: step.id, touchKey: `${step.id}:${state.visit}` };
}

/** A touch that rests on the gate's word is asked for again when the rest is over or somebody wakes it. */
export function asksAgain(event: string, command: StepContext['state']['command']): boolean {
  if (command.do !== 'rest') return false;
  if (command.rest.kind === 'defer') return event === 'rest-over';
  return command.rest.kind === 'hold' && (event === 'rest-over' || event === 'woken');
}
