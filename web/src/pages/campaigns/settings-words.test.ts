import { expect, test } from 'vitest';
import { describeHours, describeRun } from './settings-words.ts';

const nineToSix = { from: '09:00', to: '18:00' };

test.each([
  [null, 'As the law allows'],
  [{}, 'Never: every day is closed'],
  [{ 1: nineToSix }, 'Mon 09:00–18:00'],
  [{ 1: nineToSix, 2: nineToSix, 3: nineToSix }, 'Mon–Wed 09:00–18:00'],
  [{ 1: nineToSix, 3: nineToSix }, 'Mon 09:00–18:00, Wed 09:00–18:00'],
  [{ 4: nineToSix, 5: nineToSix, 6: { from: '10:00', to: '24:00' } }, 'Thu–Fri 09:00–18:00, Sat 10:00–24:00'],
])('%j is told as %s', (hours, told) => expect(describeHours(hours)).toBe(told));

test.each([
  [null, null, 'Without limit'],
  ['2026-12-01', null, 'From 1 Dec 2026'],
  [null, '2026-12-24', 'Until 24 Dec 2026'],
  ['2026-12-01', '2026-12-24', '1 Dec 2026 to 24 Dec 2026'],
])('from %s to %s is told as %s', (startsOn, endsOn, told) =>
  expect(describeRun({ startsOn, endsOn })).toBe(told),
);
