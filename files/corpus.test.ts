import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lookAtFile } from './look.ts';
import { createLeadReader } from './read-lead.ts';
import { readRows } from './read-rows.ts';

const corpus = new URL('./testing/corpus/', import.meta.url);

/** Everything that the import does with a file before the database: a line a row, `!` before what is not taken. */
async function read(name: string): Promise<{ how: string; rows: string[] } | { refused: string }> {
  const source = () => createReadStream(fileURLToPath(new URL(name, corpus)), { highWaterMark: 7 });
  try {
    const { options } = await lookAtFile(source, { defaultCountry: 'US', source: null });
    const readLead = createLeadReader(options);
    const rows: string[] = [];
    for await (const portion of readRows(source(), options)) {
      for (const row of portion.rows) {
        const given = readLead(row);
        if (!given.ok)
          rows.push(`!${given.rejection.line} ${given.rejection.column} ${given.rejection.code}`);
        else {
          const { firstName = '', lastName = '', phone, customFields } = given.lead;
          const custom = Object.entries(customFields).map(([field, value]) => `${field}=${value}`);
          rows.push([row.line, firstName, lastName, phone, ...custom].join(' '));
        }
      }
    }
    const { format, encoding, delimiter, header } = options;
    const how = `${format === 'csv' ? `${encoding} ${delimiter}` : format}${header ? '' : ' no header'}`;
    return { how, rows: header ? rows.slice(1) : rows };
  } catch (error) {
    const { code, line } = error as { code: string; line: number | null };
    return { refused: line === null ? code : `${code} ${line}` };
  }
}

const expected: Record<string, Awaited<ReturnType<typeof read>>> = {
  'utf-8-mark-crlf.csv': { how: 'utf-8 ,', rows: ['2 José Núñez +15046218927'] },
  'windows-1252-semicolon.csv': {
    how: 'windows-1252 ;',
    rows: ['2 Jürgen Groß +15046218927 stra_e=„Allee“ 5 €'],
  },
  'utf-16le-mark-tab.txt': { how: 'utf-16le \t', rows: ['2 José  +15046218927'] },
  'utf-16be-no-mark.csv': { how: 'utf-16be ,', rows: ['2 José Núñez +15046218927'] },
  'bare-cr-pipe.csv': {
    how: 'utf-8 |',
    rows: ['2 Ada  +15046218927 note=two\rlines', '4 Bo  +18102929388'],
  },
  'mixed-line-ends.csv': {
    how: 'utf-8 ,',
    rows: ['4 Ada  +15046218927', '6 Bo  +18102929388', '7 Cy  +18566368749'],
  },
  'no-header.csv': {
    how: 'utf-8 , no header',
    rows: ['1   +15046218927 column_1=Ada column_2=Lovelace', '2   +18102929388 column_1=Bo column_2=Byron'],
  },
  'quotes-inside.csv': {
    how: 'utf-8 ,',
    rows: ['2 Ada "the" L +15046218927 note=Height 5\'10"', '3 Bo  +18102929388 note=a, b'],
  },
  'excel-formulas.csv': {
    how: 'utf-8 ,',
    rows: ['2 =Ada  +15046218927 note=+1+1', '3 Bo  +18102929388 note=-5'],
  },
  'phones-of-spreadsheets.csv': {
    how: 'utf-8 ,',
    rows: ['2 Ada  +15046218927', '3 Bo  +18102929388 home_phone=810-292-9388', '4 Cy  +18566368749'],
  },
  'rows-of-odd-length.csv': {
    how: 'utf-8 ,',
    rows: ['!2 null ROW_TOO_SHORT', '3 Bo  +18102929388', '!4 null ROW_TOO_LONG'],
  },
  'workbook.xlsx': {
    how: 'xlsx',
    rows: ['3 Ada  +15046218927 since=2026-11-21 member=true', '4 Bo  +18102929388 member=false'],
  },
  'quote-never-closed.csv': { refused: 'BROKEN_CSV 3' },
  'zero-bytes.csv': { refused: 'BROKEN_CSV 3' },
  'picture-as-csv.csv': { refused: 'BROKEN_CSV 3' },
  'only-blank-lines.csv': { refused: 'EMPTY_FILE' },
  'header-alone.csv': { refused: 'EMPTY_FILE' },
  'no-phone.csv': { refused: 'NO_PHONE_COLUMN' },
  'old-workbook.xls': { refused: 'OLD_EXCEL_FILE' },
  'password.xlsx': { refused: 'ENCRYPTED_FILE' },
};

test.each(Object.keys(expected))('%s', async (name) => {
  expect(await read(name)).toEqual(expected[name]);
});

test('no file of the corpus is left out', async () => {
  expect((await readdir(corpus)).sort()).toEqual(Object.keys(expected).sort());
});
