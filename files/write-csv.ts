import type { Delimiter } from './csv.ts';

/** One record with its line end, in RFC 4180's quoting; what a reader would trim or take for something else is quoted. */
export function csvLine(cells: readonly string[], delimiter: Delimiter = ',', lineEnd = '\r\n'): string {
  return cells.map((cell) => (needsQuotes(cell, delimiter) ? quoted(cell) : cell)).join(delimiter) + lineEnd;
}

function needsQuotes(cell: string, delimiter: Delimiter): boolean {
  return cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell);
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
