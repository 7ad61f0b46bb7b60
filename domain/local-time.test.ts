import { expect, test } from 'vitest';
import { instantOfLocalTime } from './local-time.ts';

const chicago = 'America/Chicago';

test.each([
  ['2026-11-20T15:00', chicago, '2026-11-20T21:00:00.000Z'],
  ['2026-07-01T15:00', chicago, '2026-07-01T20:00:00.000Z'],
  ['2026-07-01T15:00', 'Asia/Kolkata', '2026-07-01T09:30:00.000Z'],
  ['2028-02-29T00:00', 'UTC', '2028-02-29T00:00:00.000Z'],
  // Skipped by the clock: as long after the gap's start as it was meant to be.
  ['2026-03-08T02:30', chicago, '2026-03-08T08:30:00.000Z'],
  // Comes twice: the first.
  ['2026-11-01T01:30', chicago, '2026-11-01T06:30:00.000Z'],
])('%s in %s is %s', (text, zone, iso) => {
  expect(instantOfLocalTime(text, zone)?.toISOString()).toBe(iso);
});

test.each([
  '2026-02-29T10:00',
  '2026-13-01T10:00',
  '2026-04-31T10:00',
  '2026-01-01T24:00',
  '2026-01-01T10:60',
  'soon',
  '2026-01-01',
])('%s is no local time', (text) => {
  expect(instantOfLocalTime(text, chicago)).toBeNull();
});

test('a zone that is none is told', () => {
  expect(() => instantOfLocalTime('2026-01-01T10:00', 'Nowhere/Else')).toThrow(RangeError);
});
