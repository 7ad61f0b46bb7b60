import type { BranchStep } from '../definition.ts';
import type { JourneyState } from '../state.ts';
import { checkCondition, leadConditions, whichHold } from './conditions.ts';
import type { Move, StepHandler } from './step-handler.ts';

export const branchHandler: StepHandler<BranchStep> = {
  rests: false,
  targets: (step) => [
    ...step.cases.map((one, index) => ({ field: `cases.${index}.next`, stepId: one.next })),
    { field: 'otherwise', stepId: step.otherwise },
  ],
  validate: (step, definition) =>
    step.cases.flatMap(({ when }, index) => checkCondition(step.id, `cases.${index}.when`, when, definition)),
  skipTo: (step) => step.otherwise,
  enter(step, { state }) {
    const conditions = leadConditions(step.cases.map(({ when }) => when));
    return conditions.length > 0
      ? { command: { do: 'check-lead', stepId: step.id, conditions } }
      : choose(step, state, []);
  },
  on: (step, event, { state }) => (event.type === 'lead-checked' ? choose(step, state, event.matches) : null),
};

function choose(step: BranchStep, state: JourneyState, leadMatches: boolean[]): Move {
  const conditions = step.cases.map(({ when }) => when);
  const index = whichHold(conditions, state, leadMatches).indexOf(true);
  const taken = step.cases[index];
  return {
    goTo: taken ? taken.next : step.otherwise,
    note: { kind: 'branch-taken', data: { case: taken ? index : 'otherwise' } },
  };
}
