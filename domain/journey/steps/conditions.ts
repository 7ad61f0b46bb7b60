import { compare, comparisons, isLeadField, leadFields } from '../condition.ts';
import type { Condition, Fact } from '../condition.ts';
import type { JourneyDefinition } from '../definition.ts';
import type { Problem } from '../problem.ts';
import { badValue } from '../problems.ts';
import { attemptsAt } from '../state.ts';
import type { JourneyState } from '../state.ts';

/** What is wrong with a step's condition. */
export function checkCondition(
  stepId: string,
  field: string,
  when: Condition,
  definition: JourneyDefinition,
): Problem[] {
  const problems: Problem[] = [];
  if (!comparisons.includes(when.is))
    problems.push(badValue(stepId, `${field}.is`, `must be one of ${comparisons.join(', ')}`));
  if (when.value === undefined && when.is !== 'exists')
    problems.push(badValue(stepId, `${field}.value`, 'is missing'));
  if (when.is === 'in' && !Array.isArray(when.value))
    problems.push(badValue(stepId, `${field}.value`, 'must be a list for "in"'));
  if (when.fact === 'lead' && !isLeadField(when.field)) {
    const message = `"${when.field}" is not a lead field; use ${leadFields.join(', ')} or custom.<name>`;
    problems.push({ stepId, field: `${field}.field`, code: 'UNKNOWN_FIELD', message });
  }
  if (
    when.fact === 'attempts' &&
    !definition.steps.some(({ id, kind }) => id === when.step && kind === 'call')
  ) {
    const message = `"${when.step}" is not a call step of this journey`;
    problems.push({ stepId, field: `${field}.step`, code: 'MISSING_TARGET', message });
  }
  return problems;
}

/**
 * Whether the conditions hold. Those about the lead are answered by the driver, in their order (`leadMatches`), because
 * no field of a lead may enter a workflow's history.
 */
export function whichHold(
  conditions: readonly Condition[],
  state: JourneyState,
  leadMatches: readonly boolean[],
): boolean[] {
  const answers = [...leadMatches];
  return conditions.map((when) =>
    when.fact === 'lead' ? (answers.shift() ?? false) : compare(factOf(when, state), when.is, when.value),
  );
}

export function leadConditions(conditions: readonly Condition[]): Condition[] {
  return conditions.filter(({ fact }) => fact === 'lead');
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
