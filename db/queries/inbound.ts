import { sql } from 'drizzle-orm';
import type { ReplyIntent } from '#domain/compliance/reply-intent.ts';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

/** What is known of a number when a text comes from it. */
export type Lane = {
  optedOut: boolean;
  /** Who of those with that number it is: whoever has the newest running journey, else the newest. */
  leadId: string | null;
};

/**
 * Locks the lane (organisation and number) until the transaction ends, as the gate does before a touch: a text that is
 * being stored and a text that is being sent never miss each other.
 */
export async function lockLane(tx: TenantTransaction, organizationId: string, phone: string): Promise<Lane> {
  // Sent together, in this order: the second statement takes its snapshot only after the first has the lock.
  const [, rows] = await Promise.all([
    rowsOf(
      tx,
      sql`select pg_advisory_xact_lock(hashtextextended(${organizationId}::uuid::text || ${phone}::text, 0))`,
    ),
    rowsOf<Lane>(
      tx,
      sql`
        select
          coalesce((select kind = 'opt_out' from consents where phone = ${phone}
            order by created_at desc, id desc limit 1), false) as "optedOut",
          (select l.id from leads l
            left join journeys j on (j.organization_id, j.lead_id) = (l.organization_id, l.id) and j.status in ('active', 'paused')
            where l.phone = ${phone}
            order by j.created_at desc nulls last, l.created_at desc, l.id limit 1) as "leadId"`,
    ),
  ]);
  return rows[0]!;
}

export type StoredText = { messageId: string; leadId: string | null; intent: ReplyIntent };

/** The inbound text with that sid, if it is stored already. */
export async function findInboundText(tx: TenantTransaction, sid: string): Promise<StoredText | null> {
  const rows = await rowsOf<StoredText>(
    tx,
    sql`select id as "messageId", lead_id as "leadId", intent from sms_messages where provider_sid = ${sid}`,
  );
  return rows[0] ?? null;
}

/** Somebody unknown who writes to us becomes a lead. */
export async function createInboundLead(
  tx: TenantTransaction,
  organizationId: string,
  lead: { phone: string; timeZones: string[] },
): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(
    tx,
    sql`
      with made as (
        insert into leads (organization_id, phone, raw_phone, source, time_zones)
        values (${organizationId}::uuid, ${lead.phone}, ${lead.phone}, 'inbound', ${sql.param(lead.timeZones)}::text[])
        returning organization_id, id),
      told as (
        insert into events (organization_id, type, lead_id) select organization_id, 'lead.created', id from made)
      select id from made`,
  );
  return row!.id;
}

export type InboundText = {
  sid: string;
  phone: string;
  ourNumber: string;
  body: string;
  segments: number | null;
  intent: ReplyIntent;
  leadId: string | null;
  /** When it was received. */
  receivedAt: string;
};

/** Stores a text from outside with its event. */
export async function storeInboundText(
  tx: TenantTransaction,
  organizationId: string,
  text: InboundText,
): Promise<StoredText> {
  const [row] = await rowsOf<{ id: string }>(
    tx,
    sql`
      with stored as (
        insert into sms_messages (organization_id, direction, kind, state, lead_id, phone, our_number, body, segments,
          intent, provider_sid, carrier_status, created_at)
        values (${organizationId}::uuid, 'inbound', 'inbound', 'received', ${text.leadId}::uuid, ${text.phone},
          ${text.ourNumber}, ${text.body}, ${text.segments}::int, ${text.intent}, ${text.sid}, 'received',
          ${text.receivedAt}::timestamptz)
        returning organization_id, id, lead_id),
      told as (
        insert into events (organization_id, type, lead_id, data)
        select organization_id, 'message.received', lead_id,
          jsonb_build_object('messageId', id, 'intent', ${text.intent}::text) from stored)
      select id from stored`,
  );
  return { messageId: row!.id, leadId: text.leadId, intent: text.intent };
}

/** Puts a keyword's consequence into the ledger of consents: once a message, as of when it was received. */
export async function recordKeyword(
  tx: TenantTransaction,
  organizationId: string,
  consent: {
    phone: string;
    kind: 'opt_in' | 'opt_out';
    source: 'keyword' | 'reply';
    text: string;
    messageId: string;
    receivedAt: string;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into consents (organization_id, phone, kind, source, text, message_id, created_at)
    values (${organizationId}::uuid, ${consent.phone}, ${consent.kind}, ${consent.source}, ${consent.text},
      ${consent.messageId}::uuid, ${consent.receivedAt}::timestamptz)
    on conflict (organization_id, message_id) do nothing`);
}

/** The workflows of every running journey of everybody with that number. */
export async function runningWorkflowsOfNumber(tx: TenantTransaction, phone: string): Promise<string[]> {
  const rows = await rowsOf<{ workflowId: string }>(
    tx,
    sql`
      select j.workflow_id as "workflowId"
      from leads l join journeys j on (j.organization_id, j.lead_id) = (l.organization_id, l.id)
      where l.phone = ${phone} and j.status in ('active', 'paused') order by j.created_at desc`,
  );
  return rows.map(({ workflowId }) => workflowId);
}
