import type { DispositionStep, EndStep, SetStageStep } from '../definition.ts';
import { badValue } from '../problems.ts';
import type { StepContext, StepHandler } from './step-handler.ts';

/** The steps that write something down and go on at once. */

export const setStageHandler: StepHandler<SetStageStep> = {
  rests: false,
  targets: (step) => [{ field: 'next', stepId: step.next }],
  validate: (step) => (step.stage.trim() === '' ? [badValue(step.id, 'stage', 'must not be empty')] : []),
  skipTo: (step) => step.next,
  enter: (step, context) => ({
    command: {
      do: 'set-stage',
      stage: step.stage,
      autoCreate: step.autoCreate ?? false,
      touchKey: keyOf(step.id, context),
    },
  }),
  on(step, event) {
    if (event.type !== 'stage-set') return null;
    const data = { stage: step.stage, refused: event.refused };
    return { goTo: step.next, note: { kind: event.refused ? 'stage-refused' : 'stage-set', data } };
  },
};

export const dispositionHandler: StepHandler<DispositionStep> = {
  rests: false,
  targets: (step) => [{ field: 'next', stepId: step.next }],
  validate: (step) =>
    step.disposition.trim() === '' ? [badValue(step.id, 'disposition', 'must not be empty')] : [],
  skipTo: (step) => step.next,
  enter: (step, context) => ({
    command: { do: 'apply-disposition', disposition: step.disposition, touchKey: keyOf(step.id, context) },
  }),
  on(step, event) {
    if (event.type !== 'disposition-applied') return null;
    if (event.remove) return { end: { status: 'removed', reason: `disposition:${event.disposition}` } };
    return { goTo: step.next };
  },
};

export const endHandler: StepHandler<EndStep> = {
  rests: true,
  targets: () => [],
  validate: () => [],
  skipTo: () => null,
  enter: (step) => ({ end: { status: 'completed', reason: step.reason ?? step.id } }),
  on: () => null,
};

function keyOf(stepId: string, { state }: StepContext): string {
  return `${stepId}:${state.visit}`;
}
