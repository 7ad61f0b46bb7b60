import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { TouchReasons } from '#domain/compliance/touch-reasons.ts';
import type { JourneyDefinition, Step } from '#domain/journey/definition.ts';
import type { JourneyStatus, Rest } from '#domain/journey/state.ts';
import type { Database } from '../database.ts';
import type { StatusHistory, TouchState } from '../schema/touches.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { inOneStatement, iso } from './reading.ts';
import { rowsOf } from './rows.ts';

export type RestingJourney = {
  now: Date;
  status: JourneyStatus;
  stepId: string | null;
  waitingFor: Rest['kind'] | null;
  waitingUntil: Date | null;
  waitingCode: string | null;
  definition: JourneyDefinition;
  version: { id: string; number: number };
  timeZones: string[];
  /** The touch that the gate has put off or holds, and since when; null = none was asked for yet. */
  asked: { touchKey: string; since: Date } | null;
};

/** Where a journey rests, for whoever asks why. Null when there is no such journey. */
export async function readRestingJourney(
  tx: TenantTransaction,
  journeyId: string,
): Promise<RestingJourney | null> {
  type Row = Omit<RestingJourney, 'now' | 'waitingUntil' | 'asked'> & {
    now: string;
    waitingUntil: string | null;
    asked: { touchKey: string; since: string } | null;
  };
  const [row] = await rowsOf<Row>(
    tx,
    sql`
      select app_now() as now, j.status, j.step_id as "stepId", j.waiting_for as "waitingFor",
        j.waiting_until as "waitingUntil", j.waiting_code as "waitingCode", v.definition,
        jsonb_build_object('id', v.id, 'number', v.number) as version, l.time_zones as "timeZones",
        (select jsonb_build_object('touchKey', e.data ->> 'touchKey', 'since', min(e.at)) from journey_events e
          where e.journey_id = j.id and e.step_id = j.step_id and e.kind ~ '-(deferred|held)$'
          group by e.data ->> 'touchKey' order by max(e.seq) desc limit 1) as asked
      from journeys j
        join journey_versions v on (v.organization_id, v.id) = (j.organization_id, j.version_id)
        join leads l on (l.organization_id, l.id) = (j.organization_id, j.lead_id)
      where j.id = ${journeyId}`,
  );
  if (!row) return null;
  const { now, waitingUntil, asked } = row;
  return {
    ...row,
    now: new Date(now),
    waitingUntil: waitingUntil === null ? null : new Date(waitingUntil),
    asked: asked && { touchKey: asked.touchKey, since: new Date(asked.since) },
  };
}

export type TouchRecord = {
  id: string;
  channel: 'sms' | 'call';
  kind: 'automated' | 'confirmation' | 'manual' | 'callback';
  state: TouchState;
  refusalCode: string | null;
  errorCode: string | null;
  requests: number;
  /** The text that went out, or would have; null for a call. */
  body: string | null;
  journeyId: string | null;
  campaign: { id: string; name: string } | null;
  version: { id: string; number: number } | null;
  stepId: string | null;
  step: Step | null;
  reasons: TouchReasons | null;
  /** The word of the consent ledger that ruled then. */
  consent: {
    id: string;
    kind: 'opt_in' | 'opt_out';
    channel: string;
    source: string;
    text: string | null;
    at: string;
  } | null;
  /** Lists that had the number then. */
  onLists: { list: string; at: string }[];
  createdAt: string;
  sendingAt: string | null;
  sentAt: string | null;
  endedAt: string | null;
  statusHistory: StatusHistory;
};

/** What is on record about a text or a call of ours. Null when there is none of that id. */
export async function readTouch(
  database: Database,
  scope: TenantScope,
  touchId: string,
): Promise<TouchRecord | null> {
  const common = sql`
    organization_id, id, state, refusal_code, error_code, requests, journey_id, campaign_id, touch_key, reasons, phone,
    created_at, sending_at, sent_at, status_history`;
  const [row] = await inOneStatement<TouchRecord>(
    database,
    scope,
    sql`
      select t.id, t.channel, t.kind, t.state, t.refusal_code as "refusalCode", t.error_code as "errorCode", t.requests,
        t.body, t.journey_id as "journeyId",
        case when c.id is not null then jsonb_build_object('id', c.id, 'name', c.name) end as campaign,
        case when v.id is not null then jsonb_build_object('id', v.id, 'number', v.number) end as version, t.step_id as "stepId",
        (select s from jsonb_array_elements(v.definition -> 'steps') s where s ->> 'id' = t.step_id) as step,
        t.reasons, ${ruledBy(sql`t`)} as consent,
        (select coalesce(jsonb_agg(jsonb_build_object('list', d.list, 'at', ${iso(sql`d.created_at`)}) order by d.list), '[]')
          from dnc_entries d where d.phone = t.phone and d.created_at <= t.created_at) as "onLists",
        ${iso(sql`t.created_at`)} as "createdAt", ${iso(sql`t.sending_at`)} as "sendingAt", ${iso(sql`t.sent_at`)} as "sentAt",
        ${iso(sql`t.ended_at`)} as "endedAt", t.status_history as "statusHistory"
      from (
        select 'sms' as channel, ${common}, kind, body, null::timestamptz as ended_at,
          coalesce(reasons ->> 'stepId', case when journey_id is not null then split_part(touch_key, ':', 1) end) as step_id
        from sms_messages where id = ${touchId} and direction = 'outbound'
        union all
        select 'call', ${common}, case when callback_id is null then 'automated' else 'callback' end, null, ended_at,
          coalesce(reasons ->> 'stepId', case when journey_id is not null then split_part(touch_key, ':', 1) end)
        from call_logs where id = ${touchId} and direction = 'outbound') t
        join organizations o on o.id = t.organization_id
        left join campaigns c on (c.organization_id, c.id) = (t.organization_id, t.campaign_id)
        left join journeys j on (j.organization_id, j.id) = (t.organization_id, t.journey_id)
        left join journey_versions v on v.organization_id = t.organization_id
          and v.id = coalesce((t.reasons ->> 'versionId')::uuid, j.version_id)`,
  );
  return row ?? null;
}

/** The consent that the gate went by: the row that the touch's reasons name. */
function ruledBy(touch: SQL): SQL {
  return sql`
    (select jsonb_build_object('id', k.id, 'kind', k.kind, 'channel', k.channel, 'source', k.source, 'text', k.text,
        'at', ${iso(sql`k.created_at`)})
      from consents k
      where k.id = (${touch}.reasons -> 'consent' ->> 'id')::uuid)`;
}
