import { expect, test } from 'vitest';
import { percentile } from './load.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => count - index);

test.each([
  [upTo(100), 99, 99],
  [upTo(100), 50, 50],
  [upTo(1_000), 99, 990],
  [[7], 99, 7],
  [[1, 2], 99, 2],
])('of values (first %s) the percentile %i is %i', (values, hundredths, expected) =>
  expect(percentile(values, hundredths)).toBe(expected),
);

test('of nothing is not a number', () => expect(percentile([], 99)).toBeNaN());
