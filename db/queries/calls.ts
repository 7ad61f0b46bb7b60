import { sql } from 'drizzle-orm';
import { callOutcome } from '#domain/carrier-status.ts';
import type { AnsweredBy, CallOutcome, CarrierCallStatus } from '#domain/carrier-status.ts';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

export type CallOfTouch = {
  id: string;
  providerSid: string | null;
  outcome: CallOutcome | null;
  /** How long ago the carrier took it, in milliseconds. */
  ageMs: number;
  /** The business instant of the look, as Postgres writes it. */
  now: string;
};

/** The call placed under that touch key of a journey, or of a callback (no journey); null when there is none. */
export async function findCallOfTouch(
  tx: TenantTransaction,
  touch: { journeyId: string | null; touchKey: string },
): Promise<CallOfTouch | null> {
  const whose = touch.journeyId === null ? sql`journey_id is null` : sql`journey_id = ${touch.journeyId}`;
  const [row] = await rowsOf<CallOfTouch>(
    tx,
    sql`select id, provider_sid as "providerSid", outcome, app_now() as now,
          (extract(epoch from app_now() - coalesce(sent_at, sending_at, created_at)) * 1000)::float8 as "ageMs"
        from call_logs where ${whose} and touch_key = ${touch.touchKey}`,
  );
  return row ?? null;
}

/**
 * Takes a call that the carrier has lost as ended, and asks a person to find out: as failed if nobody had answered it
 * yet. The first outcome stays, whatever is told later. Answers with the outcome that stands.
 */
export async function giveUpCall(
  tx: TenantTransaction,
  callId: string,
  lastSeen: { status: CarrierCallStatus; answeredBy: AnsweredBy | null },
): Promise<CallOutcome> {
  const { status, answeredBy } = lastSeen;
  const outcome = status === 'in-progress' ? callOutcome('completed', answeredBy) : 'failed';
  await tx.execute(sql`
    with lost as (
      update call_logs set outcome = ${outcome}::text, ended_at = app_now() where id = ${callId} and outcome is null
      returning organization_id, lead_id, journey_id, id),
    asked as (
      insert into tasks (organization_id, lead_id, journey_id, kind, title)
      select organization_id, lead_id, journey_id, 'unknown_outcome',
        'How did this call end? The carrier still reports it as going on.' from lost)
    insert into events (organization_id, type, lead_id, journey_id, data)
    select organization_id, 'call.updated', lead_id, journey_id,
      jsonb_build_object('callId', id, 'status', ${status}::text, 'outcome', ${outcome}::text) from lost`);
  const [row] = await rowsOf<{ outcome: CallOutcome }>(
    tx,
    sql`select outcome from call_logs where id = ${callId}`,
  );
  return row!.outcome;
}
