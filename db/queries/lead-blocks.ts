import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { authorOf } from './lead-notes.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';
import { rowsOf } from './rows.ts';

export type BlockRow = {
  id: string;
  reason: string;
  active: boolean;
  expiresAt: string | null;
  author: { id: string; name: string } | null;
  createdAt: string;
};

const columns = sql`
  b.id, b.reason, b.expires_at is null or b.expires_at > app_now() as active, ${iso(sql`b.expires_at`)} as "expiresAt",
  ${authorOf(sql`b.created_by`)} as author, ${iso(sql`b.created_at`)} as "createdAt"`;

/** Newest first, also those that have run out or were lifted. Null when there is no such lead. */
export async function listBlocks(
  database: Database,
  scope: TenantScope,
  leadId: string,
  page: PageRequest,
): Promise<Page<BlockRow> | null> {
  // The left join tells a lead without blocks from no lead.
  const rows = await inOneStatement<BlockRow & { position: Position }>(
    database,
    scope,
    sql`
      select b.* from leads l left join lateral (
        select ${columns}, ${position(sql`b.created_at`, sql`b.id`)} from lead_blocks b
        where b.lead_id = l.id and ${beforeInTime(sql`b.created_at`, sql`b.id`, page.after)}
        order by b.created_at desc, b.id desc limit ${page.limit + 1}) b on true
      where l.id = ${leadId} and l.deleted_at is null
      order by (b."position" ->> 'at')::timestamptz desc, b.id desc`,
  );
  if (rows.length === 0) return null;
  return pageOf(
    rows.filter(({ id }) => id !== null),
    page.limit,
  );
}

/** From its commit on the gate refuses. Null when there is no such lead. */
export async function addBlock(
  tx: TenantTransaction,
  organizationId: string,
  leadId: string,
  block: { reason: string; expiresAt: string | null },
  actor: Actor,
): Promise<BlockRow | null> {
  const [row] = await rowsOf<BlockRow>(
    tx,
    sql`
      with b as (
        insert into lead_blocks (organization_id, lead_id, reason, expires_at, created_by)
        select organization_id, id, ${block.reason}, ${block.expiresAt}::timestamptz, ${actor.userId}::uuid
        from leads where id = ${leadId} and deleted_at is null
        returning *),
      told as (${tell('lead.blocked')})
      select ${columns} from b`,
  );
  if (row) await audit(tx, organizationId, actor, 'create', row.id, leadId);
  return row ?? null;
}

/** A block that is lifted has run out; it stays on record. Null when the lead has no such block. */
export async function liftBlock(
  tx: TenantTransaction,
  organizationId: string,
  { leadId, blockId }: { leadId: string; blockId: string },
  actor: Actor,
): Promise<'lifted' | 'over' | null> {
  const [known] = await rowsOf<{ active: boolean }>(
    tx,
    sql`
      select b.expires_at is null or b.expires_at > app_now() as active
      from lead_blocks b join leads l on (l.organization_id, l.id) = (b.organization_id, b.lead_id)
      where b.id = ${blockId} and b.lead_id = ${leadId} and l.deleted_at is null for update of b`,
  );
  if (!known) return null;
  if (!known.active) return 'over';
  await tx.execute(sql`
    with b as (update lead_blocks set expires_at = app_now() where id = ${blockId} returning *)
    ${tell('lead.unblocked')}`);
  await audit(tx, organizationId, actor, 'lift', blockId, leadId);
  return 'lifted';
}

function tell(type: string): SQL {
  return sql`
    insert into events (organization_id, type, lead_id, data)
    select organization_id, ${type}::text, lead_id, jsonb_build_object('blockId', id) from b`;
}

function audit(
  tx: TenantTransaction,
  organizationId: string,
  actor: Actor,
  what: 'create' | 'lift',
  subjectId: string,
  leadId: string,
): Promise<void> {
  return recordAudit(tx, organizationId, actor, {
    action: `lead_block.${what}`,
    subjectType: 'lead_block',
    subjectId,
    data: { leadId },
  });
}
