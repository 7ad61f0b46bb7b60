import { describe, expect, test } from 'vitest';
import {
  formatInstant,
  formatLength,
  formatRelative,
  localTimes,
  toLocalField,
  zoneName,
} from './format-time.ts';

const iso = '2026-11-24T16:05:00.000Z';
const nowMs = Date.parse('2026-11-21T12:00:00.000Z');

test('an instant is told on the clock of the zone that is asked for', () => {
  const inChicago = formatInstant(iso, 'America/Chicago', nowMs);
  for (const part of ['Tue', '24', 'Nov', '10:05']) expect(inChicago).toContain(part);
  expect(formatInstant(iso, 'Asia/Kolkata', nowMs)).toMatch(/(21|9):35/);
  expect(formatInstant(iso, 'America/Chicago', nowMs)).not.toContain('2026');
  expect(formatInstant('2027-01-04T16:05:00.000Z', 'UTC', nowMs)).toContain('2027');
});

test('summer time has its own name', () => {
  expect(zoneName('2026-07-01T12:00:00Z', 'America/New_York')).not.toBe(
    zoneName('2026-12-01T12:00:00Z', 'America/New_York'),
  );
});

test('zones in which the clock says the same are told together', () => {
  const times = localTimes(iso, ['America/Chicago', 'America/Denver', 'America/Winnipeg']);
  expect(times.map(({ zones }) => zones)).toEqual([
    ['America/Chicago', 'America/Winnipeg'],
    ['America/Denver'],
  ]);
  expect(localTimes(iso, [])).toEqual([]);
});

describe('how long ago or ahead', () => {
  test.each([
    [0, 'just now'],
    [-20, 'just now'],
    [20, 'in a moment'],
    [-45, /45 sec/],
    [-3 * 60, /3 min/],
    [2 * 86_400, /in 2 days|in 2 day/],
    [-86_400, 'yesterday'],
    [-400 * 86_400, 'last yr'],
  ])('%d s', (seconds, told) => {
    const text = formatRelative(new Date(nowMs + seconds * 1_000).toISOString(), nowMs);
    if (typeof told === 'string') expect(text).toContain(told);
    else expect(text).toMatch(told);
  });
});

test.each([
  [0, '0 s'],
  [142_000, '2 min 22 s'],
  [3_600_000, '1 h'],
  [90_061_000, '1 d 1 h'],
])('%d ms lasts %s', (ms, told) => {
  expect(formatLength(ms)).toBe(told);
});

test('the field of a date and time holds the same instant again', () => {
  const at = Date.parse('2026-11-24T16:05:00.000Z');
  expect(new Date(toLocalField(at)).getTime()).toBe(at);
});
