import type { Delimiter } from './csv.ts';
import type { Encoding } from './encoding.ts';

/** The fields of a lead that a column can be; any other column is `custom.<name>`, as templates call it. */
export const leadColumns = [
  'externalId',
  'firstName',
  'lastName',
  'fullName',
  'company',
  'phone',
  'email',
  'address',
  'city',
  'state',
  'postalCode',
  'country',
  'source',
  'tags',
] as const;
export type LeadColumn = (typeof leadColumns)[number];
export type ImportTarget = LeadColumn | `custom.${string}`;

/** A column of the file by its place (the first is 0), its own name there, and what it is; null = left out. */
export type ImportColumn = { index: number; name: string; target: ImportTarget | null };

/** How a file is read. Of a workbook encoding and delimiter mean nothing, of a text file the sheet. */
export type ImportOptions = {
  format: 'csv' | 'xlsx';
  encoding: Encoding;
  delimiter: Delimiter;
  /** Whether the first row names the columns. */
  header: boolean;
  sheet: string | null;
  /** The country of numbers without a country code, two letters. */
  defaultCountry: string;
  /** Where the leads come from, where no column says so. */
  source: string | null;
  columns: ImportColumn[];
  /** What was found out at the first look, whatever was chosen since. */
  guessed: { encoding: Encoding; delimiter: Delimiter; header: boolean };
};
