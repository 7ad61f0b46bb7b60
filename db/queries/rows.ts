import { createHash } from 'node:crypto';
import { fillPlaceholders } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { PoolClient } from 'pg';
import type { OneStatement, TenantTransaction } from '../tenant.ts';

/** Runs a statement and returns its rows, typed by the caller who wrote it. */
export async function rowsOf<Row extends object>(tx: TenantTransaction, statement: SQL): Promise<Row[]> {
  const result = await tx.execute(statement);
  return result.rows as Row[];
}

/**
 * As `rowsOf`, for the statements of every touch: the server keeps their plan, and planning one of the gate's statements
 * costs more than running it.
 */
export async function preparedRowsOf<Row extends object>(
  tx: TenantTransaction,
  statement: SQL | OneStatement,
): Promise<Row[]> {
  const { $client } = tx as TenantTransaction & { $client: PoolClient };
  const result = await $client.query('text' in statement ? statement : prepared(statement));
  return result.rows as Row[];
}

const dialect = new PgDialect();
const names = new Map<string, string>();

/** The statement under the name by which the server keeps its plan: made of the text, so that one name has one text. */
export function prepared(statement: SQL): OneStatement {
  const { sql: text, params: values } = dialect.sqlToQuery(statement);
  let name = names.get(text);
  if (name === undefined) {
    name = `q_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
    names.set(text, name);
  }
  return { name, text, values };
}

/**
 * A statement made once and asked often: `sql.placeholder`s stand for what differs. Putting the text of a large one
 * together takes longer than sending it.
 */
export function madeOnce<Values extends Record<string, unknown>>(
  statement: SQL,
): (values: Values) => OneStatement {
  const { name, text, values: places } = prepared(statement);
  return (values) => ({ name, text, values: fillPlaceholders(places, values) });
}
