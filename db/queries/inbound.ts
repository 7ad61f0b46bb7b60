import { sql } from 'drizzle-orm';
import type { ReplyIntent } from '#domain/compliance/reply-intent.ts';
import type { TenantTransaction } from '../tenant.ts';
import { aboutTexts, answeredCampaign, lockLane } from './lanes.ts';
import { rowsOf } from './rows.ts';

/** What is known of a number when a text comes from it. */
export type Lane = {
  /** Nothing more may be sent to it, by the campaign that it answers where consent is kept by campaign. */
  optedOut: boolean;
  /** Who of those with that number it is: whoever has the newest running journey, else the newest. */
  leadId: string | null;
  /** Which campaign a word about consent is about; null = all of them. */
  campaignId: string | null;
};

/** Locks the lane and reads it: a text that is being stored and a text that is being sent never miss each other. */
export async function lockAndReadLane(
  tx: TenantTransaction,
  organizationId: string,
  { phone, ourNumber }: { phone: string; ourNumber: string },
): Promise<Lane> {
  const [, rows] = await Promise.all([
    lockLane(tx, organizationId, phone),
    rowsOf<Lane>(
      tx,
      sql`
        select a.campaign_id as "campaignId",
          coalesce((select k.kind = 'opt_out' from consents k
            where k.phone = ${phone} and ${aboutTexts(sql`a.campaign_id`)}
            order by k.created_at desc, k.id desc limit 1), false) as "optedOut",
          (select l.id from leads l
            left join journeys j on (j.organization_id, j.lead_id) = (l.organization_id, l.id) and j.status in ('active', 'paused')
            where l.phone = ${phone}
            order by j.created_at desc nulls last, l.created_at desc, l.id limit 1) as "leadId"
        from organizations o
          cross join lateral (select ${answeredCampaign(sql`${phone}`, sql`${ourNumber}`)} as campaign_id) a
        where o.id = ${organizationId}`,
    ),
  ]);
  return rows[0]!;
}

export type StoredText = {
  messageId: string;
  leadId: string | null;
  intent: ReplyIntent;
  /** Which campaign its word about consent is about; null = all of them, or it says nothing about consent. */
  campaignId: string | null;
  /** The organisation wants it answered, once: an opt-out that was none before, or a question for help. */
  isAnswered: boolean;
};

/** The inbound text with that sid, if it is stored already. */
export async function findInboundText(tx: TenantTransaction, sid: string): Promise<StoredText | null> {
  const [row] = await rowsOf<StoredText>(
    tx,
    sql`
      select m.id as "messageId", m.lead_id as "leadId", m.intent, k.campaign_id as "campaignId",
        case m.intent when 'stop' then k.kind = 'opt_out' and not k.repeats and o.settings ->> 'optOutConfirmation' is not null
          when 'help' then o.settings ->> 'helpReply' is not null else false end as "isAnswered"
      from sms_messages m join organizations o on o.id = m.organization_id
        left join consents k on (k.organization_id, k.message_id) = (m.organization_id, m.id)
      where m.provider_sid = ${sid}`,
  );
  return row ?? null;
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

/** Stores a text from outside with its event; answers with its id. */
export async function storeInboundText(
  tx: TenantTransaction,
  organizationId: string,
  text: InboundText,
): Promise<string> {
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
  return row!.id;
}
