import { expect, test } from 'vitest';
import { dncHeader, readDncLine } from './dnc-line.ts';

test.each([
  ['5046218927', '+15046218927'],
  ['+1 (504) 621-8927', '+15046218927'],
  ['1-504-621-8927', '+15046218927'],
  ['504,6218927', '+15046218927'],
  ['"504-621-8927","moved"', '+15046218927'],
  ['5046218927;x', '+15046218927'],
  // Nobody has that area code; a list may name it all the same.
  ['2112345678', '+12112345678'],
  ['+44 20 7946 0958', '+442079460958'],
])('%j is %s', (line, e164) => {
  expect(readDncLine(line, 0)).toEqual({ ok: true, e164 });
});

test.each([
  ['12345', 'INVALID_PHONE'],
  ['nobody', 'INVALID_PHONE'],
  ['504,621', 'INVALID_PHONE'],
  ['5'.repeat(1_001), 'LINE_TOO_LONG'],
])('%j is no number', (line, code) => {
  const read = readDncLine(line, 0);
  expect(read).toMatchObject({ ok: false, code });
  expect(JSON.stringify(read)).not.toContain('12345');
});

test('a header says where the numbers stand', () => {
  expect(dncHeader('Name,Phone number,Since')).toBe(1);
  expect(dncHeader('entry')).toBe(0);
  expect(dncHeader('504,6218927')).toBeNull();
  expect(readDncLine('Ada,504-621-8927', 1)).toMatchObject({ e164: '+15046218927' });
});
