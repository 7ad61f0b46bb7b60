import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const special = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One line of COPY's text format; null is no value. Source: PostgreSQL, COPY, "File Formats". */
export function copyLine(values: readonly (string | null)[]): string {
  let line = '';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) line += '\t';
    line += copyValue(values[index]!);
  }
  return `${line}\n`;
}

function copyValue(value: string | null): string {
  if (value === null) return '\\N';
  return special.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => escapes[character]!) : value;
}

/** A list as Postgres writes an array of texts. */
export function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;
}

/** Sends lines of COPY's text format into a table; `target` is the table with its columns. */
export async function copyInto(client: Client, target: string, lines: string[]): Promise<void> {
  await pipeline(
    Readable.from(lines, { objectMode: false }),
    client.query(copyFrom(`COPY ${target} FROM STDIN`)),
  );
}
