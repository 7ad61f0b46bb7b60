import { durationMs, requireDurationMs } from '../../duration.ts';
import type { WaitForReplyStep } from '../definition.ts';
import { badDuration } from '../problems.ts';
import type { Move, StepContext, StepHandler } from './step-handler.ts';

export const waitForReplyHandler: StepHandler<WaitForReplyStep> = {
  rests: true,
  targets: (step) => [
    { field: 'onReply', stepId: step.onReply },
    { field: 'onTimeout', stepId: step.onTimeout },
  ],
  validate: (step) =>
    durationMs(step.timeout) === null ? [badDuration(step.id, 'timeout', step.timeout)] : [],
  skipTo: (step) => step.onTimeout,
  enter(step, context) {
    if (context.state.replyPending) return takeReply(step, context);
    const untilMs = context.atMs + requireDurationMs(step.timeout);
    return {
      command: { do: 'rest', rest: { kind: 'reply', untilMs } },
      note: { kind: 'waiting-for-reply', data: { untilMs } },
    };
  },
  on(step, event, context) {
    if (event.type === 'reply') return takeReply(step, context);
    if (event.type === 'rest-over') return { goTo: step.onTimeout, note: { kind: 'no-reply', data: {} } };
    return null;
  },
};

function takeReply(step: WaitForReplyStep, { state }: StepContext): Move {
  return {
    goTo: step.onReply,
    // News from outside, as good as a rest: a lead who writes all the time is no loop of ours.
    patch: { replyPending: false, sinceRest: 0 },
    note: { kind: 'reply-taken', data: { intent: state.lastReply } },
  };
}
