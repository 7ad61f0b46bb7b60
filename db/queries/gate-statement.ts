import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { OneStatement } from '../tenant.ts';
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
} from './contact-facts.ts';
import { madeOnce } from './rows.ts';

export type Channel = 'sms' | 'call';

/** On whose behalf a touch is made: a step of a journey, or a promised callback. */
export type TouchSubject = { journeyId: string; stepId: string } | { callbackId: string };

type SubjectKind = 'journey' | 'callback';

const subjectId = sql.placeholder('subjectId');

/** Whose touch it is, as one row whatever it is; a callback has no launch, version or wait of a journey. */
function subjectRow(kind: SubjectKind): SQL {
  return kind === 'journey'
    ? sql`
      select organization_id, id as journey_id, null::uuid as callback_id, lead_id, campaign_id, launch_id, version_id,
        wait_from, wait_until, waiting_code
      from journeys where id = ${subjectId}`
    : sql`
      select organization_id, null::uuid as journey_id, id as callback_id, lead_id, campaign_id, null::uuid as launch_id,
        null::uuid as version_id, null::timestamptz as wait_from, null::timestamptz as wait_until, null::text as waiting_code
      from callbacks where id = ${subjectId}`;
}

function lockOf(kind: SubjectKind): SQL {
  return sql`
    select pg_advisory_xact_lock(hashtextextended(l.organization_id::text || l.phone, 0))
    from (${subjectRow(kind)}) s join leads l on (l.organization_id, l.id) = (s.organization_id, s.lead_id)`;
}

/**
 * The row of this very touch does not count against itself, neither as a recent text nor against its number's cap. A
 * broken carrier is asked again in a spread of 20 s, so that those who wait for it do not all come at once.
 */
function factsOf(kind: SubjectKind, channel: Channel): SQL {
  const touchKey = sql.placeholder('touchKey');
  const ledger = channel === 'sms' ? sql`sms_messages` : sql`call_logs`;
  const body = channel === 'sms' ? sql`t.body` : sql`null`;
  const sameSubject = kind === 'journey' ? sql`own.journey_id = s.journey_id` : sql`own.journey_id is null`;
  const itself = sql`(m.journey_id, m.touch_key) is not distinct from (s.journey_id, ${touchKey})`;
  // As one document: reading it takes a fraction of what forty columns take.
  return sql`
    select row_to_json(f) as facts from (select app_now() as now, l.id as lead_id, s.journey_id, s.callback_id, s.campaign_id, s.version_id, l.phone, l.state,
      l.postal_code, l.country, l.time_zones, l.custom_fields,
      ${templateFieldsOf} as variables,
      (select st from journey_versions v, jsonb_array_elements(v.definition -> 'steps') st
        where v.id = s.version_id and st ->> 'id' = ${sql.placeholder('stepId')}) as step,
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
    from (${subjectRow(kind)}) s
      join leads l on (l.organization_id, l.id) = (s.organization_id, s.lead_id)
      join organizations o on o.id = s.organization_id
      left join campaigns c on (c.organization_id, c.id) = (s.organization_id, s.campaign_id)
      left join launches la on (la.organization_id, la.id) = (s.organization_id, s.launch_id)
      left join lateral (
        select own.*, (own.created_at at time zone 'UTC')::date = (app_now() at time zone 'UTC')::date as reserved_today
        from ${ledger} own where ${sameSubject} and own.touch_key = ${touchKey}) t on true) f`;
}

const locks = { journey: madeOnce(lockOf('journey')), callback: madeOnce(lockOf('callback')) };
const facts = {
  journey: { sms: madeOnce(factsOf('journey', 'sms')), call: madeOnce(factsOf('journey', 'call')) },
  callback: { sms: madeOnce(factsOf('callback', 'sms')), call: madeOnce(factsOf('callback', 'call')) },
};

/** Locks the lane, organisation and phone, until the transaction ends. */
export function laneLock(subject: TouchSubject): OneStatement {
  return 'journeyId' in subject
    ? locks.journey({ subjectId: subject.journeyId })
    : locks.callback({ subjectId: subject.callbackId });
}

/** Everything that the gate judges, in one row. */
export function factsStatement(touch: {
  subject: TouchSubject;
  touchKey: string;
  channel: Channel;
}): OneStatement {
  const { subject, touchKey, channel } = touch;
  return 'journeyId' in subject
    ? facts.journey[channel]({ subjectId: subject.journeyId, stepId: subject.stepId, touchKey })
    : facts.callback[channel]({ subjectId: subject.callbackId, stepId: null, touchKey });
}
