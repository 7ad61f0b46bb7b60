import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

/**
 * Takes the lane's lock (organisation and number) until the transaction ends, as the gate does before a touch: whatever
 * is decided behind it, a touch sees it or was there before it. Send what reads the lane along with it, after it: a
 * statement takes its snapshot only when the one before it has the lock.
 */
export async function lockLane(tx: TenantTransaction, organizationId: string, phone: string): Promise<void> {
  await rowsOf(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended(${organizationId}::uuid::text || ${phone}::text, 0))`,
  );
}

/**
 * The campaign that a person answers: of the newest text to them, before all of those from the number they wrote to.
 * Null where the organisation does not keep consent by campaign (under the alias `o`), or nothing was sent.
 */
export function answeredCampaign(phone: SQL, ourNumber: SQL, before: SQL = sql`'infinity'`): SQL {
  return sql`
    (select m.campaign_id from sms_messages m
      where o.settings ->> 'optOutScope' = 'campaign' and m.phone = ${phone} and m.direction = 'outbound'
        and m.campaign_id is not null and m.state in ('sending', 'sent', 'unknown')
        and coalesce(m.sending_at, m.created_at) <= ${before}
      order by m.our_number = ${ourNumber} desc, coalesce(m.sending_at, m.created_at) desc limit 1)`;
}

/** Which rows of the ledger of consents (under the alias `k`) speak about texts of that campaign; null = about all. */
export function aboutTexts(campaignId: SQL): SQL {
  return sql`
    (k.channel in ('all', 'sms') and (k.campaign_id is null or k.campaign_id = ${campaignId}
      or coalesce(o.settings ->> 'optOutScope', 'organization') = 'organization'))`;
}

/**
 * The workflows of every running journey of everybody with that number; of one campaign only when the person's word is
 * about that one.
 */
export async function runningWorkflowsOfNumber(
  tx: TenantTransaction,
  phone: string,
  campaignId: string | null = null,
): Promise<string[]> {
  return workflowsOf(tx, phone, sql`${campaignId}::uuid is null or j.campaign_id = ${campaignId}::uuid`);
}

/** Those that are held because nobody has read a reply of that number. */
export async function workflowsHeldByReview(tx: TenantTransaction, phone: string): Promise<string[]> {
  return workflowsOf(tx, phone, sql`j.waiting_for = 'hold' and j.waiting_code = 'CONSENT_UNCLEAR'`);
}

async function workflowsOf(tx: TenantTransaction, phone: string, which: SQL): Promise<string[]> {
  const rows = await rowsOf<{ workflowId: string }>(
    tx,
    sql`
      select j.workflow_id as "workflowId"
      from leads l join journeys j on (j.organization_id, j.lead_id) = (l.organization_id, l.id)
      where l.phone = ${phone} and j.status in ('active', 'paused') and (${which}) order by j.created_at desc`,
  );
  return rows.map(({ workflowId }) => workflowId);
}
