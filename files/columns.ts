import { parsePhone } from '#domain/phone.ts';
import { leadColumns } from './options.ts';
import type { ImportColumn, ImportTarget, LeadColumn } from './options.ts';
import { FileRefusal } from './refusal.ts';

/** Headers as exports of spreadsheets and CRMs write them; case, blanks and punctuation do not count. */
const synonyms: Record<LeadColumn, string[]> = {
  externalId: ['externalid', 'id', 'leadid', 'contactid', 'recordid', 'customerid', 'crmid', 'uid'],
  firstName: ['firstname', 'first', 'givenname', 'forename', 'fname', 'nombre', 'vorname'],
  lastName: ['lastname', 'last', 'surname', 'familyname', 'lname', 'apellido', 'nachname'],
  fullName: ['name', 'fullname', 'contactname', 'leadname', 'contact'],
  company: [
    'company',
    'companyname',
    'organization',
    'organisation',
    'business',
    'businessname',
    'account',
    'accountname',
    'firma',
  ],
  phone: [
    'phone',
    'phonenumber',
    'phoneno',
    'mobile',
    'mobilephone',
    'mobilenumber',
    'cell',
    'cellphone',
    'cellnumber',
    'telephone',
    'telephonenumber',
    'tel',
    'telefono',
    'telefon',
    'handy',
    'primaryphone',
    'homephone',
    'workphone',
    'businessphone',
    'otherphone',
    'contactphone',
    'contactnumber',
  ],
  email: ['email', 'emailaddress', 'mail', 'emailid', 'primaryemail'],
  address: [
    'address',
    'streetaddress',
    'street',
    'address1',
    'addressline1',
    'mailingaddress',
    'mailingstreet',
  ],
  city: ['city', 'town', 'locality', 'mailingcity'],
  state: ['state', 'province', 'stateprovince', 'region', 'statecode', 'mailingstate'],
  postalCode: [
    'zip',
    'zipcode',
    'postalcode',
    'postcode',
    'zippostalcode',
    'mailingzip',
    'mailingpostalcode',
  ],
  country: ['country', 'countrycode', 'mailingcountry'],
  source: ['source', 'leadsource'],
  tags: ['tags', 'tag', 'labels'],
};

const targetOf = new Map(
  leadColumns.flatMap((target) => synonyms[target].map((name) => [name, target] as const)),
);

/** What we write ourselves beside the leads, in an export or in the list of rejected rows, is not theirs. */
const ownColumn = /^leadway_/;
const maxNameLength = 60;
const maxHeaderLength = 200;
const customPrefix = 'custom.';

/** Whether the first row names the columns: a row with somebody's number or e-mail address in it does not. */
export function looksLikeHeader(cells: string[], defaultCountry: string): boolean {
  return !cells.some((cell) => isEmail(cell) || parsePhone(cell, defaultCountry).ok);
}

/**
 * What each column is, by its name, else by what stands in it. Several may be phones (they are tried in order); of other
 * fields the first one counts, and whatever is left is a custom field.
 */
export function guessColumns(
  first: string[],
  header: boolean,
  samples: string[][],
  defaultCountry: string,
): ImportColumn[] {
  const width = header ? first.length : Math.max(first.length, ...samples.map(({ length }) => length));
  const taken = new Set<LeadColumn>();
  const columns = Array.from({ length: width }, (_, index): ImportColumn => {
    const name = header ? first[index]!.trim().slice(0, maxHeaderLength) : `Column ${index + 1}`;
    if (!header) return { index, name, target: customTarget(name, index) };
    const target = byName(name, index);
    if (target === null || target === 'phone' || target.startsWith(customPrefix))
      return { index, name, target };
    const field = target as LeadColumn;
    if (taken.has(field)) return { index, name, target: customTarget(name, index) };
    taken.add(field);
    return { index, name, target };
  });
  const cellsOf = (index: number) =>
    samples.map((row) => row[index]?.trim() ?? '').filter((cell) => cell !== '');
  const mostly = (index: number, is: (cell: string) => boolean) => {
    const cells = cellsOf(index);
    return cells.length > 0 && cells.filter(is).length * 2 > cells.length;
  };
  const free = columns.filter(({ target }) => target?.startsWith(customPrefix));
  if (!columns.some(({ target }) => target === 'phone')) {
    for (const column of free) {
      if (mostly(column.index, (cell) => parsePhone(cell, defaultCountry).ok)) column.target = 'phone';
    }
  }
  const email = free.find(({ index }) => mostly(index, isEmail));
  if (email && !taken.has('email')) email.target = 'email';
  return columns;
}

/** @throws FileRefusal NO_PHONE_COLUMN */
export function requirePhoneColumn(columns: ImportColumn[]): void {
  if (columns.some(({ target }) => target === 'phone')) return;
  const names = columns.slice(0, 20).map(({ name }) => name);
  throw new FileRefusal(
    'NO_PHONE_COLUMN',
    `No column is a phone number. The columns are: ${names.join(', ')}.`,
  );
}

function byName(name: string, index: number): ImportTarget | null {
  if (ownColumn.test(name.toLowerCase())) return null;
  // As our own exports name them.
  if (/^custom\.[\w-]{1,60}$/.test(name)) return name as ImportTarget;
  const folded = fold(name);
  // "Phone 2" and "mobile3" are phones too; "address 2" is no second address.
  const known = targetOf.get(folded);
  if (known) return known;
  return targetOf.get(folded.replace(/\d$/, '')) === 'phone' ? 'phone' : customTarget(name, index);
}

function fold(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function customTarget(name: string, index: number): ImportTarget {
  return `${customPrefix}${customName(name, index)}`;
}

/** The name that templates use: `{{custom.county}}`. */
export function customName(name: string, index: number): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return slug === '' ? `column_${index + 1}` : slug.slice(0, maxNameLength);
}

function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}
