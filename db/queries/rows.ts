import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { PoolClient } from 'pg';
import type { TenantTransaction } from '../tenant.ts';

/** Runs a statement and returns its rows, typed by the caller who wrote it. */
export async function rowsOf<Row extends object>(tx: TenantTransaction, statement: SQL): Promise<Row[]> {
  const result = await tx.execute(statement);
  return result.rows as Row[];
}

const dialect = new PgDialect();

/**
 * As `rowsOf`, for the statements of every touch: under its name the server keeps their plan, and planning one of the
 * gate's statements costs more than running it. The same name must always have the same text.
 */
export async function preparedRowsOf<Row extends object>(
  tx: TenantTransaction,
  name: string,
  statement: SQL,
): Promise<Row[]> {
  const { sql: text, params: values } = dialect.sqlToQuery(statement);
  const result = await (tx as TenantTransaction & { $client: PoolClient }).$client.query({ name, text, values });
  return result.rows as Row[];
}
