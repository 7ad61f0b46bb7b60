import { setImmediate as nextTurn } from 'node:timers/promises';
import { createCsvParser } from './csv.ts';
import type { Row } from './csv.ts';
import { createDecoder } from './encoding.ts';
import type { ImportOptions } from './options.ts';
import { readWorkbook } from './xlsx.ts';

/** So much is read at a time: a few milliseconds of work, after which others have their turn. */
const sliceLength = 64 * 1024;

/** Some rows, and how many bytes of the file were read for them and all before. */
export type RowsRead = { rows: Row[]; bytes: number };

/**
 * The rows of a file as its bytes come in, in portions. Of a text file no more than a portion is held in memory; a workbook
 * has to be there whole, and is limited in size for that reason.
 * @throws FileRefusal
 */
export async function* readRows(
  source: AsyncIterable<Uint8Array>,
  options: Pick<ImportOptions, 'format' | 'encoding' | 'delimiter' | 'sheet'>,
): AsyncGenerator<RowsRead> {
  if (options.format === 'xlsx') {
    const { rows, bytes } = await readWorkbook(source, options.sheet);
    for (let start = 0; start < rows.length || start === 0; start += rowsAtOnce) {
      yield { rows: rows.slice(start, start + rowsAtOnce), bytes };
      await nextTurn();
    }
    return;
  }
  const decoder = createDecoder(options.encoding);
  const parser = createCsvParser(options.delimiter);
  let bytes = 0;
  for await (const piece of source) {
    for (let start = 0; start < piece.length; start += sliceLength) {
      const slice = piece.subarray(start, start + sliceLength);
      bytes += slice.length;
      yield { rows: parser.push(decoder.push(slice)), bytes };
      await nextTurn();
    }
  }
  yield { rows: [...parser.push(decoder.end()), ...parser.end()], bytes };
}

const rowsAtOnce = 500;
