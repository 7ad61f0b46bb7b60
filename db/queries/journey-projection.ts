import type { JourneyStatus, TimelineEntry } from '#domain/journey/state.ts';
import type { Database } from '../database.ts';
import { inOneTrip } from '../tenant.ts';
import type { TenantScope } from '../tenant.ts';

/** What the rest of the product sees of a journey between two of its turns. */
export type JourneyProjection = {
  journeyId: string;
  /** Grows with every turn of the workflow that counts; a projection that is older than the stored one changes nothing. */
  revision: number;
  status: JourneyStatus;
  endReason: string | null;
  stepId: string;
  waitingFor: string | null;
  waitingUntilMs: number | null;
  waitingCode: string | null;
  lastDisposition: string | null;
  /**
   * The wait of the journey's own that it rests on, from when until when: pauses of sending are given back on it. Null
   * leaves the last one as it is: the journey rests on something else, or on nothing.
   */
  wait: { fromMs: number; untilMs: number } | null;
  /** New lines of the timeline, numbered on from `firstSeq`. Whatever stood there was told by a turn that did not count. */
  firstSeq: number;
  timeline: TimelineEntry[];
};

/**
 * Writes where a journey has come to rest, its new timeline lines and the change event: one statement, one round trip,
 * harmless when repeated. True when it rests on a hold that has been lifted in the meantime: whoever woke the held ones
 * may have passed by before this one was among them.
 */
export async function recordProjection(
  database: Database,
  scope: TenantScope,
  projection: JourneyProjection,
): Promise<boolean> {
  const instant = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  const lines = projection.timeline.map((entry, index) => ({
    seq: projection.firstSeq + index,
    kind: entry.kind,
    step_id: entry.stepId,
    data: entry.data,
    at: new Date(entry.atMs).toISOString(),
  }));
  const [held] = await inOneTrip<{ lifted: boolean }>(database, scope, {
    name: 'record_journey_projection',
    text: recordStatement,
    values: [
      projection.journeyId,
      projection.revision,
      projection.status,
      projection.endReason,
      projection.stepId,
      projection.waitingFor,
      projection.waitingUntilMs === null ? null : new Date(projection.waitingUntilMs).toISOString(),
      projection.waitingCode,
      projection.lastDisposition,
      JSON.stringify(lines),
      projection.firstSeq + lines.length,
      instant(projection.wait?.fromMs),
      instant(projection.wait?.untilMs),
    ],
  });
  return held?.lifted ?? false;
}

/**
 * A wait that something cut short (a reply, a skipped step) was over when the journey came to its touch. Postgres's clock
 * and Temporal's may differ by a little.
 */
const cutShort = `$12::timestamptz is null and $6 in ('defer', 'hold', 'call') and wait_until > app_now() + interval '2 seconds'`;

/** Exactly what the gate holds by. */
const lifted = `
  case $8
    when 'SENDING_STOPPED' then o.sending_stopped_at is null and o.is_active
      and not exists (select from platform.switches where sending_stopped_at is not null)
    when 'CAMPAIGN_PAUSED' then c.paused_at is null
    when 'LAUNCH_PAUSED' then la.paused_at is null
    else false end`;

const recordStatement = `
  with moved as (
    update journeys set revision = $2, status = $3, end_reason = case when $4::text = 'manual' then coalesce(end_reason, $4::text) else $4::text end, step_id = $5, waiting_for = $6,
      waiting_until = $7::timestamptz, waiting_code = $8, last_disposition = $9, updated_at = app_now(),
      wait_from = case when ${cutShort} then app_now() else coalesce($12, wait_from) end,
      wait_until = case when ${cutShort} then app_now() else coalesce($13::timestamptz, wait_until) end,
      ended_at = case when $3 in ('completed', 'removed', 'failed') then coalesce(ended_at, app_now()) end
    where id = $1 and (revision < $2 or revision = $2
      and (status, end_reason, step_id, waiting_for, waiting_until, waiting_code, last_disposition)
        is distinct from ($3, $4, $5, $6, $7::timestamptz, $8, $9))
    returning organization_id, id, lead_id, launch_id),
  told as (
    insert into journey_events (organization_id, journey_id, seq, kind, step_id, data, at)
    select m.organization_id, m.id, l.seq, l.kind, l.step_id, l.data, l.at
    from moved m, jsonb_to_recordset($10::jsonb)
      as l(seq int, kind text, step_id text, data jsonb, at timestamptz)
    on conflict (organization_id, journey_id, seq) do update
      set kind = excluded.kind, step_id = excluded.step_id, data = excluded.data, at = excluded.at),
  untold as (
    delete from journey_events e using moved m
    where (e.organization_id, e.journey_id) = (m.organization_id, m.id) and e.seq >= $11::int),
  announced as (
    insert into events (organization_id, type, lead_id, journey_id, launch_id, data)
    select organization_id, 'journey.updated', lead_id, id, launch_id,
      jsonb_build_object('status', $3::text, 'stepId', $5::text, 'waitingFor', $6::text)
    from moved)
  select ${lifted} as lifted
  from journeys j
    join organizations o on o.id = j.organization_id
    join campaigns c on (c.organization_id, c.id) = (j.organization_id, j.campaign_id)
    join launches la on (la.organization_id, la.id) = (j.organization_id, j.launch_id)
  where j.id = $1 and $6 = 'hold'`;
