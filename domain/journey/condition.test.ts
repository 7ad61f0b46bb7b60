import { describe, expect, test } from 'vitest';
import { compare, comparisons, isLeadField } from './condition.ts';
import type { Comparison, ConditionValue, Fact } from './condition.ts';

const table: [Fact, Comparison, ConditionValue | undefined, boolean][] = [
  ['New York', 'equals', ' new york ', true],
  ['NY', 'equals', 'NJ', false],
  ['7', 'equals', 7, true],
  [7, 'equals', '7', true],
  [true, 'equals', 'true', true],
  [null, 'equals', '', false],
  ['', 'equals', '', true],
  ['a', 'equals', ['a'], false],
  [['a'], 'equals', 'a', false],
  ['a', 'equals', undefined, false],
  ['NY', 'not_equals', 'ny', false],
  ['NY', 'not_equals', 'NJ', true],
  [null, 'not_equals', 'NJ', true],
  ['voicemail', 'in', ['busy', 'Voicemail'], true],
  ['answered', 'in', ['busy'], false],
  ['busy', 'in', 'busy', false],
  ['busy', 'in', [], false],
  [null, 'in', ['busy'], false],
  ['Hello World', 'contains', 'WORLD', true],
  ['Hello', 'contains', 'x', false],
  [['Hot', 'cold'], 'contains', 'hot', true],
  [['warm'], 'contains', 'hot', false],
  [12, 'contains', '1', false],
  [null, 'contains', '', false],
  ['x', 'exists', undefined, true],
  ['', 'exists', undefined, false],
  [null, 'exists', undefined, false],
  [null, 'exists', false, true],
  ['x', 'exists', false, false],
  [0, 'exists', true, true],
  [false, 'exists', true, true],
  [[], 'exists', true, false],
  [['tag'], 'exists', true, true],
  [7, 'greater_than', 5, true],
  ['7.5', 'greater_than', '5', true],
  [5, 'greater_than', 5, false],
  ['many', 'greater_than', 5, false],
  ['', 'less_than', 5, false],
  [null, 'less_than', 5, false],
  [4, 'less_than', 5, true],
  [4, 'less_than', undefined, false],
  [-1, 'less_than', '0', true],
];

describe('compare', () => {
  test.each(table)('%j %s %j: %s', (fact, is, value, expected) => {
    expect(compare(fact, is, value)).toBe(expected);
  });

  test('the table has every comparison, both ways', () => {
    const seen = new Set(table.map(([, is, , expected]) => `${is} ${expected}`));
    expect(seen).toEqual(new Set(comparisons.flatMap((is) => [`${is} true`, `${is} false`])));
  });

  test('what is not there fails every comparison but not_equals and "exists: false"', () => {
    const holding = comparisons.filter((is) => compare(null, is, is === 'exists' ? true : 'x'));
    expect(holding).toEqual(['not_equals']);
  });
});

test.each([
  ['state', true],
  ['tags', true],
  ['custom.plan', true],
  ['custom.plan-2_b', true],
  ['custom.', false],
  ['custom.a.b', false],
  [`custom.${'x'.repeat(61)}`, false],
  ['phone', false],
  ['constructor', false],
])('isLeadField %s: %s', (field, expected) => {
  expect(isLeadField(field)).toBe(expected);
});
