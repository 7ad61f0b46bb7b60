import { parsePhone } from '../phone.ts';

export type DncLine =
  { ok: true; e164: string } | { ok: false; code: 'INVALID_PHONE' | 'LINE_TOO_LONG'; message: string };

const maxLineLength = 1_000;
const northAmerican = /^(?:\+?1)?([2-9]\d{2}[2-9]\d{6})$/;

/**
 * The number in one line of a do-not-call list: alone, in a column among others, or as area code and number apart, which
 * is how the national registry is delivered. Any number of North America's form is taken, also one that nobody has.
 */
export function readDncLine(line: string, column: number): DncLine {
  if (line.length > maxLineLength)
    return {
      ok: false,
      code: 'LINE_TOO_LONG',
      message: `The line is longer than ${maxLineLength} characters.`,
    };
  const cells = cellsOf(line);
  const [cell = '', next = ''] = cells.slice(column);
  const text = /^\d{3}$/.test(cell) && /^\d{7}$/.test(next) ? cell + next : cell;
  const found = northAmerican.exec(text.replace(/[\s().-]/g, ''));
  if (found) return { ok: true, e164: `+1${found[1]}` };
  const parsed = parsePhone(text, 'US');
  return parsed.ok
    ? { ok: true, e164: parsed.e164 }
    : { ok: false, code: parsed.code, message: parsed.message };
}

/** In which column the numbers stand, when the line is a header; null = it is none. */
export function dncHeader(line: string): number | null {
  if (/\d{3}/.test(line)) return null;
  return Math.max(
    0,
    cellsOf(line).findIndex((name) => /phone|number|mobile|cell|tel/i.test(name)),
  );
}

function cellsOf(line: string): string[] {
  return line.split(/[,;\t|]/).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}
