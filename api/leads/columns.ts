import type { LeadFields } from '#db/queries/lead-merge.ts';
import { Problem } from '../problem.ts';

type TextField = Exclude<keyof LeadFields, 'phone' | 'rawPhone' | 'timeZones' | 'customFields' | 'tags'>;
type Target = TextField | 'phone' | 'fullName' | 'tags';

/** Headers as exports of spreadsheets and CRMs write them; case, blanks and punctuation do not count. */
const synonyms: Record<Target, string[]> = {
  externalId: ['externalid', 'id', 'leadid', 'contactid', 'recordid', 'customerid', 'crmid', 'uid'],
  firstName: ['firstname', 'first', 'givenname', 'forename', 'fname', 'nombre'],
  lastName: ['lastname', 'last', 'surname', 'familyname', 'lname', 'apellido'],
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
  Object.entries(synonyms).flatMap(([target, names]) =>
    names.map((name) => [name, target as Target] as const),
  ),
);

/** What each column of a file is. Several may be phones (they are tried in order); of other fields the first one counts. */
export type Columns = {
  names: string[];
  phones: number[];
  fields: ReadonlyMap<Exclude<Target, 'phone'>, number>;
  /** All other columns, by the name that templates use: `{{custom.county}}`. */
  custom: { index: number; name: string }[];
};

const maxNameLength = 60;

/** @throws Problem 422 NO_PHONE_COLUMN */
export function mapColumns(header: string[]): Columns {
  const phones: number[] = [];
  const fields = new Map<Exclude<Target, 'phone'>, number>();
  const custom: Columns['custom'] = [];
  header.forEach((name, index) => {
    const folded = fold(name);
    // "Phone 2" and "mobile3" are phones too; "address 2" is no second address.
    const target =
      targetOf.get(folded) ?? (targetOf.get(folded.replace(/\d$/, '')) === 'phone' ? 'phone' : undefined);
    if (target === 'phone') phones.push(index);
    if (target !== undefined && target !== 'phone' && !fields.has(target)) fields.set(target, index);
    else if (target !== 'phone' || phones.length > 1) custom.push({ index, name: customName(name, index) });
  });
  if (phones.length === 0) {
    const message = `No column is a phone number. The columns are: ${header.slice(0, 20).join(', ')}.`;
    throw new Problem(422, 'NO_PHONE_COLUMN', message, { field: 'file' });
  }
  return { names: header, phones, fields, custom };
}

function fold(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function customName(name: string, index: number): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return slug === '' ? `column_${index + 1}` : slug.slice(0, maxNameLength);
}
