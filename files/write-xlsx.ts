import { once } from 'node:events';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/*
 * A workbook of one sheet of texts, written as it goes: what is held in memory is one portion of rows. Sources: ECMA-376
 * part 1 (SpreadsheetML, inline strings), PKWARE APPNOTE 6.3 (local headers with data descriptors).
 */

/** What Excel takes in one sheet, its header among them. */
export const maxSheetRows = 1_048_576;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

const fixedParts: [name: string, xml: string][] = [
  [
    '[Content_Types].xml',
    `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="Leads" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
];

/** The bytes of a workbook of these rows, which come in portions. */
export async function* writeWorkbook(portions: AsyncIterable<string[][]>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, xml] of fixedParts) {
    const content = Buffer.from(declaration + xml);
    const packed = deflateRawSync(content);
    const entry = { name, crc: crc32(content), packed: packed.length, unpacked: content.length };
    directory.push(centralHeader(entry, offset));
    const written = Buffer.concat([localHeader(name), packed, descriptor(entry)]);
    offset += written.length;
    yield written;
  }

  const name = 'xl/worksheets/sheet1.xml';
  const sizes = { name, crc: 0, packed: 0, unpacked: 0 };
  const header = localHeader(name);
  const sheetAt = offset;
  offset += header.length;
  yield header;
  const deflate = createDeflateRaw();
  const ready: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => {
    sizes.packed += chunk.length;
    ready.push(chunk);
  });
  try {
    for await (const text of sheetXml(portions)) {
      const bytes = Buffer.from(text);
      sizes.crc = crc32(bytes, sizes.crc);
      sizes.unpacked += bytes.length;
      if (!deflate.write(bytes)) await once(deflate, 'drain');
      yield* ready.splice(0);
    }
    const ended = once(deflate, 'end');
    deflate.end();
    await ended;
    yield* ready.splice(0);
  } finally {
    deflate.destroy();
  }
  const tail = descriptor(sizes);
  offset += sizes.packed + tail.length;
  directory.push(centralHeader(sizes, sheetAt));
  yield Buffer.concat([tail, ...directory, endOfDirectory(directory, offset)]);
}

async function* sheetXml(portions: AsyncIterable<string[][]>): AsyncGenerator<string> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetData>`;
  let written = 0;
  for await (const rows of portions) {
    const before = written;
    written += rows.length;
    yield rows.map((cells, index) => rowXml(cells, before + index + 1)).join('');
  }
  yield '</sheetData></worksheet>';
}

function rowXml(cells: string[], row: number): string {
  const inner = cells.map((cell, index) =>
    cell === ''
      ? ''
      : `<c r="${columnName(index)}${row}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`,
  );
  return `<row r="${row}">${inner.join('')}</row>`;
}

/** A, B, …, Z, AA, AB, … */
function columnName(index: number): string {
  const before = index < 26 ? '' : columnName(Math.floor(index / 26) - 1);
  return before + String.fromCharCode(65 + (index % 26));
}

/** Characters that XML cannot hold are left out; a carriage return would be read as a line feed. */
function escaped(text: string): string {
  // oxlint-disable no-control-regex
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

type Sizes = { name: string; crc: number; packed: number; unpacked: number };

/** Sizes follow behind the content (bit 3), names are UTF-8 (bit 11), deflated (8). The date says nothing: 1980-01-01. */
const flags = 0x0808;

function localHeader(name: string): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(8, 8);
  header.writeUInt16LE(0x21, 12);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

function descriptor({ crc, packed, unpacked }: Sizes): Buffer {
  const bytes = Buffer.alloc(16);
  [0x08074b50, crc, packed, unpacked].forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
  return bytes;
}

function centralHeader({ name, crc, packed, unpacked }: Sizes, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(8, 10);
  header.writeUInt16LE(0x21, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(unpacked, 24);
  header.writeUInt16LE(Buffer.byteLength(name), 28);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, Buffer.from(name)]);
}

function endOfDirectory(directory: Buffer[], offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return end;
}
