import { FileRefusal } from './refusal.ts';

/** One record: the line at which it begins, as an editor counts (the first is 1), and its cells as they stand. */
export type Row = { line: number; cells: string[] };

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export const maxColumns = 1_000;
const maxCellLength = 1_000_000;
const maxRecordLength = 4_000_000;

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

/**
 * The candidate that stands most often in the first line, outside quotes; one with a blank behind it is rather a part of the
 * text, and counts only where there is nothing else. A file of one column has none.
 */
export function detectDelimiter(text: string): Delimiter {
  const line = firstLine(text.trimStart());
  const most = (counts: (delimiter: Delimiter) => number) =>
    delimiters.reduce((best, one) => (counts(one) > counts(best) ? one : best));
  const tight = (delimiter: Delimiter) =>
    line
      .split(delimiter)
      .slice(1)
      .filter((rest) => !rest.startsWith(' ')).length;
  const best = most(tight);
  return tight(best) > 0 ? best : most((delimiter) => line.split(delimiter).length - 1);
}

/** Up to its end, which no line break in quotes is, and without what stands in quotes. */
function firstLine(text: string): string {
  let line = '';
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) break;
    else if (!quoted) line += character;
  }
  return line;
}

/**
 * Cuts text that comes piece by piece into records, in RFC 4180's quoting, whatever ends the lines (LF, CRLF, a bare CR).
 * Records without any content are passed over. A quotation mark inside a cell that does not begin with one is a character
 * like others, as spreadsheets read it. What is kept between pieces is at most one record.
 * @throws FileRefusal BROKEN_CSV, TOO_MANY_COLUMNS or CELL_TOO_LONG, with the line
 */
export function createCsvParser(delimiter: Delimiter): { push(text: string): Row[]; end(): Row[] } {
  const separator = delimiter.charCodeAt(0);
  let rest = '';
  let line = 1;

  function parse(text: string, isLast: boolean): Row[] {
    const rows: Row[] = [];
    const { length } = text;
    let at = 0;
    let recordAt = 0;
    let recordLine = line;
    let linesWithin = 0;
    let cells: string[] = [];
    let hasContent = false;

    const take = (cell: string) => {
      if (cell.length > maxCellLength) throw cellTooLong(recordLine, false);
      if (cells.length === maxColumns) throw tooManyColumns(recordLine);
      cells.push(cell);
      hasContent ||= cell !== '' && cell.trim() !== '';
    };

    records: while (at < length || (isLast && cells.length > 0)) {
      // At the start of a cell.
      let start = at;
      while (start < length && isBlank(text.charCodeAt(start), separator)) start += 1;
      let code: number;
      if (start < length && text.charCodeAt(start) === quote) {
        let escapes = 0;
        let close = start;
        for (;;) {
          close = text.indexOf('"', close + 1);
          if (close < 0) {
            if (isLast) throw unclosed(recordLine);
            if (length - start > maxCellLength) throw cellTooLong(recordLine, true);
            break records;
          }
          if (text.charCodeAt(close + 1) !== quote) break;
          escapes += 1;
          close += 1;
        }
        // The next character decides whether this quotation mark ends the cell.
        if (close + 1 >= length && !isLast) break;
        const body = text.slice(start + 1, close);
        linesWithin += lineBreaks(body);
        take(escapes > 0 ? body.replaceAll('""', '"') : body);
        at = close + 1;
        while (at < length && isBlank(text.charCodeAt(at), separator)) at += 1;
        if (at >= length && !isLast) break;
        code = at < length ? text.charCodeAt(at) : lineFeed;
        if (code !== separator && code !== lineFeed && code !== carriageReturn)
          throw afterQuote(recordLine + linesWithin);
      } else {
        let end = start;
        code = -1;
        while (end < length) {
          code = text.charCodeAt(end);
          if (code === separator || code === lineFeed || code === carriageReturn) break;
          end += 1;
        }
        if (end >= length) {
          if (!isLast) {
            if (length - at > maxCellLength) throw cellTooLong(recordLine, false);
            break;
          }
          code = lineFeed;
        }
        take(text.slice(at, end));
        at = end;
      }
      if (code === separator) {
        at += 1;
        // A last line that ends in a separator has one more cell, an empty one.
        if (at >= length && isLast) take('');
        else continue;
      } else if (at < length) {
        if (code === carriageReturn) {
          // Its line feed may come with the next piece.
          if (at + 1 >= length && !isLast) break;
          if (text.charCodeAt(at + 1) === lineFeed) at += 1;
        }
        at += 1;
      }
      if (hasContent) rows.push({ line: recordLine, cells });
      recordLine += linesWithin + 1;
      line = recordLine;
      recordAt = at;
      linesWithin = 0;
      cells = [];
      hasContent = false;
    }
    rest = text.slice(recordAt);
    if (rest.length > maxRecordLength) throw recordTooLong(recordLine);
    return rows;
  }

  return {
    push(text) {
      const nul = text.indexOf('\u0000');
      // The rows before it may hold another fault, which then is the first.
      if (nul >= 0) {
        const before = text.slice(0, nul);
        parse(rest + before, false);
        throw binary(line + lineBreaks(rest));
      }
      return parse(rest === '' ? text : rest + text, false);
    },
    end: () => parse(rest, true),
  };
}

/** Blanks around quotation marks mean nothing; a tab is one only where it does not separate. */
function isBlank(code: number, separator: number): boolean {
  return code === space || (code === 9 && separator !== 9);
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) count += 1;
  }
  return count;
}

const broken = (line: number, message: string) => new FileRefusal('BROKEN_CSV', message, line);
const unclosed = (line: number) =>
  broken(line, 'A quotation mark is opened and never closed, in the record that begins here.');
const afterQuote = (line: number) =>
  broken(line, 'After a closing quotation mark the cell must end; write "" for a quotation mark inside.');
const binary = (line: number) => broken(line, 'This is not a text file. Save the sheet as CSV.');
const recordTooLong = (line: number) =>
  broken(line, 'A record is longer than any can be: a quotation mark before it was probably never closed.');
const tooManyColumns = (line: number) =>
  new FileRefusal('TOO_MANY_COLUMNS', `There are more than ${maxColumns} columns.`, line);
const cellTooLong = (line: number, quoted: boolean) =>
  new FileRefusal(
    'CELL_TOO_LONG',
    `A cell is longer than ${maxCellLength.toLocaleString('en')} characters${quoted ? ': its quotation mark was probably never closed' : ''}.`,
    line,
  );
