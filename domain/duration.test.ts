import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayMs, durationMs, hourMs, minuteMs, requireDurationMs, secondMs } from './duration.ts';

test.each([
  ['90s', 90 * secondMs],
  ['30m', 30 * minuteMs],
  ['4h', 4 * hourMs],
  ['1d', dayMs],
  ['1d12h', 1.5 * dayMs],
  ['2d3h4m5s', 2 * dayMs + 3 * hourMs + 4 * minuteMs + 5 * secondMs],
  [' 1h ', hourMs],
  ['0d1s', secondMs],
  ['9999d', 9999 * dayMs],
])('%j is a duration', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
  expect(requireDurationMs(text)).toBe(ms);
});

test.each([
  '',
  ' ',
  '0s',
  '0d0h',
  '10',
  'h',
  '1.5h',
  '-1h',
  '1h30',
  '12h1d',
  '1 h',
  '1H',
  '1w',
  '99999d',
  '1h1h',
  'PT1H',
])('%j is none', (text) => {
  expect(durationMs(text)).toBeNull();
  expect(() => requireDurationMs(text)).toThrow('Not a duration');
});

test('every duration is read as what it is written of, and is a finite, positive number of seconds', () => {
  const part = (most: number) => fc.integer({ min: 0, max: most });
  fc.assert(
    fc.property(part(9999), part(99999), part(999999), part(9999999), (d, h, m, s) => {
      const expected = d * dayMs + h * hourMs + m * minuteMs + s * secondMs;
      expect(durationMs(`${d}d${h}h${m}m${s}s`)).toBe(expected === 0 ? null : expected);
      expect(Number.isSafeInteger(expected)).toBe(true);
    }),
  );
});
