import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { decodeText } from './decode-text.ts';
import { detectDelimiter, readCsv } from './read-csv.ts';
import type { CsvRow } from './read-csv.ts';

async function rowsOf(text: string): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of readCsv(decodeText(Buffer.from(text)))) rows.push(row);
  return rows;
}

describe('the encoding is found out', () => {
  const text = 'name,phone\nJosé Núñez,504\n';
  const utf16be = Buffer.from(text, 'utf16le').swap16();
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['Windows-1252', Buffer.from(text, 'latin1')],
    ['UTF-16 little-endian with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 big-endian with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 little-endian', Buffer.from(text, 'utf16le')],
    ['UTF-16 big-endian', utf16be],
  ])('%s', (_name, bytes) => {
    expect(decodeText(bytes)).toBe(text);
  });

  test('what only Windows-1252 has is read as such', () => {
    expect(decodeText(Buffer.from([0x93, 0x61, 0x94, 0x80]))).toBe('“a”€');
  });
});

test.each([
  ['name,phone', ','],
  ['name;phone;city, state', ';'],
  ['name\tphone', '\t'],
  ['name|phone', '|'],
  ['"last, first";phone', ';'],
  ['phone', ','],
])('the delimiter of %j is %j', (header, delimiter) => {
  expect(detectDelimiter(`${header}\na;b;c;d\n`)).toBe(delimiter);
});

test('lines are counted as the file has them, whatever its line ends, blank lines and quoted breaks', async () => {
  const text = 'a,b\n\n1,"two\nlines"\n\n , \n3,4\n"x\n\ny",z';
  for (const end of ['\n', '\r\n', '\r']) {
    const rows = await rowsOf(text.replaceAll('\n', end));
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 7, 8]);
  }
});

test('cells are trimmed and keep what quotes protect', async () => {
  expect(await rowsOf('a,b\n x , "y ""z"", w" \n'.replace(', "', ',"').replace('" \n', '"\n'))).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['x', 'y "z", w'] },
  ]);
});

test('whatever is written as CSV is read back', async () => {
  const cell = fc
    .string({ unit: fc.constantFrom('a', 'é', ' ', ',', ';', '"', '\n', '0') })
    .map((text) => text.trim());
  const row = fc.array(cell, { minLength: 2, maxLength: 4 });
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
      const text = ['h1,h2', ...rows.map((cells) => cells.map(quote).join(','))].join('\n');
      const read = await rowsOf(text);
      const kept = rows.filter((cells) => cells.some((one) => one !== ''));
      expect(read.slice(1).map(({ cells }) => cells)).toEqual(kept);
      const lines = text.split('\n').length;
      for (const { line } of read) expect(line).toBeLessThanOrEqual(lines);
    }),
    { numRuns: 200 },
  );
});
