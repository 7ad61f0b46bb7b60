import { stepKinds } from './definition.ts';
import type { JourneyDefinition, Step } from './definition.ts';
import type { Problem } from './problem.ts';
import { badValue } from './problems.ts';
import { handlerOf } from './steps/index.ts';

/** Every fault of a definition at once, each with step, field, code and message; an empty list means it may be published. */
export function validateDefinition(definition: JourneyDefinition): Problem[] {
  const { steps, start } = definition;
  if (steps.length === 0) {
    return [{ stepId: null, field: 'steps', code: 'NO_STEPS', message: 'A journey needs at least one step' }];
  }
  const byId = new Map(steps.map((step) => [step.id, step]));
  const problems: Problem[] = [...duplicateIds(steps), ...badIds(steps)];
  if (!byId.has(start)) {
    problems.push({
      stepId: null,
      field: 'start',
      code: 'MISSING_TARGET',
      message: `There is no step "${start}" to start with`,
    });
  }
  for (const step of steps) {
    for (const { field, stepId } of handlerOf(step).targets(step)) {
      if (!byId.has(stepId)) {
        problems.push({
          stepId: step.id,
          field,
          code: 'MISSING_TARGET',
          message: `There is no step "${stepId}"`,
        });
      }
    }
    problems.push(...handlerOf(step).validate(step, definition));
  }
  if (problems.some(({ code }) => code === 'MISSING_TARGET' || code === 'DUPLICATE_STEP_ID')) return problems;
  return [
    ...problems,
    ...unreachable(definition, byId),
    ...loopsWithoutWait(steps, byId),
    ...noEnd(definition, byId),
  ];
}

/** True for a kind that this version of the product knows. */
export function isStepKind(kind: string): boolean {
  return (stepKinds as readonly string[]).includes(kind);
}

function duplicateIds(steps: Step[]): Problem[] {
  const seen = new Set<string>();
  return steps.flatMap((step) => {
    if (!seen.has(step.id)) {
      seen.add(step.id);
      return [];
    }
    return [
      {
        stepId: step.id,
        field: 'id',
        code: 'DUPLICATE_STEP_ID' as const,
        message: `Two steps are called "${step.id}"`,
      },
    ];
  });
}

/** Ids become part of the touch keys, whose parts a colon divides. */
const idPattern = /^[A-Za-z0-9][\w-]{0,59}$/;

function badIds(steps: Step[]): Problem[] {
  return steps
    .filter(({ id }) => !idPattern.test(id))
    .map(({ id }) => badValue(id, 'id', 'must be 1 to 60 letters, digits, - or _, a letter or digit first'));
}

function targetsOf(step: Step): string[] {
  return handlerOf(step)
    .targets(step)
    .map(({ stepId }) => stepId);
}

function reachableFrom(start: string, byId: Map<string, Step>): Set<string> {
  const reached = new Set([start]);
  const queue = [start];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const target of targetsOf(byId.get(id)!)) {
      if (!reached.has(target)) {
        reached.add(target);
        queue.push(target);
      }
    }
  }
  return reached;
}

function unreachable({ start, steps }: JourneyDefinition, byId: Map<string, Step>): Problem[] {
  const reached = reachableFrom(start, byId);
  return steps
    .filter(({ id }) => !reached.has(id))
    .map(({ id }) => ({
      stepId: id,
      field: 'id',
      code: 'UNREACHABLE_STEP',
      message: `No step leads to "${id}"`,
    }));
}

/** A loop is fine as long as every way round it rests; so the steps that do not rest must form no cycle among themselves. */
function loopsWithoutWait(steps: Step[], byId: Map<string, Step>): Problem[] {
  const state = new Map<string, 'open' | 'done'>();
  const looping = new Set<string>();
  const visit = (id: string): void => {
    const step = byId.get(id)!;
    if (handlerOf(step).rests || state.get(id) === 'done') return;
    if (state.get(id) === 'open') {
      looping.add(id);
      return;
    }
    state.set(id, 'open');
    targetsOf(step).forEach(visit);
    state.set(id, 'done');
  };
  steps.forEach(({ id }) => visit(id));
  return [...looping].map((id) => ({
    stepId: id,
    field: 'next',
    code: 'LOOP_WITHOUT_WAIT',
    message: `The steps after "${id}" lead back to it without a wait`,
  }));
}

function noEnd({ start, steps }: JourneyDefinition, byId: Map<string, Step>): Problem[] {
  const reached = reachableFrom(start, byId);
  if (steps.some(({ id, kind }) => kind === 'end' && reached.has(id))) return [];
  return [{ stepId: null, field: 'steps', code: 'NO_END', message: 'No "end" step can be reached' }];
}
