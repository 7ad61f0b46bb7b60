import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';
import { rowsOf } from './rows.ts';

export type NoteRow = {
  id: string;
  body: string;
  /** Null when an API key wrote it. */
  author: { id: string; name: string } | null;
  createdAt: string;
  updatedAt: string;
};

const columns = sql`
  n.id, n.body, ${authorOf(sql`n.user_id`)} as author, ${iso(sql`n.created_at`)} as "createdAt",
  ${iso(sql`n.updated_at`)} as "updatedAt"`;

/** Who wrote it, by name. */
export function authorOf(userId: SQL): SQL {
  return sql`(select jsonb_build_object('id', u.id, 'name', u.name) from platform.users u where u.id = ${userId})`;
}

/** Newest first. Null when there is no such lead. */
export async function listNotes(
  database: Database,
  scope: TenantScope,
  leadId: string,
  page: PageRequest,
): Promise<Page<NoteRow> | null> {
  // The left join tells a lead without notes from no lead.
  const rows = await inOneStatement<NoteRow & { position: Position }>(
    database,
    scope,
    sql`
      select n.* from leads l left join lateral (
        select ${columns}, ${position(sql`n.created_at`, sql`n.id`)} from lead_notes n
        where n.lead_id = l.id and ${beforeInTime(sql`n.created_at`, sql`n.id`, page.after)}
        order by n.created_at desc, n.id desc limit ${page.limit + 1}) n on true
      where l.id = ${leadId} and l.deleted_at is null
      order by (n."position" ->> 'at')::timestamptz desc, n.id desc`,
  );
  if (rows.length === 0) return null;
  return pageOf(
    rows.filter(({ id }) => id !== null),
    page.limit,
  );
}

/** Null when there is no such lead. */
export async function addNote(
  tx: TenantTransaction,
  organizationId: string,
  leadId: string,
  text: string,
  actor: Actor,
): Promise<NoteRow | null> {
  const [row] = await rowsOf<NoteRow>(
    tx,
    sql`
      with n as (
        insert into lead_notes (organization_id, lead_id, body, user_id)
        select organization_id, id, ${text}, ${actor.userId}::uuid from leads where id = ${leadId} and deleted_at is null
        returning *),
      told as (${tell('lead.note_added')})
      select ${columns} from n`,
  );
  if (row) await audit(tx, organizationId, actor, 'create', row.id, leadId);
  return row ?? null;
}

export type NoteKey = { leadId: string; noteId: string };

/** Who wrote a note, holding it until the transaction ends. Null when this lead has no such note. */
export async function lockNote(
  tx: TenantTransaction,
  { leadId, noteId }: NoteKey,
): Promise<{ userId: string | null } | null> {
  const [row] = await rowsOf<{ userId: string | null }>(
    tx,
    sql`select user_id as "userId" from lead_notes where id = ${noteId} and lead_id = ${leadId} for update`,
  );
  return row ?? null;
}

export async function changeNote(
  tx: TenantTransaction,
  organizationId: string,
  { leadId, noteId }: NoteKey,
  text: string,
  actor: Actor,
): Promise<NoteRow> {
  const [row] = await rowsOf<NoteRow>(
    tx,
    sql`
      with n as (
        update lead_notes set body = ${text}, updated_at = app_now() where id = ${noteId} returning *),
      told as (${tell('lead.note_changed')})
      select ${columns} from n`,
  );
  await audit(tx, organizationId, actor, 'update', noteId, leadId);
  return row!;
}

export async function deleteNote(
  tx: TenantTransaction,
  organizationId: string,
  { leadId, noteId }: NoteKey,
  actor: Actor,
): Promise<void> {
  await tx.execute(sql`
    with n as (delete from lead_notes where id = ${noteId} returning *)
    ${tell('lead.note_deleted')}`);
  await audit(tx, organizationId, actor, 'delete', noteId, leadId);
}

function tell(type: string): SQL {
  return sql`
    insert into events (organization_id, type, lead_id, data)
    select organization_id, ${type}::text, lead_id, jsonb_build_object('noteId', id) from n`;
}

function audit(
  tx: TenantTransaction,
  organizationId: string,
  actor: Actor,
  what: 'create' | 'update' | 'delete',
  subjectId: string,
  leadId: string,
): Promise<void> {
  return recordAudit(tx, organizationId, actor, {
    action: `lead_note.${what}`,
    subjectType: 'lead_note',
    subjectId,
    data: { leadId },
  });
}
