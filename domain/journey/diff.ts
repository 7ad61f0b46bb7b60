import type { JourneyDefinition, Step, StepId } from './definition.ts';

/** A field of a step that is not what it was; `undefined` became null. `stepId` null: it is the definition's own. */
export type FieldChange = { stepId: StepId | null; field: string; before: unknown; after: unknown };

export type DefinitionDiff = {
  /** Steps by their ids, in the order of the later definition. */
  added: StepId[];
  /** In the order of the earlier one. */
  removed: StepId[];
  changed: FieldChange[];
};

/** What became of a definition. Steps are the same by their id; their order means nothing, and so no change. */
export function diffDefinitions(before: JourneyDefinition, after: JourneyDefinition): DefinitionDiff {
  const earlier = new Map(before.steps.map((step) => [step.id, step]));
  const later = new Map(after.steps.map((step) => [step.id, step]));
  const changed: FieldChange[] = [];
  if (before.start !== after.start)
    changed.push({ stepId: null, field: 'start', before: before.start, after: after.start });
  for (const [id, step] of later) {
    const was = earlier.get(id);
    if (was) changed.push(...fieldChanges(was, step));
  }
  return {
    added: [...later.keys()].filter((id) => !earlier.has(id)),
    removed: [...earlier.keys()].filter((id) => !later.has(id)),
    changed,
  };
}

function fieldChanges(before: Step, after: Step): FieldChange[] {
  const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const fields = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...fields]
    .filter((field) => !same(was[field], is[field]))
    .map((field) => ({ stepId: after.id, field, before: was[field] ?? null, after: is[field] ?? null }));
}

/** JSON by its meaning: the order of an object's members is none. */
function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}
