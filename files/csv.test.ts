import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCsvParser, delimiters, detectDelimiter } from './csv.ts';
import type { Row } from './csv.ts';
import { createDecoder, createEncodingDetector, encodings } from './encoding.ts';
import type { Encoding } from './encoding.ts';
import { csvLine } from './write-csv.ts';

/** Reads bytes in pieces of that length, as if a network had cut them. */
function read(
  bytes: Buffer,
  encoding: Encoding,
  delimiter: (typeof delimiters)[number],
  length: number,
): Row[] {
  const decoder = createDecoder(encoding);
  const parser = createCsvParser(delimiter);
  const rows: Row[] = [];
  for (let at = 0; at < bytes.length; at += length) {
    rows.push(...parser.push(decoder.push(bytes.subarray(at, at + length))));
  }
  return [...rows, ...parser.push(decoder.end()), ...parser.end()];
}

function encode(text: string, encoding: Encoding, mark: boolean): Buffer {
  const marked = (mark && encoding !== 'windows-1252' ? '\ufeff' : '') + text;
  if (encoding === 'utf-16le') return Buffer.from(marked, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(marked, 'utf16le').swap16();
  return Buffer.from(marked, encoding === 'utf-8' ? 'utf8' : 'latin1');
}

const cellsOf = (text: string, delimiter: (typeof delimiters)[number] = ',') =>
  read(Buffer.from(text), 'utf-8', delimiter, 64 * 1024).map(({ cells }) => cells);

test('any table is read back as it was written: every delimiter, encoding and line end, however it was cut', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', 'ß', ' ', ',', ';', '\t', '|', '"', "'", '\n', '\r', '0'),
    maxLength: 8,
  });
  const row = fc
    .array(cell, { minLength: 1, maxLength: 5 })
    .filter((cells) => cells.some((one) => one.trim() !== ''));
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...delimiters),
      fc.constantFrom(...encodings),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.record({ mark: fc.boolean(), cut: fc.integer({ min: 1, max: 9 }), lastEnd: fc.boolean() }),
      (rows, delimiter, encoding, lineEnd, { mark, cut, lastEnd }) => {
        const text = rows.map((cells) => csvLine(cells, delimiter, lineEnd)).join('');
        const bytes = encode(lastEnd ? text : text.slice(0, -lineEnd.length), encoding, mark);
        expect(read(bytes, encoding, delimiter, cut).map(({ cells }) => cells)).toEqual(rows);
      },
    ),
    { numRuns: 400 },
  );
});

test('lines are counted as the file has them, whatever its line ends, blank lines and quoted breaks', () => {
  const text = 'a,b\n\n1,"two\nlines"\n\n , \n3,4\n"x\n\ny",z';
  for (const end of ['\n', '\r\n', '\r']) {
    for (const cut of [1, 2, 3, 100]) {
      const rows = read(Buffer.from(text.replaceAll('\n', end)), 'utf-8', ',', cut);
      expect(rows.map(({ line }) => line)).toEqual([1, 3, 7, 8]);
    }
  }
});

test.each([
  ['a, "b, c" ,d', ['a', 'b, c', 'd']],
  ['Bob "Bobby" Smith,5\'10"', ['Bob "Bobby" Smith', '5\'10"']],
  ['"say ""hi""",', ['say "hi"', '']],
  [',,x', ['', '', 'x']],
])('%j is %j', (text, cells) => {
  expect(cellsOf(text)).toEqual([cells]);
});

test.each([
  ['a quotation mark that is never closed', 'a,"b', 'BROKEN_CSV', 1],
  ['text behind a closing one', 'a,b\n"c"d,e\n', 'BROKEN_CSV', 2],
  ['a zero byte', 'a,b\nc\u0000,d\n', 'BROKEN_CSV', 2],
  ['a thousand and one columns', `a${',a'.repeat(1_000)}`, 'TOO_MANY_COLUMNS', 1],
  ['a cell of a megabyte', `a,b\n1,${'x'.repeat(1_000_001)}\n`, 'CELL_TOO_LONG', 2],
  ['a megabyte behind a quotation mark', `a,b\n1,"${'x'.repeat(1_100_000)}`, 'CELL_TOO_LONG', 2],
  ['many lines behind a quotation mark', `a,b\n1,"${'x\n'.repeat(200)}`, 'BROKEN_CSV', 2],
])('%s is refused', (_what, text, code, line) => {
  expect(() => cellsOf(text)).toThrow(expect.objectContaining({ code, line }));
});

test.each([
  ['name,phone', ','],
  ['name;phone;city, state', ';'],
  ['name\tphone', '\t'],
  ['name|phone', '|'],
  ['"last, first";phone', ';'],
  ['phone', ','],
  ['Phone;City, State', ';'],
  ['name, phone, city', ','],
  ['a;b\rc,d,e,f', ';'],
])('the delimiter of %j is %j', (header, delimiter) => {
  expect(detectDelimiter(`${header}\na;b;c;d\n`)).toBe(delimiter);
});

test.each([
  ['UTF-8', Buffer.from('José,504\n'), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from('\ufeffJosé,504\n'), 'utf-8'],
  ['Windows-1252', Buffer.from('José,504\n', 'latin1'), 'windows-1252'],
  ['a character that is cut off', Buffer.from('José').subarray(0, 4), 'windows-1252'],
  ['UTF-16 little-endian with a mark', encode('José', 'utf-16le', true), 'utf-16le'],
  ['UTF-16 big-endian with a mark', encode('José', 'utf-16be', true), 'utf-16be'],
  ['UTF-16 little-endian', encode('José Núñez,504', 'utf-16le', false), 'utf-16le'],
  ['UTF-16 big-endian', encode('José Núñez,504', 'utf-16be', false), 'utf-16be'],
])('%s is recognised', (_name, bytes: Buffer, encoding) => {
  const detector = createEncodingDetector();
  for (let at = 0; at < bytes.length; at += 7_777) detector.push(bytes.subarray(at, at + 7_777));
  expect(detector.end()).toBe(encoding);
});

test('what only Windows-1252 has is read as such', () => {
  expect(createDecoder('windows-1252').push(Buffer.from([0x93, 0x61, 0x94, 0x80]))).toBe('“a”€');
});
