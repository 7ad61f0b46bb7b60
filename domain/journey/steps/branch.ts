import { compare, comparisons, isLeadField, leadFields } from '../condition.ts';
import type { Condition, Fact } from '../condition.ts';
import type { BranchStep } from '../definition.ts';
import type { Problem } from '../problem.ts';
import { badValue } from '../problems.ts';
import { attemptsAt } from '../state.ts';
import type { JourneyState } from '../state.ts';
import type { Move, StepHandler } from './step-handler.ts';

/** Lead fields are looked at by the driver, beside the database, so that none of them enters a workflow's history. */
export const branchHandler: StepHandler<BranchStep> = {
  rests: false,
  targets: (step) => [
    ...step.cases.map((one, index) => ({ field: `cases.${index}.next`, stepId: one.next })),
    { field: 'otherwise', stepId: step.otherwise },
  ],
  validate(step, definition) {
    return step.cases.flatMap(({ when }, index): Problem[] => {
      const field = `cases.${index}.when`;
      const problems: Problem[] = [];
      if (!comparisons.includes(when.is))
        problems.push(badValue(step.id, `${field}.is`, `must be one of ${comparisons.join(', ')}`));
      if (when.value === undefined && when.is !== 'exists')
        problems.push(badValue(step.id, `${field}.value`, 'is missing'));
      if (when.is === 'in' && !Array.isArray(when.value))
        problems.push(badValue(step.id, `${field}.value`, 'must be a list for "in"'));
      if (when.fact === 'lead' && !isLeadField(when.field)) {
        const message = `"${when.field}" is not a lead field; use ${leadFields.join(', ')} or custom.<name>`;
        problems.push({ stepId: step.id, field: `${field}.field`, code: 'UNKNOWN_FIELD', message });
      }
      if (
        when.fact === 'attempts' &&
        !definition.steps.some(({ id, kind }) => id === when.step && kind === 'call')
      ) {
        const message = `"${when.step}" is not a call step of this journey`;
        problems.push({ stepId: step.id, field: `${field}.step`, code: 'MISSING_TARGET', message });
      }
      return problems;
    });
  },
  skipTo: (step) => step.otherwise,
  enter(step, { state }) {
    const conditions = leadConditions(step);
    return conditions.length > 0
      ? { command: { do: 'check-lead', stepId: step.id, conditions } }
      : choose(step, state, []);
  },
  on: (step, event, { state }) => (event.type === 'lead-checked' ? choose(step, state, event.matches) : null),
};

function leadConditions(step: BranchStep): Condition[] {
  return step.cases.map((one) => one.when).filter((when) => when.fact === 'lead');
}

function choose(step: BranchStep, state: JourneyState, leadMatches: boolean[]): Move {
  const answers = [...leadMatches];
  const index = step.cases.findIndex(({ when }) =>
    when.fact === 'lead' ? (answers.shift() ?? false) : compare(factOf(when, state), when.is, when.value),
  );
  const taken = step.cases[index];
  return {
    goTo: taken ? taken.next : step.otherwise,
    note: { kind: 'branch-taken', data: { case: taken ? index : 'otherwise' } },
  };
}

function factOf(condition: Exclude<Condition, { fact: 'lead' }>, state: JourneyState): Fact {
  switch (condition.fact) {
    case 'last_disposition':
      return state.lastDisposition;
    case 'last_reply':
      return state.lastReply;
    case 'attempts':
      return attemptsAt(state, condition.step);
  }
}
