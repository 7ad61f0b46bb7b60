import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guardCell, unguardCell } from './formula-guard.ts';
import { readTags, writeTags } from './tags.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3+cmd|x', "'-2+3+cmd|x"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  ['+15045551234', '+15045551234'],
  ['+44 20 7946 0958', '+44 20 7946 0958'],
  ['-5', '-5'],
  ['-3.50', '-3.50'],
  ["'=1", "''=1"],
  ["O'Neill", "O'Neill"],
  ["'quoted'", "'quoted'"],
  ['', ''],
])('%j is written as %j', (cell, guarded) => {
  expect(guardCell(cell)).toBe(guarded);
  expect(unguardCell(guarded)).toBe(cell);
});

test('whatever is guarded is read back, and nothing that is written begins like a formula', () => {
  const cell = fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '1', '(', 'a', ' '),
    maxLength: 6,
  });
  fc.assert(
    fc.property(cell, (text) => {
      expect(unguardCell(guardCell(text))).toBe(text);
      expect(guardCell(text)).not.toMatch(/^[=@\t\r]/);
      expect(guardCell(text)).not.toMatch(/^[+-](?!\d[\d ().-]*$)/);
    }),
  );
});

test('tags of any spelling stand in one cell', () => {
  const tag = fc
    .string({ unit: fc.constantFrom('a', 'b', ' ', ';', '|', ',', '[', ']', '"') })
    .filter((text) => text !== '');
  fc.assert(
    fc.property(fc.uniqueArray(tag), (tags) => {
      expect(readTags(writeTags(tags))).toEqual(tags);
    }),
  );
  expect(readTags('hot; west|new,hot')).toEqual(['hot', 'west', 'new']);
});
