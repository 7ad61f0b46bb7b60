import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { lateAfterMs } from '#domain/callback.ts';
import type { CallbackStatus } from '#domain/callback.ts';
import type { Database } from '../database.ts';
import { systemScope } from '../tenant.ts';
import type { TenantTransaction } from '../tenant.ts';
import { inOneStatement } from './reading.ts';
import { survivorOf } from './lead-union.ts';
import { rowsOf } from './rows.ts';

export type NewCallback = {
  leadId: string;
  journeyId: string | null;
  campaignId: string | null;
  /** When: an instant as Postgres reads it. Kept to the millisecond, because workflows compare it. */
  dueAt: SQL;
  say: string | null;
  note: string | null;
  /** Who promised: `manual`, `ai`, `system` or `api`. */
  source: string;
  userId: string | null;
  /** The same key again for the same lead makes no second promise; null = every request is one. */
  requestKey: string | null;
};

/** Writes a promise with its event. Null when there is no such lead, or the request has made its promise before. */
export async function insertCallback(
  tx: TenantTransaction,
  callback: NewCallback,
): Promise<{ id: string } | null> {
  const [made] = await rowsOf<{ id: string }>(
    tx,
    sql`
      with made as (
        insert into callbacks (organization_id, lead_id, journey_id, campaign_id, due_at, say, note, source, created_by,
          request_key)
        select organization_id, id, ${callback.journeyId}::uuid, ${callback.campaignId}::uuid,
          date_trunc('milliseconds', ${callback.dueAt}), ${callback.say}::text, ${callback.note}::text,
          ${callback.source}, ${callback.userId}::uuid, ${callback.requestKey}::text
        from leads where id = ${callback.leadId} and deleted_at is null
        on conflict (organization_id, lead_id, request_key) do nothing
        returning *),
      told as (${tellOf('made', 'callback.scheduled')})
      select id from made`,
  );
  return made ?? null;
}

/** The promise that a request has made. */
export async function findCallbackOfRequest(
  tx: TenantTransaction,
  leadId: string,
  requestKey: string,
): Promise<{ id: string; campaignId: string | null } | null> {
  const [row] = await rowsOf<{ id: string; campaignId: string | null }>(
    tx,
    sql`select id, campaign_id as "campaignId" from callbacks where lead_id = ${survivorOf(leadId)} and request_key = ${requestKey}`,
  );
  return row ?? null;
}

/** What a person changes about a promise that is still to be kept. False when it is not, or is none. */
export async function changeCallback(
  tx: TenantTransaction,
  id: string,
  change: { cancel: { note: string | null } } | { dueAt: Date },
): Promise<boolean> {
  const [set, event] =
    'cancel' in change
      ? [
          sql`status = 'cancelled', note = coalesce(${change.cancel.note}::text, note)`,
          tellOf('changed', 'callback.cancelled'),
        ]
      : [
          sql`due_at = ${change.dueAt.toISOString()}::timestamptz`,
          tellOf('changed', 'callback.scheduled', sql`jsonb_build_object('rescheduled', true)`),
        ];
  const rows = await rowsOf(
    tx,
    sql`
      with changed as (
        update callbacks set ${set}, updated_at = app_now() where id = ${id} and status = 'scheduled' returning *),
      told as (${event})
      select id from changed`,
  );
  return rows.length === 1;
}

export type CallbackPromise = {
  status: CallbackStatus;
  dueAtMs: number;
  /** Tries that have ended, whatever time they were promised for. */
  attempts: number;
  /** Its workflow sees it for the first time. */
  isNew: boolean;
};

/** A promise as its workflow sees it, on record as being in hand from then on. Null when there is none. */
export async function takeCallback(tx: TenantTransaction, id: string): Promise<CallbackPromise | null> {
  const [row] = await rowsOf<Omit<CallbackPromise, 'dueAtMs'> & { dueAtMs: string }>(
    tx,
    sql`
      with seen as (select started_at from callbacks where id = ${id} for update)
      update callbacks c set started_at = coalesce(c.started_at, app_now()) from seen where c.id = ${id}
      returning c.status, (extract(epoch from c.due_at) * 1000)::bigint::text as "dueAtMs", c.attempts,
        seen.started_at is null as "isNew"`,
  );
  return row ? { ...row, dueAtMs: Number(row.dueAtMs) } : null;
}

/** Whether a call may still be placed for that time, and what stands in the ledger for it. Locks the promise. */
export async function lockCallbackForCall(
  tx: TenantTransaction,
  call: { callbackId: string; touchKey: string; dueAtMs: number },
): Promise<{ stands: boolean; touch: { id: string; state: string } | null } | null> {
  const [row] = await rowsOf<{ stands: boolean }>(
    tx,
    sql`
      select status = 'scheduled' and ${isDueAt(call.dueAtMs)} as stands
      from callbacks where id = ${call.callbackId} for update`,
  );
  if (!row) return null;
  const [touch] = await rowsOf<{ id: string; state: string }>(
    tx,
    sql`select id, state from call_logs where journey_id is null and touch_key = ${call.touchKey}`,
  );
  return { stands: row.stands, touch: touch ?? null };
}

export type Settlement = {
  callbackId: string;
  /** The promised time that was tried for; moved meanwhile, the promise stands for the new time. */
  dueAtMs: number;
  touchKey: string;
  /** The number of the try; its key in the ledger is used up. */
  attempt: number;
  status: CallbackStatus;
  /** Why it was missed or cancelled; kept with the note. */
  reason: string | null;
};

/**
 * Writes what became of a try, with its event and, for a missed promise, the task of a person; the same again changes
 * nothing. Answers with the status that now stands and, if this call made it so, how a kept promise was kept.
 */
export async function settleCallback(
  tx: TenantTransaction,
  settlement: Settlement,
): Promise<{ status: CallbackStatus; settled: 'kept' | 'late' | 'missed' | 'cancelled' | null }> {
  const { callbackId, dueAtMs, touchKey, attempt, status, reason } = settlement;
  type Row = { status: CallbackStatus; stands: boolean };
  const [row] = await rowsOf<Row>(
    tx,
    sql`
      update callbacks set attempts = greatest(attempts, ${attempt}::int), updated_at = app_now()
      where id = ${callbackId} returning status, status = 'scheduled' and ${isDueAt(dueAtMs)} as stands`,
  );
  if (!row) throw new Error('The callback that was tried does not exist');
  if (!row.stands || status === 'scheduled') return { status: row.status, settled: null };
  const called = sql`(select sent_at from call_logs where journey_id is null and touch_key = ${touchKey})`;
  const [settled] = await rowsOf<{ late: boolean | null }>(
    tx,
    sql`
      with changed as (
        update callbacks set status = ${status}, updated_at = app_now(),
          kept_at = case when ${status}::text = 'kept' then coalesce(${called}, app_now()) end,
          note = nullif(concat_ws(' · ', note, ${reason}::text), '')
        where id = ${callbackId} returning *),
      told as (${tellOf('changed', `callback.${status}`, sql`jsonb_strip_nulls(jsonb_build_object('late', ${isLate}, 'reason', ${reason}::text))`)}),
      asked as (
        insert into tasks (organization_id, lead_id, journey_id, kind, title, due_at)
        select organization_id, lead_id, journey_id, 'callback_missed', 'A promised call did not reach them: call them back.',
          app_now()
        from changed where status = 'missed')
      select ${isLate} as late from changed`,
  );
  return { status, settled: status === 'kept' && settled!.late ? 'late' : status };
}

/** Whether a kept promise was kept late; null for any other. */
export const isLate = sql`(kept_at > due_at + ${lateAfterMs}::float8 * interval '1 millisecond')`;

function isDueAt(dueAtMs: number): SQL {
  return sql`date_trunc('milliseconds', due_at) = ${new Date(dueAtMs).toISOString()}::timestamptz`;
}

/** The event of a change, told in its statement. */
function tellOf(source: 'made' | 'changed', type: string, more: SQL = sql`'{}'::jsonb`): SQL {
  return sql`
    insert into events (organization_id, type, lead_id, journey_id, data)
    select organization_id, ${type}::text, lead_id, journey_id,
      jsonb_build_object('callbackId', id, 'dueAt', due_at) || ${more} from ${sql.raw(source)}`;
}

/**
 * Promises that no workflow has in hand though they were made at least that long ago, and those that nobody has settled
 * an hour after they could have been kept at all. The most urgent first, so many at most.
 */
export async function callbacksToStart(
  database: Database,
  organizationId: string,
  { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number },
): Promise<{ callbackId: string; leadId: string; campaignId: string | null }[]> {
  return inOneStatement(
    database,
    systemScope(organizationId),
    sql`
      select id as "callbackId", lead_id as "leadId", campaign_id as "campaignId" from callbacks
      where status = 'scheduled' and (due_at < app_now() - interval '25 hours'
        or (started_at is null and created_at < app_now() - ${olderThanSeconds} * interval '1 second'))
      order by due_at limit ${limit}`,
  );
}

export type CallbackFacts = {
  now: Date;
  timeZones: string[];
  /** The journey that is named is one of this lead's. */
  journeyFound: boolean;
  journeyCampaignId: string | null;
  campaignFound: boolean;
};

/** What has to be known before a promise is made. Null when there is no such lead. */
export async function factsForCallback(
  tx: TenantTransaction,
  asked: { leadId: string; journeyId?: string | undefined; campaignId?: string | undefined },
): Promise<CallbackFacts | null> {
  const [row] = await rowsOf<Omit<CallbackFacts, 'now'> & { now: string }>(
    tx,
    sql`
      select app_now() as now, to_jsonb(l.time_zones) as "timeZones", j.id is not null as "journeyFound",
        j.campaign_id as "journeyCampaignId",
        exists (select from campaigns where id = ${asked.campaignId ?? null}::uuid) as "campaignFound"
      from leads l left join journeys j on j.lead_id = l.id and j.id = ${asked.journeyId ?? null}::uuid
      where l.id = ${asked.leadId} and l.deleted_at is null`,
  );
  return row ? { ...row, now: new Date(row.now) } : null;
}

/** The same of a promise that is there. */
export async function factsOfCallback(
  tx: TenantTransaction,
  id: string,
): Promise<{ now: Date; timeZones: string[] } | null> {
  const [row] = await rowsOf<{ now: string; timeZones: string[] }>(
    tx,
    sql`
      select app_now() as now, to_jsonb(l.time_zones) as "timeZones"
      from callbacks c join leads l on (l.organization_id, l.id) = (c.organization_id, c.lead_id) where c.id = ${id}`,
  );
  return row ? { ...row, now: new Date(row.now) } : null;
}
