import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { TenantTransaction } from '../tenant.ts';
import { leadBlocked } from './contact-facts.ts';
import { leadCondition } from './lead-filter.ts';
import type { LeadFilter } from './lead-filter.ts';
import { deleteLeads } from './lead-removal.ts';
import { list } from './reading.ts';
import { rowsOf } from './rows.ts';
import { moveLeads } from './stages.ts';

/** More than that is not one request. */
export const maxBulkLeads = 100_000;
const batchSize = 5_000;

export type BulkChange =
  | { action: 'add_tags' | 'remove_tags'; tags: string[] }
  | { action: 'set_stage'; stageId: string }
  | { action: 'set_status'; status: string }
  | { action: 'block'; reason: string }
  | { action: 'delete' };

export type BulkCohort = { leadIds: string[] } | { filter: LeadFilter };

/** The leads that are meant, by id; one more than a request may change tells that they are too many. */
export async function bulkLeadIds(tx: TenantTransaction, cohort: BulkCohort): Promise<string[]> {
  const condition =
    'leadIds' in cohort
      ? sql`l.deleted_at is null and l.id = any(${list(cohort.leadIds)}::uuid[])`
      : leadCondition(cohort.filter);
  const [row] = await rowsOf<{ ids: string[] }>(
    tx,
    sql`
      select coalesce(array_agg(m.id), '{}') as ids from (
        select l.id from leads l where ${condition} order by l.id limit ${maxBulkLeads + 1}) m`,
  );
  return row!.ids;
}

/**
 * Makes one change to many leads, each with its event; those that are so already stay as they are. A batch is one
 * statement, and all batches are the caller's transaction. Call it as the product. Answers how many changed.
 */
export async function changeManyLeads(
  tx: TenantTransaction,
  leadIds: string[],
  change: BulkChange,
  actor: { userId: string | null },
): Promise<number> {
  let changed = 0;
  for (let start = 0; start < leadIds.length; start += batchSize) {
    changed += await changeBatch(tx, leadIds.slice(start, start + batchSize), change, actor);
  }
  return changed;
}

async function changeBatch(
  tx: TenantTransaction,
  ids: string[],
  change: BulkChange,
  { userId }: { userId: string | null },
): Promise<number> {
  const these = sql`l.id = any(${list(ids)}::uuid[]) and l.deleted_at is null`;
  switch (change.action) {
    case 'add_tags': {
      const tags = sql`${list(change.tags)}::text[]`;
      return update(
        tx,
        sql`tags = l.tags || array(select t from unnest(${tags}) with ordinality as new(t, n) where t <> all(l.tags) order by n)`,
        sql`${these} and not l.tags @> ${tags}`,
      );
    }
    case 'remove_tags': {
      const tags = sql`${list(change.tags)}::text[]`;
      return update(
        tx,
        sql`tags = array(select t from unnest(l.tags) with ordinality as old(t, n) where t <> all(${tags}) order by n)`,
        sql`${these} and l.tags && ${tags}`,
      );
    }
    case 'set_status':
      return update(tx, sql`status = ${change.status}`, sql`${these} and l.status <> ${change.status}`);
    case 'set_stage':
      return moveLeads(tx, these, {
        stageId: change.stageId,
        journeyId: null,
        setBy: 'manual',
        userId,
        reason: 'bulk change',
        applicationKey: null,
      });
    case 'block':
      return block(tx, these, change.reason, userId);
    case 'delete':
      return deleteLeads(tx, ids);
  }
}

async function update(tx: TenantTransaction, set: SQL, where: SQL): Promise<number> {
  const [row] = await rowsOf<{ changed: number }>(
    tx,
    sql`
      with changed as (
        update leads l set ${set}, updated_at = app_now() where ${where} returning l.organization_id, l.id),
      told as (insert into events (organization_id, type, lead_id) select organization_id, 'lead.updated', id from changed)
      select count(*)::int as changed from changed`,
  );
  return row!.changed;
}

async function block(
  tx: TenantTransaction,
  these: SQL,
  reason: string,
  userId: string | null,
): Promise<number> {
  const [row] = await rowsOf<{ changed: number }>(
    tx,
    sql`
      with made as (
        insert into lead_blocks (organization_id, lead_id, reason, created_by)
        select l.organization_id, l.id, ${reason}, ${userId}::uuid from leads l where ${these} and not ${leadBlocked}
        returning organization_id, id, lead_id),
      told as (
        insert into events (organization_id, type, lead_id, data)
        select organization_id, 'lead.blocked', lead_id, jsonb_build_object('blockId', id) from made)
      select count(*)::int as changed from made`,
  );
  return row!.changed;
}

/** Whether leads can be moved into that stage; holds it until the transaction ends. */
export async function lockStage(
  tx: TenantTransaction,
  stageId: string,
): Promise<{ archived: boolean } | null> {
  const [row] = await rowsOf<{ archived: boolean }>(
    tx,
    sql`select archived_at is not null as archived from pipeline_stages where id = ${stageId} for share`,
  );
  return row ?? null;
}
