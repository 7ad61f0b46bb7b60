import { customFieldFault } from '#domain/custom-field.ts';
import type { FieldDefinition } from '#domain/custom-field.ts';
import { plausibleZones } from '#domain/compliance/lead-zones.ts';
import { parsePhone, usualNorthAmerican } from '#domain/phone.ts';
import { customName } from './columns.ts';
import type { Row } from './csv.ts';
import { unguardCell } from './formula-guard.ts';
import type { ImportOptions, LeadColumn } from './options.ts';
import { readTags } from './tags.ts';

/** Why a row was not taken. */
export const rejectionCodes = [
  'MISSING_PHONE',
  'INVALID_PHONE',
  'ROW_TOO_SHORT',
  'ROW_TOO_LONG',
  'FIELD_TOO_LONG',
  'INVALID_CUSTOM_FIELD',
  'DUPLICATE_ROW',
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

export type Rejection = {
  line: number;
  /** The column's own name in the file; null = the whole row. */
  column: string | null;
  code: RejectionCode;
  message: string;
};

type TextField = Exclude<LeadColumn, 'phone' | 'fullName' | 'tags'>;

/** What a row says about a person; what it does not say is not there. */
export type RowLead = Partial<Record<TextField, string>> & {
  phone: string;
  rawPhone: string;
  customFields: Record<string, string>;
  tags: string[];
  /** By what this row alone says of the place. */
  timeZones: string[];
};

export type ReadRow = { ok: true; lead: RowLead } | { ok: false; rejection: Rejection };

/** As many characters as the API takes. */
const maxLengths: Record<TextField, number> = {
  externalId: 200,
  firstName: 200,
  lastName: 200,
  company: 300,
  email: 320,
  address: 500,
  city: 200,
  state: 100,
  postalCode: 20,
  country: 60,
  source: 100,
};
const maxCustomLength = 2_000;
const maxTagLength = 100;
const maxTags = 50;
const customPrefix = 'custom.';

/**
 * Makes the function that reads the lead out of a row, or why there is none. An empty cell says nothing, so that an import
 * never empties a field; a phone that cannot be dialled falls back to the row's next one, and phones after the first are
 * kept as custom fields too.
 */
export function createLeadReader(
  options: Pick<ImportOptions, 'columns' | 'defaultCountry' | 'source' | 'header'>,
  definitions: ReadonlyMap<string, FieldDefinition> = new Map(),
): (row: Row) => ReadRow {
  const { columns, defaultCountry, source, header } = options;
  const width = columns.length;
  const phones: number[] = [];
  const fields: { index: number; field: TextField }[] = [];
  const custom: { index: number; name: string; definition: FieldDefinition | undefined }[] = [];
  let fullName = -1;
  let tags = -1;
  for (const { index, name, target } of columns) {
    if (target === null) continue;
    if (target === 'phone') phones.push(index);
    else if (target === 'fullName') fullName = index;
    else if (target === 'tags') tags = index;
    else if (!target.startsWith(customPrefix)) fields.push({ index, field: target as TextField });
    if (target.startsWith(customPrefix) || (target === 'phone' && phones.length > 1)) {
      const field = target === 'phone' ? customName(name, index) : target.slice(customPrefix.length);
      const definition = definitions.get(field);
      custom.push({ index, name: field, definition });
    }
  }
  const zonesOf = createZoneMemory();

  return ({ line, cells: given }) => {
    const reject = (code: RejectionCode, index: number | null, message: string): ReadRow => ({
      ok: false,
      rejection: { line, column: index === null ? null : (columns[index]?.name ?? null), code, message },
    });
    const cells = given.map((cell) => unguardCell(cell).trim());
    // Spreadsheets leave empty cells off a row's end; without a header nobody says how many there are.
    if (header && cells.length < width) {
      return reject('ROW_TOO_SHORT', null, `The row has ${cells.length} cells, the header ${width}.`);
    }
    for (let index = width; index < cells.length; index += 1) {
      if (cells[index] === '') continue;
      const named = header ? 'the header' : 'the rows before it';
      return reject('ROW_TOO_LONG', null, `The row has ${cells.length} cells, ${named} ${width}.`);
    }

    const usable = phones.find((index) => e164Of(cells[index] ?? '', defaultCountry) !== null);
    if (usable === undefined) {
      const first = phones.find((index) => cells[index]);
      if (first === undefined)
        return reject('MISSING_PHONE', phones[0] ?? null, 'The row has no phone number.');
      const parsed = parsePhone(cells[first] ?? '', defaultCountry);
      return reject('INVALID_PHONE', first, parsed.ok ? '' : parsed.message);
    }
    const rawPhone = cells[usable]!;
    const lead: RowLead = {
      phone: e164Of(rawPhone, defaultCountry)!,
      rawPhone,
      customFields: {},
      tags: [],
      timeZones: [],
    };
    for (const { index, field } of fields) {
      const cell = cells[index];
      if (!cell) continue;
      if (cell.length > maxLengths[field]) {
        return reject('FIELD_TOO_LONG', index, tooLong(maxLengths[field]));
      }
      lead[field] = cell;
    }
    const whole = fullName < 0 ? '' : (cells[fullName] ?? '');
    if (whole !== '') {
      if (whole.length > maxLengths.firstName)
        return reject('FIELD_TOO_LONG', fullName, tooLong(maxLengths.firstName));
      const [first, ...others] = whole.split(/\s+/);
      lead.firstName ??= first;
      if (others.length > 0) lead.lastName ??= others.join(' ');
    }
    for (const { index, name, definition } of custom) {
      const cell = cells[index];
      if (!cell) continue;
      if (cell.length > maxCustomLength) return reject('FIELD_TOO_LONG', index, tooLong(maxCustomLength));
      const fault = definition === undefined ? null : customFieldFault(definition, cell);
      if (fault !== null) return reject('INVALID_CUSTOM_FIELD', index, fault);
      lead.customFields[name] = cell;
    }
    if (tags >= 0 && cells[tags]) {
      lead.tags = readTags(cells[tags]!);
      if (lead.tags.length > maxTags)
        return reject('FIELD_TOO_LONG', tags, `There are more than ${maxTags} tags.`);
      if (lead.tags.some((tag) => tag.length > maxTagLength)) {
        return reject('FIELD_TOO_LONG', tags, `A tag is longer than ${maxTagLength} characters.`);
      }
    }
    if (source !== null) lead.source ??= source;
    lead.timeZones = zonesOf(lead);
    return { ok: true, lead };
  };
}

function e164Of(raw: string, defaultCountry: string): string | null {
  const usual = usualNorthAmerican(raw, defaultCountry);
  if (usual !== null) return usual;
  const parsed = parsePhone(raw, defaultCountry);
  return parsed.ok ? parsed.e164 : null;
}

const tooLong = (length: number) => `The cell is longer than ${length} characters.`;

type Place = Pick<RowLead, 'phone' | 'state' | 'postalCode' | 'country'>;

const mostPlaces = 20_000;

/** Remembers the zones of places, of which a file has fewer than people. */
export function createZoneMemory(): (place: Place) => string[] {
  const known = new Map<string, string[]>();
  return (place) => {
    const { phone, state = '', postalCode = '', country = '' } = place;
    // Of a number of North America only the area code says where it is.
    const number = phone.startsWith('+1') ? phone.slice(0, 5) + phone.length : phone;
    const key = `${number}\n${state}\n${postalCode}\n${country}`;
    let zones = known.get(key);
    if (zones === undefined) {
      if (known.size >= mostPlaces) known.clear();
      zones = plausibleZones(place).zones;
      known.set(key, zones);
    }
    return zones;
  };
}
