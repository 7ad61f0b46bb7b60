import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { TenantTransaction } from '../tenant.ts';
import { endJourneys, wiped } from './lead-removal.ts';
import { lockLead } from './lead-writes.ts';
import type { WritableLead } from './lead-writes.ts';

/** A lead by an id that may be of one that was merged into it since: workflows know whom they were started for. */
export function survivorOf(leadId: string): SQL {
  return sql`(select coalesce(merged_into_id, id) from leads where id = ${leadId}::uuid)`;
}

export type TwoLeads = { leadId: string; duplicateId: string };

/** Both leads, held until the transaction ends; always in the same order, so that two merges never wait for each other. */
export async function lockTwoLeads(
  tx: TenantTransaction,
  { leadId, duplicateId }: TwoLeads,
): Promise<{ survivor: WritableLead | null; duplicate: WritableLead | null }> {
  const found = new Map<string, WritableLead | null>();
  for (const id of [leadId, duplicateId].sort()) found.set(id, await lockLead(tx, id));
  return { survivor: found.get(leadId) ?? null, duplicate: found.get(duplicateId) ?? null };
}

/**
 * Empties the duplicate, gives what hangs on it to the survivor, and ends its journeys in campaigns where the survivor has
 * one already (the unique key `journeys_once` allows no second). What the ledgers hold of stages and dispositions is never
 * rewritten: they are read through `merged_into_id`. Consent follows the number and needs no moving. The survivor's own
 * fields are the caller's to write, afterwards: an external id is free by then. Call it as the product.
 */
export async function giveToSurvivor(
  tx: TenantTransaction,
  { leadId, duplicateId }: TwoLeads,
): Promise<void> {
  const [from, to] = [sql`${duplicateId}::uuid`, sql`${leadId}::uuid`];
  // Whose stage it is, before it is emptied.
  await tx.execute(sql`
    update leads s set stage_id = d.stage_id, pipeline_id = d.pipeline_id, stage_entered_at = d.stage_entered_at
    from leads d where s.id = ${to} and d.id = ${from} and s.stage_id is null and d.stage_id is not null`);
  await tx.execute(
    sql`update leads s set score = d.score from leads d where s.id = ${to} and d.id = ${from} and s.score is null`,
  );
  await tx.execute(sql`update leads set ${wiped}, merged_into_id = ${to} where id = ${from}`);
  await tx.execute(sql`update leads set merged_into_id = ${to} where merged_into_id = ${from}`);
  for (const table of ['lead_notes', 'tasks', 'sms_messages', 'call_logs', 'lead_blocks', 'import_members']) {
    await tx.execute(sql`update ${sql.identifier(table)} set lead_id = ${to} where lead_id = ${from}`);
  }
  // Two promises that one request made are one; the survivor's stands.
  await tx.execute(sql`
    update callbacks c set lead_id = ${to}, request_key = case when exists (
        select from callbacks o where o.lead_id = ${to} and o.request_key = c.request_key) then null else c.request_key end
    where c.lead_id = ${from}`);
  await tx.execute(sql`
    update launch_members m set lead_id = ${to} where m.lead_id = ${from}
      and not exists (select from launch_members o where o.launch_id = m.launch_id and o.lead_id = ${to})`);
  await tx.execute(
    endJourneys(
      sql`
    select d.* from journeys d where d.lead_id = ${from}
      and exists (select from journeys s where s.lead_id = ${to} and s.campaign_id = d.campaign_id)`,
      'lead_merged',
    ),
  );
  await tx.execute(sql`
    update journeys d set lead_id = ${to} where d.lead_id = ${from}
      and not exists (select from journeys s where s.lead_id = ${to} and s.campaign_id = d.campaign_id)`);
  await tx.execute(sql`
    insert into events (organization_id, type, lead_id, data)
    select organization_id, 'lead.merged', id, jsonb_build_object('duplicateId', ${duplicateId}::text) from leads where id = ${to}`);
}

/**
 * The survivor's fields: its own, and the duplicate's where it has none; tags and custom fields of both, its own value
 * where both have one.
 */
export function uniteLeads(survivor: WritableLead, duplicate: WritableLead): Omit<WritableLead, 'timeZones'> {
  const { timeZones: _zones, ...own } = survivor;
  const filled = Object.fromEntries(
    Object.entries(own).map(([name, value]) => {
      const isEmpty = value === null || value === '';
      return [name, isEmpty ? duplicate[name as keyof WritableLead] : value];
    }),
  ) as typeof own;
  return {
    ...filled,
    customFields: { ...duplicate.customFields, ...withoutEmpty(survivor.customFields) },
    tags: [...new Set([...survivor.tags, ...duplicate.tags])],
  };
}

function withoutEmpty(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
