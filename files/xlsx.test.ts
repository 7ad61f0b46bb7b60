import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import writeOtherWorkbook from 'write-excel-file/node';
import { readWorkbook } from './xlsx.ts';
import { writeWorkbook } from './write-xlsx.ts';

async function* inPieces(bytes: Buffer, length = 1_000) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
async function written(...portions: string[][][]): Promise<Buffer> {
  const source = async function* () {
    yield* portions;
  };
  const pieces: Buffer[] = [];
  for await (const piece of writeWorkbook(source())) pieces.push(piece);
  return Buffer.concat(pieces);
}
const codeOf = (bytes: Buffer, sheet: string | null = null) =>
  readWorkbook(inPieces(bytes), sheet).then(
    () => 'read',
    (error: { code?: string }) => error.code,
  );

test('a workbook of another writer is read as texts: numbers as they are, days without a time, booleans', async () => {
  const bytes = await writeOtherWorkbook([
    {
      sheet: 'People',
      data: [
        ['Phone', 'Day', 'Member', 'Size'],
        [5046218927, { value: new Date('2026-11-21T00:00:00Z'), format: 'yyyy-mm-dd' }, true, 0.1],
        [null, 'x', false, -5],
      ],
    },
    { sheet: 'Others', data: [['a'], ['b']] },
  ] as never).toBuffer();
  const { rows, sheets } = await readWorkbook(inPieces(Buffer.from(bytes)), null);
  expect(sheets).toEqual(['People', 'Others']);
  expect(rows).toEqual([
    { line: 1, cells: ['Phone', 'Day', 'Member', 'Size'] },
    { line: 2, cells: ['5046218927', '2026-11-21', 'true', '0.1'] },
    { line: 3, cells: ['', 'x', 'false', '-5'] },
  ]);
  const second = await readWorkbook(inPieces(Buffer.from(bytes)), 'Others');
  expect(second.rows.map(({ cells }) => cells)).toEqual([['a'], ['b']]);
  expect(await codeOf(Buffer.from(bytes), 'None')).toBe('SHEET_NOT_FOUND');
});

test('what we write is read back', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '<', '&', '"', '=', '+1', '日'),
    minLength: 1,
    maxLength: 6,
  });
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(rows, rows, async (first, second) => {
      const read = await readWorkbook(inPieces(await written(first, second)), null);
      expect(read.rows.map(({ cells }) => cells)).toEqual([...first, ...second]);
    }),
    { numRuns: 20 },
  );
});

/** An archive of one entry that says of itself what it likes. */
function archive(
  content: Buffer,
  claims: { unpacked?: number; flags?: number; packed?: Buffer } = {},
): Buffer {
  const packed = claims.packed ?? deflateRawSync(content);
  const name = Buffer.from('xl/workbook.xml');
  const header = (signature: number, length: number, at: number) => {
    const bytes = Buffer.alloc(length);
    bytes.writeUInt32LE(signature, 0);
    bytes.writeUInt16LE(claims.flags ?? 0, at);
    bytes.writeUInt16LE(8, at + 2);
    bytes.writeUInt32LE(packed.length, at + 12);
    bytes.writeUInt32LE(claims.unpacked ?? content.length, at + 16);
    bytes.writeUInt16LE(name.length, at + 20);
    return Buffer.concat([bytes, name]);
  };
  const local = Buffer.concat([header(0x04034b50, 30, 6), packed]);
  const central = header(0x02014b50, 46, 8);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
const zeros = (mebibytes: number) => Buffer.alloc(mebibytes * 1024 * 1024);

test.each([
  ['an archive that unpacks to too much', () => archive(zeros(130)), 'ZIP_BOMB'],
  ['an archive that is packed too densely', () => archive(zeros(20)), 'ZIP_BOMB'],
  ['an entry that is longer than it claims', () => archive(zeros(20), { unpacked: 1_000 }), 'ZIP_BOMB'],
  ['an entry with a password', () => archive(Buffer.from('x'), { flags: 1 }), 'ENCRYPTED_FILE'],
  [
    'an entry that is damaged',
    () => archive(Buffer.from('abc'), { packed: Buffer.from([255, 255, 255]) }),
    'BROKEN_XLSX',
  ],
  [
    'something that the directory does not name',
    () => {
      const one = archive(Buffer.from('abc'));
      const hidden = Buffer.concat([archive(Buffer.from('abc')).subarray(0, 53), Buffer.alloc(40)]);
      const end = Buffer.from(one);
      end.writeUInt32LE(end.readUInt32LE(end.length - 6) + hidden.length, end.length - 6);
      return Buffer.concat([hidden, end]);
    },
    'BROKEN_XLSX',
  ],
  ['an archive that is no workbook', () => archive(Buffer.from('<a/>')), 'BROKEN_XLSX'],
  ['an archive that is cut off', () => archive(Buffer.from('abc')).subarray(0, 40), 'BROKEN_XLSX'],
])('%s is refused', async (_what, bytes, code) => {
  expect(await codeOf(bytes())).toBe(code);
});

test('a workbook that is cut off is refused', async () => {
  const whole = await written([['a', 'b']]);
  expect(await codeOf(whole.subarray(0, whole.length - 30))).toBe('BROKEN_XLSX');
});
