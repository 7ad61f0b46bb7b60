import { expect, test } from 'vitest';
import { customName } from '#files/columns.ts';
import { delimiters } from '#files/csv.ts';
import { encodings } from '#files/encoding.ts';
import { leadColumns } from '#files/options.ts';
import { fileRefusalCodes } from '#files/refusal.ts';
import {
  customTargetOf,
  delimiterLabels,
  encodingLabels,
  formatBytes,
  remedyOf,
  targetLabels,
} from './words.ts';

test('everything that the importer knows has its words here, and nothing else', () => {
  expect(Object.keys(targetLabels).toSorted()).toEqual([...leadColumns].toSorted());
  expect(Object.keys(encodingLabels).toSorted()).toEqual([...encodings].toSorted());
  expect(Object.keys(delimiterLabels).toSorted()).toEqual([...delimiters].toSorted());
});

test.each([...fileRefusalCodes])('there is something to do about %s', (code) => {
  expect(remedyOf(code)).toMatch(/\w/);
});

test.each(['County', 'Straße 2', 'Été / été', '  ', '電話', 'x'.repeat(80), '_a_'])(
  'a column “%s” becomes the custom field that the importer makes of it',
  (name) => expect(customTargetOf(name, 3)).toBe(`custom.${customName(name, 3)}`),
);

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [4_400, '4.4 kB'],
  [120_000_000, '120 MB'],
  [2_500_000_000, '2.5 GB'],
])('%i is told as %s', (bytes, told) => expect(formatBytes(bytes)).toBe(told));
