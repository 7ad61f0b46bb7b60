import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Database } from '../database.ts';
import { inOneTrip } from '../tenant.ts';
import type { TenantScope } from '../tenant.ts';

const dialect = new PgDialect();
const names = new Map<string, string>();

/** One statement as one tenant transaction in one round trip. Arrays go in through `list`. */
export async function inOneStatement<Row extends object>(
  database: Database,
  scope: TenantScope,
  statement: SQL,
): Promise<Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  const rows = await inOneTrip(database, scope, { name: nameOf(text), text, values: params });
  return rows as Row[];
}

/** The server keeps a plan by name, so the same text must always have the same one. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `q_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
    names.set(text, name);
  }
  return name;
}

/** A list as one array parameter; a bare array in `sql` would become a row of parameters. */
export function list(values: readonly string[]): SQL {
  return sql`${sql.param(values)}`;
}

/** An instant as the API writes it: ISO 8601 in UTC, with milliseconds. */
export function iso(column: SQL): SQL {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Where a page ended: the instant to the microsecond, as Postgres writes it, and the row's id. */
export type Position = { at: string; id: string };

export type PageRequest = { limit: number; after: Position | null };

export type Page<Row> = { rows: Row[]; next: Position | null };

/** What a statement of a list selects besides the row, so that the next page can begin after it. */
export function position(at: SQL, id: SQL): SQL {
  return sql`jsonb_build_object('at', (${at})::text, 'id', ${id}) as "position"`;
}

/** Newest first: the rows after a position. */
export function beforeInTime(at: SQL, id: SQL, after: Position | null): SQL {
  return after === null ? sql`true` : sql`(${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)`;
}

/** Cuts the one row too many that says whether there is a next page. The statement must ask for `limit + 1`. */
export function pageOf<Row extends object>(rows: (Row & { position: Position })[], limit: number): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => {
      const { position: _position, ...rest } = row;
      return rest as unknown as Row;
    }),
    next: last?.position ?? null,
  };
}

/** A text that a person searches for, as a pattern of LIKE that means it literally. */
export function containing(search: string): string {
  return `%${search.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
