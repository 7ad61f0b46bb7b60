import type { SQL } from 'drizzle-orm';
import type { TenantTransaction } from '../tenant.ts';

/** Runs a statement and returns its rows, typed by the caller who wrote it. */
export async function rowsOf<Row extends object>(tx: TenantTransaction, statement: SQL): Promise<Row[]> {
  const result = await tx.execute(statement);
  return result.rows as Row[];
}
