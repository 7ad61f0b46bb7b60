import { createCsvParser, detectDelimiter } from './csv.ts';
import type { Row } from './csv.ts';
import { guessColumns, looksLikeHeader, requirePhoneColumn } from './columns.ts';
import { createDecoder, createEncodingDetector } from './encoding.ts';
import type { ImportOptions } from './options.ts';
import { FileRefusal } from './refusal.ts';
import { formatOf, readWorkbook, refuseOldWorkbook } from './xlsx.ts';

/** So much of a text file is looked at; a smaller file is read to its end, with all its faults. */
const lookedAtBytes = 1024 * 1024;
const sampleRows = 100;

/** The first rows of a file as it is read, and the sheets of a workbook. */
export type Look = { options: ImportOptions; rows: Row[]; sheets: string[] };

type Given = Partial<Pick<ImportOptions, 'encoding' | 'delimiter' | 'header' | 'sheet' | 'guessed'>> &
  Pick<ImportOptions, 'defaultCountry' | 'source'>;

/**
 * Looks at a file for the first time and guesses what is not given: its format, encoding, delimiter, whether it has a
 * header, and what its columns are.
 * @throws FileRefusal
 */
export async function lookAtFile(source: () => AsyncIterable<Uint8Array>, given: Given): Promise<Look> {
  const { start, encoding } = await skim(source());
  const format = formatOf(start);
  if (format === 'ole') throw refuseOldWorkbook(start);
  const known = {
    format,
    encoding: given.encoding ?? encoding,
    delimiter: given.delimiter ?? ',',
    sheet: given.sheet ?? null,
    defaultCountry: given.defaultCountry,
    source: given.source,
  };
  const { rows, sheets, delimiter } = await firstRows(source, start, {
    ...known,
    delimiter: given.delimiter,
  });
  const first = rows[0];
  if (!first) throw new FileRefusal('EMPTY_FILE', 'The file is empty.');
  const looksNamed = looksLikeHeader(first.cells, given.defaultCountry);
  const header = given.header ?? looksNamed;
  const samples = rows.slice(header ? 1 : 0, sampleRows).map(({ cells }) => cells);
  const columns = guessColumns(first.cells, header, samples, given.defaultCountry);
  requirePhoneColumn(columns);
  if (samples.length === 0) throw new FileRefusal('EMPTY_FILE', 'The file has a header and no rows.');
  const guessed = given.guessed ?? { encoding, delimiter, header: looksNamed };
  return { options: { ...known, delimiter, header, columns, guessed }, rows, sheets };
}

/** The first rows of a file whose options are known, for a preview. */
export async function firstRows(
  source: () => AsyncIterable<Uint8Array>,
  start: Uint8Array | null,
  options: Pick<ImportOptions, 'format' | 'encoding' | 'sheet'> & {
    delimiter?: ImportOptions['delimiter'] | undefined;
  },
): Promise<{ rows: Row[]; sheets: string[]; delimiter: ImportOptions['delimiter'] }> {
  if (options.format === 'xlsx') {
    const { rows, sheets } = await readWorkbook(source(), options.sheet);
    return { rows, sheets, delimiter: ',' };
  }
  const begin = start ?? (await beginningOf(source()));
  const isWhole = begin.length <= lookedAtBytes;
  const decoder = createDecoder(options.encoding);
  const text = decoder.push(begin.subarray(0, lookedAtBytes)) + (isWhole ? decoder.end() : '');
  const delimiter = options.delimiter ?? detectDelimiter(text);
  const parser = createCsvParser(delimiter);
  const rows = parser.push(text);
  return { rows: isWhole ? [...rows, ...parser.end()] : rows, sheets: [], delimiter };
}

/** A little more than the part that is looked at. */
async function beginningOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let kept = 0;
  for await (const piece of source) {
    pieces.push(piece);
    kept += piece.length;
    if (kept > lookedAtBytes) break;
  }
  return Buffer.concat(pieces);
}

/** The same, and the encoding of the whole file. */
async function skim(source: AsyncIterable<Uint8Array>) {
  const detector = createEncodingDetector();
  const pieces: Uint8Array[] = [];
  let kept = 0;
  for await (const piece of source) {
    detector.push(piece);
    if (kept <= lookedAtBytes) pieces.push(piece);
    kept += piece.length;
  }
  return { start: Buffer.concat(pieces), encoding: detector.end() };
}
