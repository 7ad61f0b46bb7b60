import readWorkbookFile from 'read-excel-file/node';
import { maxColumns } from './csv.ts';
import type { Row } from './csv.ts';
import { FileRefusal } from './refusal.ts';
import { requireHarmlessZip } from './zip.ts';

type Cell = string | boolean | Date | null;

/** What the first bytes of a file say that it is; anything that is no workbook is text. */
export function formatOf(start: Uint8Array): 'csv' | 'xlsx' | 'ole' {
  const begins = (...bytes: number[]) => bytes.every((byte, index) => start[index] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04)) return 'xlsx';
  return begins(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1) ? 'ole' : 'csv';
}

/**
 * A workbook of a kind that is not read: Excel's old one, or a new one that is protected by a password, which Excel puts
 * into the old one's container.
 */
export function refuseOldWorkbook(start: Uint8Array): FileRefusal {
  const name = Buffer.from('EncryptedPackage', 'utf16le');
  return Buffer.from(start).includes(name)
    ? new FileRefusal('ENCRYPTED_FILE', 'The workbook is protected by a password. Save it without one.')
    : new FileRefusal('OLD_EXCEL_FILE', 'This is a workbook of Excel 97–2003. Save it as .xlsx or as CSV.');
}

/**
 * The rows of one sheet, the first one unless it is named, with the names of all. Rows without content are left out.
 * @throws FileRefusal ZIP_BOMB, ENCRYPTED_FILE, BROKEN_XLSX, SHEET_NOT_FOUND, TOO_MANY_COLUMNS
 */
export async function readWorkbook(
  source: AsyncIterable<Uint8Array>,
  sheet: string | null,
): Promise<{ rows: Row[]; bytes: number; sheets: string[] }> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  await requireHarmlessZip(bytes);
  const workbook = await readWorkbookFile(bytes, {
    parseNumber: (text) => String(Number(text)) as never,
  }).catch(() => {
    throw new FileRefusal('BROKEN_XLSX', 'The file is a zip archive, but no workbook that can be read.');
  });
  const sheets = workbook.map((one) => one.sheet);
  const wanted = sheet === null ? workbook[0] : workbook.find((one) => one.sheet === sheet);
  if (!wanted) throw new FileRefusal('SHEET_NOT_FOUND', `The workbook has no sheet "${sheet ?? ''}".`);
  const rows: Row[] = [];
  (wanted.data as unknown as Cell[][]).forEach((cells, index) => {
    const texts = cells.map(textOf);
    if (texts.every((text) => text.trim() === '')) return;
    if (texts.length > maxColumns) {
      throw new FileRefusal('TOO_MANY_COLUMNS', `There are more than ${maxColumns} columns.`, index + 1);
    }
    rows.push({ line: index + 1, cells: texts });
  });
  return { rows, bytes: bytes.length, sheets };
}

function textOf(cell: Cell): string {
  if (cell === null) return '';
  // A day without a time is a day.
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '');
  // What no text of the database can hold.
  return String(cell).replaceAll('\u0000', '');
}
