import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { inOneStatement, iso } from './reading.ts';
import { rowsOf } from './rows.ts';

/** A line that was not taken: where it stands in the file (the header is line 1) and why. */
export type RejectedLine = { line: number; column: string | null; code: string; message: string };

export type ImportCounts = { rows: number; created: number; updated: number; rejected: RejectedLine[] };

export type ImportRow = ImportCounts & { id: string; fileName: string; createdAt: string };

/** Opens the record of a file; `finishImport` in the same transaction says what became of it. */
export async function beginImport(
  tx: TenantTransaction,
  organizationId: string,
  fileName: string,
): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(
    tx,
    sql`
      insert into imports (organization_id, file_name) values (${organizationId}, ${fileName}) returning id`,
  );
  return row!.id;
}

/** Which lead came of which line. */
export async function recordImportMembers(
  tx: TenantTransaction,
  organizationId: string,
  importId: string,
  members: { line: number; leadId: string }[],
): Promise<void> {
  if (members.length === 0) return;
  await tx.execute(sql`
    insert into import_members (organization_id, import_id, line, lead_id)
    select ${organizationId}::uuid, ${importId}::uuid, i.line, i."leadId"
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as i(line int, "leadId" uuid)`);
}

/** Puts the outcome on record and tells it: change feed and audit log. */
export async function finishImport(
  tx: TenantTransaction,
  importId: string,
  counts: ImportCounts,
  actor: { userId: string | null; requestId: string },
): Promise<ImportRow> {
  const summary = JSON.stringify({
    rows: counts.rows,
    created: counts.created,
    updated: counts.updated,
    rejected: counts.rejected.length,
  });
  const [row] = await rowsOf<ImportRow>(
    tx,
    sql`
      with done as (
        update imports set rows = ${counts.rows}, created = ${counts.created}, updated = ${counts.updated},
          rejected = ${counts.rejected.length}, status = 'done', finished_at = app_now()
        where id = ${importId} returning *),
      rejections as (
        insert into import_rejections (organization_id, import_id, line, column_name, code, message, cells)
        select done.organization_id, done.id, r.line, r."column", r.code, r.message, '{}'
        from done, jsonb_to_recordset(${JSON.stringify(counts.rejected)}::jsonb)
          as r(line int, "column" text, code text, message text)),
      told as (
        insert into events (organization_id, type, data)
        select organization_id, 'import.completed', ${summary}::jsonb || jsonb_build_object('importId', id) from done),
      logged as (
        insert into audit_log (organization_id, user_id, action, subject_type, subject_id, request_id, data)
        select organization_id, ${actor.userId}::uuid, 'import.create', 'import', id, ${actor.requestId}, ${summary}::jsonb
        from done)
      select ${importColumns} from done as i`,
  );
  return { ...row!, rejected: counts.rejected };
}

const importColumns = sql`i.id, i.file_name as "fileName", i.rows, i.created, i.updated,
  (select coalesce(jsonb_agg(jsonb_build_object('line', r.line, 'column', r.column_name, 'code', r.code, 'message', r.message)
    order by r.line), '[]') from import_rejections r where r.import_id = i.id) as rejected,
  ${iso(sql`i.created_at`)} as "createdAt"`;

export async function readImport(
  database: Database,
  scope: TenantScope,
  id: string,
): Promise<ImportRow | null> {
  const rows = await inOneStatement<ImportRow>(
    database,
    scope,
    sql`select ${importColumns} from imports i where i.id = ${id}`,
  );
  return rows[0] ?? null;
}
