import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { ImportStatus } from '../schema/imports.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest } from './reading.ts';
import { rowsOf } from './rows.ts';

export type ImportFailure = { code: string; message: string; line?: number };

export type ImportRow<Options = Record<string, unknown>> = {
  id: string;
  fileName: string;
  status: ImportStatus;
  bytes: number;
  options: Options;
  progress: { rows: number; bytes: number };
  rows: number;
  created: number;
  updated: number;
  rejected: number;
  failure: ImportFailure | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
};

const importColumns = sql`i.id, i.file_name as "fileName", i.status, i.bytes, i.options,
  jsonb_build_object('rows', i.progress_rows, 'bytes', i.progress_bytes) as progress, i.rows, i.created, i.updated,
  i.rejected, i.failure, ${iso(sql`i.created_at`)} as "createdAt", ${iso(sql`i.started_at`)} as "startedAt",
  ${iso(sql`i.finished_at`)} as "finishedAt"`;

/** Writes a file's record, as a draft; its pieces follow in the same transaction. */
export async function createImport(
  tx: TenantTransaction,
  organizationId: string,
  file: { fileName: string; bytes: number; options: object },
  actor: Actor,
): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(
    tx,
    sql`
      insert into imports (organization_id, file_name, bytes, options, created_by)
      values (${organizationId}, ${file.fileName}, ${file.bytes}, ${JSON.stringify(file.options)}::jsonb, ${actor.userId}::uuid)
      returning id`,
  );
  await recordAudit(tx, organizationId, actor, {
    action: 'import.create',
    subjectType: 'import',
    subjectId: row!.id,
    data: { bytes: file.bytes },
  });
  return row!.id;
}

export async function readImport<Options>(
  database: Database,
  scope: TenantScope,
  id: string,
): Promise<ImportRow<Options> | null> {
  const rows = await inOneStatement<ImportRow<Options>>(
    database,
    scope,
    sql`select ${importColumns} from imports i where i.id = ${id}`,
  );
  return rows[0] ?? null;
}

/** Newest first. */
export async function listImports<Options>(
  database: Database,
  scope: TenantScope,
  { limit, after }: PageRequest,
): Promise<Page<ImportRow<Options>>> {
  const [at, id] = [sql`i.created_at`, sql`i.id`];
  const rows = await inOneStatement<ImportRow<Options> & { position: { at: string; id: string } }>(
    database,
    scope,
    sql`
      select ${importColumns}, ${position(at, id)} from imports i
      where ${beforeInTime(at, id, after)} order by i.created_at desc, i.id desc limit ${limit + 1}`,
  );
  return pageOf(rows, limit);
}

/** Says how a draft's file is to be read; null when it is no draft. */
export async function changeImportOptions<Options extends object>(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  options: Options,
  actor: Actor,
): Promise<ImportRow<Options> | null> {
  const [row] = await rowsOf<ImportRow<Options>>(
    tx,
    sql`
      with changed as (
        update imports set options = ${JSON.stringify(options)}::jsonb where id = ${id} and status = 'draft' returning *)
      select ${importColumns} from changed i`,
  );
  if (!row) return null;
  await recordAudit(tx, organizationId, actor, {
    action: 'import.update',
    subjectType: 'import',
    subjectId: id,
  });
  return row;
}

/** Begins a draft's import: from now on it goes through whatever happens. False when it is no draft. */
export async function beginImport(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  actor: Actor,
): Promise<boolean> {
  const begun = await rowsOf(
    tx,
    sql`
      with begun as (
        update imports set status = 'importing', started_at = app_now() where id = ${id} and status = 'draft'
        returning organization_id, id)
      insert into events (organization_id, type, data)
      select organization_id, 'import.updated', ${dataOf(sql`id`, 'importing', sql`0`)} from begun returning id`,
  );
  if (begun.length === 0) return false;
  await recordAudit(tx, organizationId, actor, {
    action: 'import.start',
    subjectType: 'import',
    subjectId: id,
  });
  return true;
}

/** Forgets a draft and its file. False when it is no draft. */
export async function deleteDraft(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  actor: Actor,
): Promise<boolean> {
  const drafts = await rowsOf(
    tx,
    sql`select id from imports where id = ${id} and status = 'draft' for update`,
  );
  if (drafts.length === 0) return false;
  await tx.execute(sql`delete from import_files where import_id = ${id}`);
  await tx.execute(sql`delete from imports where id = ${id}`);
  await recordAudit(tx, organizationId, actor, {
    action: 'import.delete',
    subjectType: 'import',
    subjectId: id,
  });
  return true;
}

/** Imports that were begun so long ago that their workflow should know; to one that is at work a start means nothing. */
export async function importsToStart(
  database: Database,
  organizationId: string,
  olderThanSeconds: number,
): Promise<{ importId: string }[]> {
  return inOneStatement(
    database,
    { organizationId, role: 'system' },
    sql`
      select id as "importId" from imports
      where status = 'importing' and started_at < app_now() - make_interval(secs => ${olderThanSeconds}::int)`,
  );
}

/** How far a running import has read, told to whoever watches. */
export async function recordReading(
  database: Database,
  scope: TenantScope,
  id: string,
  progress: { rows: number; bytes: number },
): Promise<void> {
  await inOneStatement(
    database,
    scope,
    sql`
      with seen as (
        update imports set progress_rows = ${progress.rows}::int, progress_bytes = ${progress.bytes}::bigint
        where id = ${id}::uuid and status = 'importing' returning organization_id, id)
      insert into events (organization_id, type, data)
      select organization_id, 'import.updated', ${dataOf(sql`id`, 'importing', sql`${progress.rows}::int`)} from seen`,
  );
}

/** The file was read to its end and is whole: so many rows are stored from now on. */
export async function recordRead(tx: TenantTransaction, id: string, rows: number): Promise<void> {
  await tx.execute(sql`
    update imports set rows = ${rows}::int, progress_rows = ${rows}::int, progress_bytes = bytes where id = ${id}::uuid`);
  await tellProgress(tx, id);
}

/** Tells whoever watches that another part was stored. */
export async function tellProgress(tx: TenantTransaction, id: string): Promise<void> {
  await tx.execute(sql`
    insert into events (organization_id, type, data)
    select organization_id, 'import.updated', ${dataOf(sql`id`, 'importing', sql`created + updated + rejected`)}
    from imports where id = ${id}::uuid`);
}

/** Ends an import that is under way, with what became of it, and forgets the file. */
export async function endImport(
  tx: TenantTransaction,
  id: string,
  failure: ImportFailure | null,
): Promise<void> {
  const status = failure === null ? 'done' : 'failed';
  await tx.execute(sql`
    with ended as (
      update imports set status = ${status}, finished_at = app_now(), failure = ${failure === null ? null : JSON.stringify(failure)}::jsonb
      where id = ${id}::uuid and status = 'importing' returning *)
    insert into events (organization_id, type, data)
    select organization_id, 'import.completed', ${dataOf(sql`id`, status, sql`rows`)}
      || jsonb_build_object('created', created, 'updated', updated, 'rejected', rejected) from ended`);
  await tx.execute(sql`delete from import_files where import_id = ${id}::uuid`);
}

function dataOf(id: SQL, status: ImportStatus, rows: SQL): SQL {
  return sql`jsonb_build_object('importId', ${id}, 'status', ${status}::text, 'rows', ${rows})`;
}
