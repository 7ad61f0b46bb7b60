import { sql } from 'drizzle-orm';
import { areaCodeOf, isE164 } from '#domain/phone.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import type { GateFacts } from '#domain/compliance/gate.ts';
import type { OwnNumber } from '#domain/dialing/routing.ts';
import type { Step } from '#domain/journey/definition.ts';
import type { TouchState } from '../schema/touches.ts';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

export type Channel = 'sms' | 'call';

/** A touch that stands in the ledger already, from an earlier attempt of the same step execution. */
export type StandingTouch = {
  id: string;
  state: TouchState;
  refusalCode: string | null;
  errorCode: string | null;
  ourNumber: string | null;
  /** Whether it was reserved, and so counted against its number, on today's date. */
  reservedToday: boolean;
  requests: number;
  sendingAt: Date | null;
  body: string | null;
};

export type TouchContext = {
  now: Date;
  leadId: string;
  campaignId: string;
  phone: string;
  step: Step;
  /** Values for the step's templates. */
  variables: Record<string, string>;
  standing: StandingTouch | null;
  gate: Omit<GateFacts, 'channel' | 'urgent'>;
};

type Row = {
  now: string;
  lead_id: string;
  campaign_id: string;
  phone: string;
  time_zones: string[];
  variables: Record<string, string | null>;
  custom_fields: Record<string, string>;
  step: Step | null;
  settings: Partial<CampaignSettings>;
  sending_stopped: boolean;
  campaign_paused: boolean;
  launch_paused: boolean;
  launch_cancelled: boolean;
  lead_blocked: boolean;
  on_dnc: boolean;
  consent: 'opt_in' | 'opt_out' | null;
  last_text_at: string | null;
  last_reply_at: string | null;
  conversation_number: string | null;
  numbers: OwnNumber[];
  standing: (Omit<StandingTouch, 'sendingAt'> & { sendingAt: string | null }) | null;
};

/**
 * Locks the lane (organisation and phone) until the transaction ends and reads, behind the lock, everything that the
 * gate judges. Two statements in one round trip. Null when the journey does not exist.
 */
export async function lockLaneAndReadFacts(
  tx: TenantTransaction,
  touch: { journeyId: string; touchKey: string; stepId: string; channel: Channel },
): Promise<TouchContext | null> {
  // Sent together: the second statement takes its snapshot only after the first has the lock.
  const [, rows] = await Promise.all([
    rowsOf(tx, laneLock(touch.journeyId)),
    rowsOf<Row>(tx, factsStatement(touch)),
  ]);
  const row = rows[0];
  if (!row) return null;
  if (!row.step) throw new Error(`The journey's version has no step "${touch.stepId}"`);
  return {
    now: new Date(row.now),
    leadId: row.lead_id,
    campaignId: row.campaign_id,
    phone: row.phone,
    step: row.step,
    variables: variablesOf(row),
    standing: row.standing && { ...row.standing, sendingAt: dateOf(row.standing.sendingAt) },
    gate: {
      now: new Date(row.now),
      settings: { ...defaultCampaignSettings, ...row.settings },
      phoneValid: isE164(row.phone),
      sendingStopped: row.sending_stopped,
      campaignPaused: row.campaign_paused,
      launchPaused: row.launch_paused,
      launchCancelled: row.launch_cancelled,
      leadBlocked: row.lead_blocked,
      onDnc: row.on_dnc,
      consent: row.consent,
      lastTextAt: dateOf(row.last_text_at),
      lastReplyAt: dateOf(row.last_reply_at),
      timeZones: row.time_zones,
      areaCode: areaCodeOf(row.phone),
      conversationNumber: row.conversation_number,
      numbers: row.numbers,
    },
  };
}

function laneLock(journeyId: string) {
  return sql`
    select pg_advisory_xact_lock(hashtextextended(l.organization_id::text || l.phone, 0))
    from journeys j join leads l on (l.organization_id, l.id) = (j.organization_id, j.lead_id)
    where j.id = ${journeyId}`;
}

/**
 * A text counts as sent to the number from its reservation on, unless the carrier surely does not have it; the row of
 * this very touch does not count against itself, neither as a recent text nor against its number's cap.
 */
function factsStatement(touch: { journeyId: string; touchKey: string; stepId: string; channel: Channel }) {
  const ledger = touch.channel === 'sms' ? sql`sms_messages` : sql`call_logs`;
  const body = touch.channel === 'sms' ? sql`t.body` : sql`null`;
  return sql`
    select app_now() as now, l.id as lead_id, j.campaign_id, l.phone, l.time_zones, l.custom_fields,
      jsonb_build_object(
        'first_name', l.first_name, 'last_name', l.last_name, 'full_name', trim(l.first_name || ' ' || l.last_name),
        'company', l.company, 'city', l.city, 'state', l.state, 'organization', o.name, 'campaign', c.name) as variables,
      (select s from journey_versions v, jsonb_array_elements(v.definition -> 'steps') s
        where v.id = j.version_id and s ->> 'id' = ${touch.stepId}) as step,
      c.settings,
      (o.sending_stopped_at is not null or not o.is_active
        or exists (select from platform.switches where sending_stopped_at is not null)) as sending_stopped,
      c.paused_at is not null as campaign_paused,
      la.paused_at is not null as launch_paused,
      la.cancelled_at is not null as launch_cancelled,
      exists (select from lead_blocks b where b.lead_id = l.id and (b.expires_at is null or b.expires_at > app_now())) as lead_blocked,
      exists (select from dnc_entries d where d.phone = l.phone) as on_dnc,
      (select kind from consents k where k.phone = l.phone order by k.created_at desc, k.id desc limit 1) as consent,
      (select max(coalesce(m.sending_at, m.created_at)) from sms_messages m
        where m.phone = l.phone and m.direction = 'outbound' and m.kind = 'automated'
          and m.state in ('reserved', 'sending', 'sent', 'unknown')
          and (m.journey_id, m.touch_key) is distinct from (${touch.journeyId}::uuid, ${touch.touchKey})) as last_text_at,
      (select max(m.created_at) from sms_messages m where m.phone = l.phone and m.direction = 'inbound') as last_reply_at,
      (select m.our_number from sms_messages m where m.phone = l.phone and m.our_number is not null
        order by m.created_at desc limit 1) as conversation_number,
      (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'e164', n.e164, 'canSms', n.can_sms, 'canVoice', n.can_voice,
          'areaCode', n.area_code, 'dailyCap', n.daily_cap, 'usedToday', coalesce(u.used, 0)
            - case when t.state = 'reserved' and t.reserved_today and t.our_number = n.e164 then 1 else 0 end)), '[]')
        from phone_numbers n left join number_usage u
          on u.organization_id = n.organization_id and u.phone_number_id = n.id and u.day = (app_now() at time zone 'UTC')::date
        where n.is_active) as numbers,
      case when t.id is not null then jsonb_build_object('id', t.id, 'state', t.state, 'refusalCode', t.refusal_code,
        'errorCode', t.error_code, 'ourNumber', t.our_number, 'reservedToday', t.reserved_today, 'requests', t.requests,
        'sendingAt', t.sending_at, 'body', ${body}) end as standing
    from journeys j
      join leads l on (l.organization_id, l.id) = (j.organization_id, j.lead_id)
      join campaigns c on (c.organization_id, c.id) = (j.organization_id, j.campaign_id)
      join launches la on (la.organization_id, la.id) = (j.organization_id, j.launch_id)
      join organizations o on o.id = j.organization_id
      left join lateral (
        select own.*, (own.created_at at time zone 'UTC')::date = (app_now() at time zone 'UTC')::date as reserved_today
        from ${ledger} own where own.journey_id = j.id and own.touch_key = ${touch.touchKey}) t on true
    where j.id = ${touch.journeyId}`;
}

function variablesOf(row: Row): Record<string, string> {
  const custom = Object.entries(row.custom_fields).map(([name, value]) => [`custom.${name}`, value] as const);
  return Object.fromEntries(
    [...Object.entries(row.variables), ...custom].filter((entry) => entry[1]) as [string, string][],
  );
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
