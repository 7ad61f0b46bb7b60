import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { areaCodeOf, isE164 } from '#domain/phone.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import { plausibleStates } from '#domain/compliance/contact-hours.ts';
import type { GateFacts } from '#domain/compliance/gate.ts';
import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import type { TouchReasons } from '#domain/compliance/touch-reasons.ts';
import type { OwnNumber } from '#domain/dialing/routing.ts';
import type { Step } from '#domain/journey/definition.ts';
import { organizationSettings } from '#domain/organization.ts';
import type { OrganizationSettings, StoredOrganizationSettings } from '#domain/organization.ts';
import type { TouchState } from '../schema/touches.ts';
import type { TenantTransaction } from '../tenant.ts';
import { carrierName } from './carrier-health.ts';
import {
  consentUnclear,
  countingStates,
  dncListsOf,
  lastReplyAt,
  lastTextAt,
  leadBlocked,
  newestConsent,
  onDnc,
  sendingStopped,
  templateFieldsOf,
  templateValues,
} from './contact-facts.ts';
import { preparedRowsOf } from './rows.ts';

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

/** On whose behalf a touch is made: a step of a journey, or a promised callback. */
export type TouchSubject = { journeyId: string; stepId: string } | { callbackId: string };

export type TouchContext = {
  now: Date;
  leadId: string;
  journeyId: string | null;
  callbackId: string | null;
  campaignId: string | null;
  phone: string;
  /** Null when no step of a journey asks for it. */
  step: Step | null;
  /** Values for the step's templates. */
  variables: Record<string, string>;
  standing: StandingTouch | null;
  gate: Omit<GateFacts, 'channel' | 'urgent' | 'expiresAt'>;
  /** What goes on record beside the decision. */
  record: Pick<TouchReasons, 'consent' | 'dncLists' | 'versionId'>;
  /** It was sent away with a place in the queue of the numbers' rates, and that place has come. */
  queued: boolean;
  organization: OrganizationSettings;
};

type Row = {
  now: string;
  lead_id: string;
  journey_id: string | null;
  callback_id: string | null;
  campaign_id: string | null;
  version_id: string | null;
  phone: string;
  state: string | null;
  postal_code: string | null;
  country: string | null;
  time_zones: string[];
  variables: Record<string, string | null>;
  custom_fields: Record<string, string>;
  step: Step | null;
  settings: Partial<CampaignSettings>;
  organization_settings: StoredOrganizationSettings;
  sending_stopped: boolean;
  campaign_paused: boolean;
  launch_paused: boolean;
  launch_cancelled: boolean;
  lead_blocked: boolean;
  on_dnc: boolean;
  dnc_lists: { list: string; scrubbedOn: string | null }[];
  consent: { id: string; kind: 'opt_in' | 'opt_out'; source: string; at: string } | null;
  consent_unclear: boolean;
  last_text_at: string | null;
  last_reply_at: string | null;
  touches: { channel: Channel; at: string }[];
  conversation_until: string | null;
  wait_from: string | null;
  wait_until: string | null;
  waiting_code: string | null;
  pauses: { beganAt: string; endedAt: string | null; policy: ResumePolicy }[];
  conversation_number: string | null;
  numbers: OwnNumber[];
  carrier_open_until: string | null;
  standing: (Omit<StandingTouch, 'sendingAt'> & { sendingAt: string | null }) | null;
};

/**
 * Locks the lane (organisation and phone) until the transaction ends and reads, behind the lock, everything that the
 * gate judges. Two statements in one round trip. Null when the journey or callback does not exist.
 */
export async function lockLaneAndReadFacts(
  tx: TenantTransaction,
  touch: { subject: TouchSubject; touchKey: string; channel: Channel },
): Promise<TouchContext | null> {
  // Sent together: the second statement takes its snapshot only after the first has the lock.
  const [, row] = await Promise.all([preparedRowsOf(tx, laneLock(touch.subject)), readRow(tx, touch)]);
  return row && contextOf(row, touch.subject);
}

/** The same facts without the lock, for whoever asks why a touch does not go out. They may be old in a moment. */
export async function readFacts(
  tx: TenantTransaction,
  touch: { subject: TouchSubject; touchKey: string; channel: Channel },
): Promise<TouchContext | null> {
  const row = await readRow(tx, touch);
  return row && contextOf(row, touch.subject);
}

async function readRow(
  tx: TenantTransaction,
  touch: { subject: TouchSubject; touchKey: string; channel: Channel },
): Promise<Row | null> {
  const [row] = await preparedRowsOf<Row>(tx, factsStatement(touch));
  return row ?? null;
}

function contextOf(row: Row, subject: TouchSubject): TouchContext {
  if ('stepId' in subject && !row.step)
    throw new Error(`The journey's version has no step "${subject.stepId}"`);
  const organization = organizationSettings(row.organization_settings);
  const { consent } = row;
  return {
    now: new Date(row.now),
    leadId: row.lead_id,
    journeyId: row.journey_id,
    callbackId: row.callback_id,
    campaignId: row.campaign_id,
    phone: row.phone,
    step: row.step,
    variables: templateValues(row.variables, row.custom_fields),
    standing: row.standing && { ...row.standing, sendingAt: dateOf(row.standing.sendingAt) },
    queued: row.waiting_code === 'RATE_LIMITED',
    organization,
    record: {
      consent,
      dncLists: row.dnc_lists,
      versionId: row.version_id,
    },
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
      consent: consent?.kind ?? null,
      consentUnclear: row.consent_unclear,
      lastTextAt: dateOf(row.last_text_at),
      lastReplyAt: dateOf(row.last_reply_at),
      lane: {
        touches: row.touches.map(({ channel, at }) => ({ channel, at: new Date(at) })),
        conversationUntil: dateOf(row.conversation_until),
      },
      laneRules: organization.lane,
      wait:
        row.wait_from === null || row.wait_until === null || isCutShort(row.wait_until, row.now)
          ? null
          : { from: new Date(row.wait_from), until: new Date(row.wait_until) },
      pauses: row.pauses.map(({ beganAt, endedAt, policy }) => ({
        beganAt: new Date(beganAt),
        endedAt: dateOf(endedAt),
        policy,
      })),
      timeZones: row.time_zones,
      states: plausibleStates({
        phone: row.phone,
        state: row.state,
        postalCode: row.postal_code,
        country: row.country,
      }),
      areaCode: areaCodeOf(row.phone),
      conversationNumber: row.conversation_number,
      numbers: row.numbers,
      carrierOpenUntil: dateOf(row.carrier_open_until),
    },
  };
}

/** A reply or a skipped step has ended the wait before its time: no pause has anything to give back on it. */
function isCutShort(waitUntil: string, now: string): boolean {
  // The touch comes when Temporal's clock says so, which may be a little before Postgres's.
  return Date.parse(waitUntil) - Date.parse(now) > 2_000;
}

/** Whose touch it is, as one row whatever it is; a callback has no launch, version or wait of a journey. */
function subjectRow(subject: TouchSubject): SQL {
  return 'journeyId' in subject
    ? sql`
      select organization_id, id as journey_id, null::uuid as callback_id, lead_id, campaign_id, launch_id, version_id,
        wait_from, wait_until, waiting_code
      from journeys where id = ${subject.journeyId}`
    : sql`
      select organization_id, null::uuid as journey_id, id as callback_id, lead_id, campaign_id, null::uuid as launch_id,
        null::uuid as version_id, null::timestamptz as wait_from, null::timestamptz as wait_until, null::text as waiting_code
      from callbacks where id = ${subject.callbackId}`;
}

function laneLock(subject: TouchSubject) {
  return sql`
    select pg_advisory_xact_lock(hashtextextended(l.organization_id::text || l.phone, 0))
    from (${subjectRow(subject)}) s join leads l on (l.organization_id, l.id) = (s.organization_id, s.lead_id)`;
}

/**
 * The row of this very touch does not count against itself, neither as a recent text nor against its number's cap. A
 * broken carrier is asked again in a spread of 20 s, so that those who wait for it do not all come at once.
 */
function factsStatement(touch: { subject: TouchSubject; touchKey: string; channel: Channel }) {
  const { subject, touchKey, channel } = touch;
  const ledger = channel === 'sms' ? sql`sms_messages` : sql`call_logs`;
  const body = channel === 'sms' ? sql`t.body` : sql`null`;
  const stepId = 'stepId' in subject ? subject.stepId : null;
  const sameSubject =
    'journeyId' in subject ? sql`own.journey_id = s.journey_id` : sql`own.journey_id is null`;
  const itself = sql`(m.journey_id, m.touch_key) is not distinct from (s.journey_id, ${touchKey})`;
  return sql`
    select app_now() as now, l.id as lead_id, s.journey_id, s.callback_id, s.campaign_id, s.version_id, l.phone, l.state,
      l.postal_code, l.country, l.time_zones, l.custom_fields,
      ${templateFieldsOf} as variables,
      (select st from journey_versions v, jsonb_array_elements(v.definition -> 'steps') st
        where v.id = s.version_id and st ->> 'id' = ${stepId}) as step,
      coalesce(c.settings, '{}') as settings, o.settings as organization_settings,
      ${sendingStopped} as sending_stopped,
      coalesce(c.paused_at is not null, false) as campaign_paused,
      coalesce(la.paused_at is not null, false) as launch_paused,
      coalesce(la.cancelled_at is not null, false) as launch_cancelled,
      ${leadBlocked} as lead_blocked, ${onDnc} as on_dnc, ${dncListsOf} as dnc_lists,
      ${newestConsent(channel, sql`s.campaign_id`)} as consent, ${consentUnclear} as consent_unclear,
      ${lastTextAt(itself)} as last_text_at, ${lastReplyAt} as last_reply_at,
      (select coalesce(jsonb_agg(jsonb_build_object('channel', e.channel, 'at', e.at) order by e.at desc), '[]') from (
        select 'sms' as channel, coalesce(m.sending_at, m.created_at) as at, m.journey_id, m.touch_key from sms_messages m
          where m.phone = l.phone and m.created_at > app_now() - interval '8 days' and m.direction = 'outbound'
            and m.kind = 'automated' and m.state in ${countingStates}
        union all
        select 'call', coalesce(k.sending_at, k.created_at), k.journey_id, k.touch_key from call_logs k
          where k.phone = l.phone and k.created_at > app_now() - interval '8 days' and k.direction = 'outbound'
            and k.state in ${countingStates}) e
        where (e.journey_id, e.touch_key) is distinct from (s.journey_id, ${touchKey})) as touches,
      (select max(j.waiting_until) from leads same
          join journeys j on (j.organization_id, j.lead_id) = (same.organization_id, same.id)
        where same.phone = l.phone and j.status = 'active' and j.waiting_for in ('reply', 'call')
          -- The lead's own journey must not keep us from a promise to that lead.
          and j.id is distinct from s.journey_id and (s.callback_id is null or j.lead_id <> s.lead_id)) as conversation_until,
      s.wait_from, s.wait_until, s.waiting_code,
      (select coalesce(jsonb_agg(jsonb_build_object('beganAt', p.began_at, 'endedAt', p.ended_at, 'policy', p.policy)), '[]')
        from (select began_at, ended_at, policy from sending_pauses
            where subject_id in (s.campaign_id, s.launch_id, s.organization_id)
          union all select began_at, ended_at, policy from platform.stops) p
        where p.ended_at > s.wait_from) as pauses,
      (select m.our_number from sms_messages m where m.phone = l.phone and m.our_number is not null
        order by m.created_at desc limit 1) as conversation_number,
      (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'e164', n.e164, 'canSms', n.can_sms, 'canVoice', n.can_voice,
          'areaCode', n.area_code, 'dailyCap', n.daily_cap, 'ratePerSecond', n.rate_per_second,
          'usedToday', coalesce(u.used, 0)
            - case when t.state = 'reserved' and t.reserved_today and t.our_number = n.e164 then 1 else 0 end)), '[]')
        from phone_numbers n left join number_usage u
          on u.organization_id = n.organization_id and u.phone_number_id = n.id and u.day = (app_now() at time zone 'UTC')::date
        where n.is_active) as numbers,
      (select case when b.open_until > app_now() then b.open_until when b.open_until is not null then b.probe_until end
          + mod(abs(hashtext(l.id::text)), 20000) * interval '1 millisecond'
        from platform.carriers b where b.name = ${carrierName} and b.open_until is not null
          and (b.open_until > app_now() or b.probe_until > app_now())) as carrier_open_until,
      case when t.id is not null then jsonb_build_object('id', t.id, 'state', t.state, 'refusalCode', t.refusal_code,
        'errorCode', t.error_code, 'ourNumber', t.our_number, 'reservedToday', t.reserved_today, 'requests', t.requests,
        'sendingAt', t.sending_at, 'body', ${body}) end as standing
    from (${subjectRow(subject)}) s
      join leads l on (l.organization_id, l.id) = (s.organization_id, s.lead_id)
      join organizations o on o.id = s.organization_id
      left join campaigns c on (c.organization_id, c.id) = (s.organization_id, s.campaign_id)
      left join launches la on (la.organization_id, la.id) = (s.organization_id, s.launch_id)
      left join lateral (
        select own.*, (own.created_at at time zone 'UTC')::date = (app_now() at time zone 'UTC')::date as reserved_today
        from ${ledger} own where ${sameSubject} and own.touch_key = ${touchKey}) t on true`;
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
