import { describe, expect, test } from 'vitest';
import { guessColumns, looksLikeHeader, requirePhoneColumn } from './columns.ts';

const targets = (names: string[], samples: string[][] = []) =>
  guessColumns(names, true, samples, 'US').map(({ target }) => target);

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
  ['custom.plan', 'custom.plan'],
  ['leadway_line', null],
  ['Leadway_Anything', null],
  ['County', 'custom.county'],
  ['Größe (cm)', 'custom.gro_e_cm'],
  ['', 'custom.column_2'],
  ['address 2', 'custom.address_2'],
])('"%s" is %s', (name, target) => {
  expect(targets(['phone', name])).toEqual(['phone', target]);
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
  expect(targets([name])).toEqual(['phone']);
});

test('of several columns of a field the first one counts, of phones all', () => {
  expect(targets(['phone1', 'email', 'mail', 'Mobile'])).toEqual(['phone', 'email', 'custom.mail', 'phone']);
});

test('what no name tells is told by what stands there', () => {
  const samples = [
    ['504-621-8927', 'Ada', 'ada@example.com', '17'],
    ['810-292-9388', 'Bo', 'bo@example.com', '18'],
    ['', 'Cy', '', '19'],
  ];
  expect(targets(['Nummer', 'Who', 'Reach', 'Age'], samples)).toEqual([
    'phone',
    'custom.who',
    'email',
    'custom.age',
  ]);
  expect(guessColumns(samples[0]!, false, samples, 'US')).toMatchObject([
    { name: 'Column 1', target: 'phone' },
    { name: 'Column 2', target: 'custom.column_2' },
    { name: 'Column 3', target: 'email' },
    { name: 'Column 4', target: 'custom.column_4' },
  ]);
});

describe('a header', () => {
  test.each([
    [['Name', 'Phone'], true],
    [['Ada', '504-621-8927'], false],
    [['Ada', 'ada@example.com'], false],
    [['2024', '2025'], true],
  ])('%j: %s', (cells, header) => {
    expect(looksLikeHeader(cells, 'US')).toBe(header);
  });
});

test('a file without any phone is refused, naming its columns', () => {
  expect(() => requirePhoneColumn(guessColumns(['name', 'email'], true, [], 'US'))).toThrow(
    'No column is a phone number. The columns are: name, email.',
  );
});
