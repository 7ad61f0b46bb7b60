import { parsePhone } from '#domain/phone.ts';
import type { RejectedLine } from '#db/queries/imports.ts';
import type { RejectionCode } from '../schemas/import.ts';
import type { Columns } from './columns.ts';
import type { GivenLead } from './merge-lead.ts';
import type { CsvRow } from './read-csv.ts';

export type ReadLead = { ok: true; lead: GivenLead } | { ok: false; rejected: RejectedLine };

const maxCellLength = 2_000;

/**
 * The lead that a row describes, or why it describes none. An empty cell says nothing, so that an import never empties a
 * field; a phone that cannot be dialled falls back to the row's next one.
 */
export function readLead(
  { line, cells }: CsvRow,
  columns: Columns,
  options: { defaultCountry: string; source: string | null },
): ReadLead {
  const reject = (code: RejectionCode, column: number | null, message: string): ReadLead => ({
    ok: false,
    rejected: { line, column: column === null ? null : (columns.names[column] ?? null), code, message },
  });
  const width = columns.names.length;
  if (cells.length < width) {
    return reject('ROW_TOO_SHORT', null, `The row has ${cells.length} cells, the header ${width}.`);
  }
  if (cells.slice(width).some((cell) => cell !== '')) {
    return reject('ROW_TOO_LONG', null, `The row has ${cells.length} cells, the header ${width}.`);
  }
  const tooLong = cells.findIndex((cell) => cell.length > maxCellLength);
  if (tooLong >= 0)
    return reject('FIELD_TOO_LONG', tooLong, `The cell is longer than ${maxCellLength} characters.`);

  const given = columns.phones.filter((index) => cells[index] !== '');
  if (given.length === 0) return reject('MISSING_PHONE', columns.phones[0]!, 'The row has no phone number.');
  const attempts = given.map((index) => ({
    index,
    parsed: parsePhone(cells[index]!, options.defaultCountry),
  }));
  const usable = attempts.find(({ parsed }) => parsed.ok);
  if (!usable?.parsed.ok) {
    const { index, parsed } = attempts[0]!;
    return reject('INVALID_PHONE', index, parsed.ok ? '' : parsed.message);
  }
  return {
    ok: true,
    lead: {
      ...fieldsOf(cells, columns, options.source),
      phone: usable.parsed.e164,
      rawPhone: cells[usable.index]!,
    },
  };
}

function fieldsOf(
  cells: string[],
  columns: Columns,
  source: string | null,
): Omit<GivenLead, 'phone' | 'rawPhone'> {
  const cell = (field: Parameters<Columns['fields']['get']>[0]): string | undefined => {
    const index = columns.fields.get(field);
    return index === undefined ? undefined : cells[index] || undefined;
  };
  const [first, ...rest] = (cell('fullName') ?? '').split(/\s+/);
  const custom = columns.custom.filter(({ index }) => cells[index] !== '');
  const tags = cell('tags')
    ?.split(/[;|,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return {
    externalId: cell('externalId'),
    firstName: cell('firstName') ?? (first || undefined),
    lastName: cell('lastName') ?? (rest.join(' ') || undefined),
    company: cell('company'),
    email: cell('email'),
    address: cell('address'),
    city: cell('city'),
    state: cell('state'),
    postalCode: cell('postalCode'),
    country: cell('country'),
    source: cell('source') ?? source ?? undefined,
    customFields: Object.fromEntries(custom.map(({ index, name }) => [name, cells[index]!])),
    tags,
  };
}
