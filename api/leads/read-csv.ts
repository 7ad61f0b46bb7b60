import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Problem } from '../problem.ts';

/** One record: the line it begins at (the header's is 1) and its cells, trimmed. */
export type CsvRow = { line: number; cells: string[] };

export const delimiters = [',', ';', '\t', '|'] as const;

const maxRecordLength = 200_000;
const chunkLength = 256 * 1024;

/**
 * The records of a CSV text whose line ends are "\n", header first, in RFC 4180's quoting; records without any content
 * are passed over.
 * @throws Problem 422 EMPTY_FILE, or BROKEN_CSV with the line
 */
export async function* readCsv(text: string): AsyncGenerator<CsvRow> {
  if (text.trim() === '') throw new Problem(422, 'EMPTY_FILE', 'The file is empty.', { field: 'file' });
  refuseBinary(text);
  let lastLine = 0;
  const parser = parse({
    delimiter: detectDelimiter(text),
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRecordLength,
    info: true,
    raw: true,
    on_record: (record: string[], { lines }) => {
      lastLine = lines;
      return record;
    },
  });
  const source = Readable.from(chunksOf(text));
  // An error of the source ends the parser too; the parser's own are thrown by the loop.
  source.pipe(parser);
  try {
    for await (const { record, raw, info } of parser as unknown as AsyncIterable<RawRecord>) {
      const cells = record.map((cell) => cell.trim());
      if (cells.every((cell) => cell === '')) continue;
      yield { line: info.lines - lineBreaksWithin(raw), cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenCsv(error, lastLine) : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

type RawRecord = { record: string[]; raw: string; info: { lines: number } };

/** The candidate that stands most often in the first line, outside quotes; a file of one column has none. */
export function detectDelimiter(text: string): (typeof delimiters)[number] {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text.trimStart()) {
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === '\n') break;
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return delimiters.reduce((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best));
}

function* chunksOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += chunkLength) yield text.slice(start, start + chunkLength);
}

/** A record's own line breaks stand in its quotes; those before and after it are not its own. */
function lineBreaksWithin(raw: string): number {
  return raw.replace(/^\n+|\n+$/g, '').split('\n').length - 1;
}

/** A spreadsheet saved as such, or any other binary file, holds what no text does. */
function refuseBinary(text: string): void {
  const at = text.startsWith('PK\u0003\u0004') ? 0 : text.indexOf('\u0000');
  if (at < 0) return;
  const line = text.slice(0, at).split('\n').length;
  throw broken(line, 'This is not a text file. Save the sheet as CSV.');
}

const wordings: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'A quotation mark is opened and never closed, in the record that begins here.',
  CSV_INVALID_CLOSING_QUOTE:
    'After a closing quotation mark the cell must end; write "" for a quotation mark inside.',
  INVALID_OPENING_QUOTE:
    'A quotation mark stands inside a cell that is not quoted; quote the cell and write "".',
  CSV_MAX_RECORD_SIZE:
    'A record is longer than any can be: a quotation mark before it was probably never closed.',
};

function brokenCsv(error: CsvError, lastLine: number): Problem {
  // What was never closed is noticed at the end of the file; it began after the last good record.
  const began = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE';
  const line = began ? lastLine + 1 : Number(error.lines ?? lastLine + 1);
  return broken(line, wordings[error.code as string] ?? 'The record cannot be read.');
}

function broken(line: number, message: string): Problem {
  const detail = `Line ${line}: ${message}`;
  return new Problem(422, 'BROKEN_CSV', detail, {
    field: 'file',
    errors: [{ field: 'file', code: 'BROKEN_CSV', message: detail }],
    extensions: { line },
  });
}
