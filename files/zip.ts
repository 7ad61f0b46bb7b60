import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { FileRefusal } from './refusal.ts';

/*
 * A workbook is a zip archive. Before a library unpacks it we look at what it says of itself, and whether that is true.
 * Source: PKWARE APPNOTE 6.3, sections 4.3.7 (local file header), 4.3.12 (central directory) and 4.3.16 (its end).
 */

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const centralLength = 46;
const localLength = 30;
const maxCommentLength = 65_535;
/** A size that is told in a field of 64 bits instead. */
const elsewhere = 0xffffffff;
const descriptorLength = 24;

const mebibyte = 1024 * 1024;
export const zipLimits = { entries: 2_000, bytes: 128 * mebibyte, ratio: 200 };
/** Below this a ratio means nothing: an empty sheet packs well. */
const smallBytes = 8 * mebibyte;

type Entry = { packed: number; unpacked: number; offset: number; method: number; encrypted: boolean };

const inflate = promisify(inflateRaw);

/**
 * Makes sure that an archive can be unpacked: few entries, not much in them, nothing between them, no password, and every
 * entry as long as it claims.
 * @throws FileRefusal ZIP_BOMB, ENCRYPTED_FILE or BROKEN_XLSX
 */
export async function requireHarmlessZip(bytes: Buffer): Promise<void> {
  const { entries, start } = readDirectory(bytes);
  if (entries.some(({ encrypted }) => encrypted)) throw encrypted();
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const tooMuch = unpacked > zipLimits.bytes;
  const tooDense = unpacked > smallBytes && unpacked > zipLimits.ratio * bytes.length;
  if (entries.length > zipLimits.entries || tooMuch || tooDense) throw bomb();

  // Whoever unpacks in order meets also what the directory does not name.
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (entry.offset < end || entry.offset - end > descriptorLength) throw broken();
    end = bodyOf(bytes, entry) + entry.packed;
  }
  if (end > start || start - end > descriptorLength) throw broken();

  for (const entry of entries) {
    const at = bodyOf(bytes, entry);
    if (entry.method === 0 && entry.packed === entry.unpacked) continue;
    if (entry.method !== 8) throw broken();
    const options = { maxOutputLength: Math.max(1, entry.unpacked) };
    await inflate(bytes.subarray(at, at + entry.packed), options).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ERR_BUFFER_TOO_LARGE' ? bomb() : broken();
    });
  }
}

function readDirectory(bytes: Buffer): { entries: Entry[]; start: number } {
  const lowest = Math.max(0, bytes.length - endLength - maxCommentLength);
  let end = bytes.length - endLength;
  while (end >= lowest && bytes.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < lowest || end < 0) throw broken();
  const count = bytes.readUInt16LE(end + 10);
  const start = bytes.readUInt32LE(end + 16);
  if (start === elsewhere || count === 0xffff) throw bomb();
  const entries: Entry[] = [];
  let at = start;
  for (let nr = 0; nr < count; nr += 1) {
    if (at + centralLength > end || bytes.readUInt32LE(at) !== centralSignature) throw broken();
    const [packed, unpacked, offset] = [20, 24, 42].map((field) => bytes.readUInt32LE(at + field)) as [
      number,
      number,
      number,
    ];
    if (packed === elsewhere || unpacked === elsewhere || offset === elsewhere) throw bomb();
    entries.push({
      packed,
      unpacked,
      offset,
      method: bytes.readUInt16LE(at + 10),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
    });
    const variable = [28, 30, 32].reduce((sum, field) => sum + bytes.readUInt16LE(at + field), 0);
    at += centralLength + variable;
  }
  return { entries, start };
}

function bodyOf(bytes: Buffer, { offset }: Entry): number {
  if (offset + localLength > bytes.length || bytes.readUInt32LE(offset) !== localSignature) throw broken();
  return offset + localLength + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
}

const broken = () =>
  new FileRefusal('BROKEN_XLSX', 'The workbook cannot be read: the file is damaged or incomplete.');
const bomb = () =>
  new FileRefusal(
    'ZIP_BOMB',
    `The workbook is larger than ${zipLimits.bytes / mebibyte} MiB once it is unpacked, or packed suspiciously densely. Save the sheet as CSV.`,
  );
const encrypted = () =>
  new FileRefusal('ENCRYPTED_FILE', 'The workbook is protected by a password. Save it without one.');
