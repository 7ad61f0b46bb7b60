import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { inOneTrip } from '../tenant.ts';
import type { Planning, TenantScope } from '../tenant.ts';
import { prepared } from './rows.ts';

/** One statement as one tenant transaction in one round trip. Arrays go in through `list`. */
export async function inOneStatement<Row extends object>(
  database: Database,
  scope: TenantScope,
  statement: SQL,
  planning?: Planning,
): Promise<Row[]> {
  const rows = await inOneTrip(database, scope, prepared(statement), planning);
  return rows as Row[];
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
