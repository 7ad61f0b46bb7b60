import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import type { RejectedRow } from './import-staging.ts';
import { inOneStatement } from './reading.ts';

/** Rows of a file that were not taken, after a line, in the file's order. */
export async function listRejections(
  database: Database,
  scope: TenantScope,
  importId: string,
  { afterLine, limit }: { afterLine: number; limit: number },
): Promise<RejectedRow[]> {
  return inOneStatement<RejectedRow>(
    database,
    scope,
    sql`
      select line, column_name as "column", code, message, cells from import_rejections
      where import_id = ${importId}::uuid and line > ${afterLine}::int order by line limit ${limit}::int`,
  );
}
