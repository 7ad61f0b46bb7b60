import { expect, test } from 'vitest';
import { mapColumns } from './columns.ts';

test.each([
  ['first_name', 'firstName'],
  ['First Name', 'firstName'],
  ['FIRSTNAME', 'firstName'],
  ['Last-Name', 'lastName'],
  ['Full Name', 'fullName'],
  ['E-Mail', 'email'],
  ['Email Address', 'email'],
  ['ZIP Code', 'postalCode'],
  ['postal_code', 'postalCode'],
  ['Postcode', 'postalCode'],
  ['State/Province', 'state'],
  ['company_name', 'company'],
  ['External ID', 'externalId'],
  ['id', 'externalId'],
  ['Street Address', 'address'],
] as const)('"%s" is %s', (name, field) => {
  expect(mapColumns(['phone', name]).fields.get(field)).toBe(1);
});

test.each([
  'phone',
  'Phone 1',
  'phone2',
  'Mobile',
  'Cell Phone',
  'Telephone',
  'Teléfono',
  'Tel.',
  'Phone Number',
])('"%s" is a phone', (name) => {
  expect(mapColumns([name]).phones).toEqual([0]);
});

test('several phones are tried in order, and the later ones are also kept as they are', () => {
  expect(mapColumns(['phone1', 'Mobile', 'phone 2'])).toMatchObject({
    phones: [0, 1, 2],
    custom: [
      { index: 1, name: 'mobile' },
      { index: 2, name: 'phone_2' },
    ],
  });
});

test('everything else is a custom field, by a name that templates can use', () => {
  expect(mapColumns(['phone', 'County', 'Größe (cm)', '', 'Address 2', 'email', 'mail']).custom).toEqual([
    { index: 1, name: 'county' },
    { index: 2, name: 'gro_e_cm' },
    { index: 3, name: 'column_4' },
    { index: 4, name: 'address_2' },
    { index: 6, name: 'mail' },
  ]);
});

test('a file without any phone is refused, naming its columns', () => {
  expect(() => mapColumns(['name', 'email'])).toThrow(
    'No column is a phone number. The columns are: name, email.',
  );
});
