import type { Import } from '../../data/imports.ts';
import type { Tone } from '../../components/badge.tsx';

/* The words of imports: what a column can be, how a file can be written, and what to do about one that was refused. */

export const encodingLabels: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Windows-1252 (older Excel)',
};

export const delimiterLabels: Record<string, string> = {
  ',': 'Comma  ,',
  ';': 'Semicolon  ;',
  '\t': 'Tab',
  '|': 'Bar  |',
};

/** What a column of a file can be, in the order in which a person thinks of them. */
export const targetLabels: Record<string, string> = {
  phone: 'Phone',
  firstName: 'First name',
  lastName: 'Last name',
  fullName: 'Full name',
  company: 'Company',
  email: 'E-mail',
  address: 'Address',
  city: 'City',
  state: 'State',
  postalCode: 'Postal code',
  country: 'Country',
  externalId: 'Your own id of the lead',
  source: 'Source',
  tags: 'Tags',
};

export const customPrefix = 'custom.';

/** A column's target in words; a custom field by its name. */
export function targetWords(target: string): string {
  return target.startsWith(customPrefix)
    ? `Custom field “${target.slice(customPrefix.length)}”`
    : (targetLabels[target] ?? target);
}

/** The custom field that a column would become by its own name, as the importer names it. */
export function customTargetOf(name: string, index: number): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return `${customPrefix}${slug === '' ? `column_${index + 1}` : slug.slice(0, 60)}`;
}

const remedies: Record<string, string> = {
  EMPTY_FILE: 'Choose a file with at least one line of leads below its header.',
  NO_PHONE_COLUMN: 'Give one column a name such as “Phone” or “Mobile”, save the file and choose it again.',
  BROKEN_CSV:
    'A quotation mark opens and never closes, or stands in the middle of a cell. Mend that line, or save the file anew from your spreadsheet.',
  TOO_MANY_COLUMNS: 'Delete the columns that you do not need, and choose the file again.',
  CELL_TOO_LONG:
    'One cell holds more text than a lead’s field can. Usually a quotation mark is missing before it.',
  BROKEN_XLSX: 'Open the workbook, save it anew as .xlsx or CSV, and choose that file.',
  ENCRYPTED_FILE: 'Open the workbook, take its password away, save it and choose it again.',
  OLD_EXCEL_FILE: 'Open it in a spreadsheet and save it as .xlsx or CSV.',
  ZIP_BOMB: 'The workbook unpacks to far more than it should. Save the sheet as CSV and choose that.',
  SHEET_NOT_FOUND: 'Choose another sheet of the workbook.',
  BODY_TOO_LARGE: 'Split the file into smaller ones and import them one after the other.',
  UNSUPPORTED_MEDIA_TYPE: 'Choose a CSV, a text file or an Excel workbook (.xlsx).',
  UNREACHABLE: 'Nothing was lost: try again in a moment.',
};

/** What a person can do about a file that was refused, where there is something to say. */
export function remedyOf(code: string): string | null {
  return remedies[code] ?? null;
}

export const statusLooks: Record<Import['status'], { label: string; tone: Tone }> = {
  draft: { label: 'Not started', tone: 'neutral' },
  importing: { label: 'Importing', tone: 'accent' },
  done: { label: 'Imported', tone: 'ok' },
  failed: { label: 'Failed', tone: 'bad' },
};

const units = ['bytes', 'kB', 'MB', 'GB'] as const;

/** "120 MB". */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1_000 && unit < units.length - 1) {
    size /= 1_000;
    unit += 1;
  }
  const digits = unit > 0 && size < 10 ? 1 : 0;
  return `${size.toFixed(digits)} ${units[unit] ?? ''}`;
}
