import { expect, test } from 'vitest';
import { dncListAgeDays, dncWarnings } from './warnings.ts';

const now = new Date('2026-11-21T12:00:00Z');
const staleOf = (list: string, scrubbedOn: string | null) =>
  dncWarnings([{ list, scrubbedOn }], now).map(({ code }) => code);

test.each([
  ['national', '2026-11-21', []],
  ['national', '2026-10-21', []],
  ['national', '2026-10-20', ['DNC_SCRUB_STALE']],
  ['TX', null, ['DNC_SCRUB_STALE']],
  ['own', null, []],
])('the %s list of %s: %j', (list, scrubbedOn, expected) => {
  expect(staleOf(list, scrubbedOn)).toEqual(expected);
});

test('a warning names its list and what to do; ages are whole days', () => {
  const [warning] = dncWarnings([{ list: 'TX', scrubbedOn: '2026-01-01' }], now);
  expect(warning).toMatchObject({ list: 'TX', severity: 'warning', action: expect.any(String) });
  expect(dncListAgeDays('2026-11-20', now)).toBe(1);
  expect(dncListAgeDays(null, now)).toBeNull();
});
