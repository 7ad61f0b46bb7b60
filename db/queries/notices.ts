import { sql } from 'drizzle-orm';
import type { NoticeFacts } from '#domain/compliance/notice.ts';
import type { OwnNumber } from '#domain/dialing/routing.ts';
import { organizationSettings } from '#domain/organization.ts';
import type { OrganizationSettings } from '#domain/organization.ts';
import type { TenantTransaction } from '../tenant.ts';
import { carrierName } from './carrier-health.ts';
import { sendingStopped } from './contact-facts.ts';
import type { StandingTouch } from './gate-facts.ts';
import { aboutTexts } from './lanes.ts';
import { rowsOf } from './rows.ts';

export type NoticeContext = {
  now: Date;
  leadId: string | null;
  campaignId: string | null;
  phone: string;
  /** What the notice answers. */
  intent: 'stop' | 'help';
  standing: StandingTouch | null;
  facts: NoticeFacts;
  settings: OrganizationSettings;
};

type Row = Omit<NoticeFacts, 'now' | 'receivedAt' | 'carrierOpenUntil' | 'phone'> & {
  now: string;
  leadId: string | null;
  campaignId: string | null;
  phone: string;
  intent: 'stop' | 'help';
  receivedAt: string;
  carrierOpenUntil: string | null;
  settings: Parameters<typeof organizationSettings>[0];
  number: OwnNumber | null;
  standing: (Omit<StandingTouch, 'sendingAt'> & { sendingAt: string | null }) | null;
};

/**
 * Locks the lane of whoever wrote that text and reads what decides whether it is answered, in one round trip. Null when
 * there is no such text, or it is none that is ever answered.
 */
export async function lockLaneAndReadNotice(
  tx: TenantTransaction,
  notice: { messageId: string; touchKey: string },
): Promise<NoticeContext | null> {
  const [, [row]] = await Promise.all([
    rowsOf(
      tx,
      sql`
        select pg_advisory_xact_lock(hashtextextended(organization_id::text || phone, 0))
        from sms_messages where id = ${notice.messageId}`,
    ),
    rowsOf<Row>(tx, factsStatement(notice)),
  ]);
  if (!row) return null;
  const { leadId, campaignId, phone, intent, standing, settings, ...facts } = row;
  const now = new Date(row.now);
  return {
    now,
    leadId,
    campaignId,
    phone,
    intent,
    settings: organizationSettings(settings),
    standing: standing && { ...standing, sendingAt: dateOf(standing.sendingAt) },
    facts: {
      ...facts,
      phone,
      now,
      receivedAt: new Date(row.receivedAt),
      carrierOpenUntil: dateOf(row.carrierOpenUntil),
    },
  };
}

function factsStatement({ messageId, touchKey }: { messageId: string; touchKey: string }) {
  return sql`
    select app_now() as now, m.lead_id as "leadId", k.campaign_id as "campaignId", m.phone, m.intent,
      m.created_at as "receivedAt", o.settings, ${sendingStopped} as "sendingStopped",
      case m.intent when 'stop' then k.kind = 'opt_out' and not k.repeats else true end as "isDue",
      exists (select from consents c where c.phone = m.phone and c.kind = 'opt_out' and c.source = 'carrier'
        and c.created_at >= m.created_at) as "carrierRefused",
      m.intent = 'stop' and coalesce((
        select newest.kind = 'opt_in' from consents newest where newest.id = (
          select k.id from consents k where k.phone = m.phone and ${aboutTexts(sql`own.campaign_id`)}
          order by k.created_at desc, k.id desc limit 1)), false) as "optedInSince",
      (select jsonb_build_object('id', n.id, 'e164', n.e164, 'canSms', n.can_sms, 'canVoice', n.can_voice,
          'areaCode', n.area_code, 'dailyCap', n.daily_cap, 'ratePerSecond', n.rate_per_second, 'usedToday', 0)
        from phone_numbers n where n.e164 = m.our_number and n.is_active) as number,
      (select b.open_until from platform.carriers b where b.name = ${carrierName} and b.open_until > app_now())
        as "carrierOpenUntil",
      case when t.id is not null then jsonb_build_object('id', t.id, 'state', t.state, 'refusalCode', t.refusal_code,
        'errorCode', t.error_code, 'ourNumber', t.our_number, 'requests', t.requests, 'sendingAt', t.sending_at,
        'body', t.body, 'reservedToday', (t.created_at at time zone 'UTC')::date = (app_now() at time zone 'UTC')::date)
        end as standing
    from sms_messages m join organizations o on o.id = m.organization_id
      left join consents k on (k.organization_id, k.message_id) = (m.organization_id, m.id)
      cross join lateral (select k.campaign_id) own
      left join sms_messages t on t.organization_id = m.organization_id and t.journey_id is null and t.touch_key = ${touchKey}
    where m.id = ${messageId} and m.direction = 'inbound' and m.intent in ('stop', 'help')`;
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
