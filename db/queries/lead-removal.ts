import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { TenantTransaction } from '../tenant.ts';
import { list } from './reading.ts';
import { rowsOf } from './rows.ts';

/** Why journeys end with their lead; what people read stands in the timeline's words. */
export type LeadRemovalReason = 'lead_deleted' | 'lead_merged';

/** Everything that says who somebody is. Without a number the gate refuses, and without an external id nobody finds it. */
export const wiped = sql`
  deleted_at = app_now(), updated_at = app_now(), external_id = null, first_name = '', last_name = '', company = null,
  phone = '', raw_phone = '', email = null, address = null, city = null, state = null, postal_code = null, country = null,
  time_zones = '{}', source = null, custom_fields = '{}', tags = '{}', score = null, pipeline_id = null, stage_id = null,
  stage_entered_at = null`;

/**
 * Deletes leads, with an event each: what is known of the person is emptied, notes are gone, tasks are done, promised
 * callbacks are cancelled, and running journeys hear of it through the inbox, in the same transaction. The ledger of what
 * was sent stays. Answers how many there were. Call it as the product: notes and inbox are not everybody's to write.
 */
export async function deleteLeads(tx: TenantTransaction, ids: string[]): Promise<number> {
  const [row] = await rowsOf<{ deleted: number }>(
    tx,
    sql`
      with gone as (
        update leads l set ${wiped} where l.id = any(${list(ids)}::uuid[]) and l.deleted_at is null
        returning l.organization_id, l.id),
      notes as (delete from lead_notes n using gone g where n.lead_id = g.id),
      ended as (update tasks t set status = 'done' from gone g where t.lead_id = g.id and t.status = 'open'),
      cancelled as (
        update callbacks c set status = 'cancelled', updated_at = app_now() from gone g
        where c.lead_id = g.id and c.status = 'scheduled' returning c.organization_id, c.id, c.lead_id, c.journey_id),
      told_callbacks as (
        insert into events (organization_id, type, lead_id, journey_id, data)
        select organization_id, 'callback.cancelled', lead_id, journey_id, jsonb_build_object('callbackId', id) from cancelled),
      journeys_told as (${endJourneys(sql`select j.* from journeys j join gone g on g.id = j.lead_id`, 'lead_deleted')}),
      told as (
        insert into events (organization_id, type, lead_id) select organization_id, 'lead.deleted', id from gone)
      select count(*)::int as deleted from gone`,
  );
  return row!.deleted;
}

/** Puts the end of running journeys into the inbox, once each: a crash before the signal loses nothing. */
export function endJourneys(journeys: SQL, reason: LeadRemovalReason): SQL {
  return sql`
    insert into webhook_inbox (organization_id, kind, dedupe_key, payload)
    select organization_id, 'removal', id::text, jsonb_build_object('journeyId', id, 'reason', ${reason}::text)
    from (${journeys}) j where j.status in ('active', 'paused')
    on conflict (organization_id, kind, dedupe_key) do nothing`;
}

/** The workflow of a journey that its lead's end has ended; null when it has ended by itself. */
export async function workflowToRemove(tx: TenantTransaction, journeyId: string): Promise<string | null> {
  const [row] = await rowsOf<{ workflowId: string }>(
    tx,
    sql`
      select workflow_id as "workflowId" from journeys where id = ${journeyId} and status in ('active', 'paused')`,
  );
  return row?.workflowId ?? null;
}
