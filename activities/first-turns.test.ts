import { expect, test } from 'vitest';
import { openFirstTurns } from './first-turns.ts';

test('a small launch begins at once, a large one at a steady pace after its starts', () => {
  const turns = openFirstTurns(() => 0);
  const delays = Array.from({ length: 220 }, () => turns.nextDelay());
  expect(new Set(delays.slice(0, 20))).toEqual(new Set([0]));
  expect(delays[20]).toBe(2_015);
  expect(delays[219]).toBe(5_000);
});

test('time that has gone by is not waited for twice', () => {
  let now = 1_000;
  const turns = openFirstTurns(() => now);
  for (let nr = 0; nr < 20; nr += 1) turns.nextDelay();
  now += 2_000;
  expect(turns.nextDelay()).toBe(15);
  now += 60_000;
  expect(turns.nextDelay()).toBe(0);
});
