import type { StepId } from './definition.ts';

export const comparisons = [
  'equals',
  'not_equals',
  'in',
  'contains',
  'exists',
  'greater_than',
  'less_than',
] as const;
export type Comparison = (typeof comparisons)[number];

export type ConditionValue = string | number | boolean | string[];

/** Facts of a journey a branch can ask about. Lead fields are read when the branch is reached, not when it was launched. */
export type Condition =
  | { fact: 'lead'; field: string; is: Comparison; value?: ConditionValue }
  | { fact: 'last_disposition'; is: Comparison; value?: ConditionValue }
  | { fact: 'last_reply'; is: Comparison; value?: ConditionValue }
  | { fact: 'attempts'; step: StepId; is: Comparison; value?: ConditionValue };

/** The lead's fields a condition may name; anything else is looked up among the custom fields as `custom.<name>`. */
export const leadFields = [
  'state',
  'postal_code',
  'country',
  'city',
  'company',
  'source',
  'status',
  'stage',
  'score',
  'tags',
] as const;

export function isLeadField(field: string): boolean {
  return (leadFields as readonly string[]).includes(field) || /^custom\.[\w-]{1,60}$/.test(field);
}

/** What a comparison looks at; a fact that is not there is null and fails every comparison but `not_equals`. */
export type Fact = string | number | boolean | string[] | null;

/** Texts compare without regard to case, numbers also when written as text. */
export function compare(fact: Fact, is: Comparison, value: ConditionValue | undefined): boolean {
  switch (is) {
    case 'exists':
      return isThere(fact) === (value ?? true);
    case 'equals':
      return same(fact, value);
    case 'not_equals':
      return !same(fact, value);
    case 'in':
      return Array.isArray(value) && value.some((one) => same(fact, one));
    case 'contains':
      if (Array.isArray(fact)) return fact.some((one) => same(one, value));
      return typeof fact === 'string' && typeof value === 'string' && fold(fact).includes(fold(value));
    case 'greater_than':
    case 'less_than': {
      const [left, right] = [number(fact), number(value)];
      if (left === null || right === null) return false;
      return is === 'greater_than' ? left > right : left < right;
    }
  }
}

/** An empty field and a lead without tags have nothing there. */
function isThere(fact: Fact): boolean {
  return fact !== null && fact !== '' && !(Array.isArray(fact) && fact.length === 0);
}

function same(fact: Fact, value: ConditionValue | undefined): boolean {
  if (fact === null || value === undefined || Array.isArray(fact) || Array.isArray(value)) return false;
  return fold(String(fact)) === fold(String(value));
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}

function number(value: Fact | ConditionValue | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
    ? Number(value)
    : null;
}
