import { sql } from 'drizzle-orm';
import { callOutcome, callStatusAdvances } from '#domain/carrier-status.ts';
import type { AnsweredBy, CallOutcome, CarrierCallStatus } from '#domain/carrier-status.ts';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

export type CallOfTouch = { id: string; providerSid: string | null; outcome: CallOutcome | null };

/** The call placed under that touch key, or null when there is none. */
export async function findCallOfTouch(
  tx: TenantTransaction,
  touch: { journeyId: string; touchKey: string },
): Promise<CallOfTouch | null> {
  const [row] = await rowsOf<CallOfTouch>(
    tx,
    sql`select id, provider_sid as "providerSid", outcome from call_logs
        where journey_id = ${touch.journeyId} and touch_key = ${touch.touchKey}`,
  );
  return row ?? null;
}

export type CallReport = {
  sid: string;
  status: CarrierCallStatus;
  answeredBy: AnsweredBy | null;
  durationSeconds: number | null;
  priceCents: number | null;
};

export type RecordedCall = {
  /** The journey that placed it; null for a call of no journey. */
  workflowId: string | null;
  touchKey: string | null;
  outcome: CallOutcome | null;
};

/**
 * Takes over what the carrier says about a call, from a callback or because we asked. A status only moves up its order;
 * a sid that is another call's, or a touch that does not exist, changes nothing and is answered with null.
 */
export async function recordCallReport(
  tx: TenantTransaction,
  touchId: string,
  report: CallReport,
): Promise<RecordedCall | null> {
  type Row = {
    provider_sid: string | null;
    carrier_status: CarrierCallStatus | null;
    answered_by: AnsweredBy | null;
  };
  const [row] = await rowsOf<Row & RecordedCall>(
    tx,
    sql`
      select c.provider_sid, c.carrier_status, c.answered_by, c.outcome, c.touch_key as "touchKey",
        (select workflow_id from journeys j where j.id = c.journey_id) as "workflowId"
      from call_logs c where c.id = ${touchId} for update`,
  );
  if (!row || (row.provider_sid !== null && row.provider_sid !== report.sid)) return null;
  const answeredBy = report.answeredBy ?? row.answered_by;
  const advances = callStatusAdvances(row.carrier_status, report.status);
  const status = advances ? report.status : row.carrier_status;
  const outcome = row.outcome ?? callOutcome(report.status, answeredBy);
  const line = advances ? [{ status: report.status }] : [];
  await tx.execute(sql`
    update call_logs set provider_sid = ${report.sid}, carrier_status = ${status}, answered_by = ${answeredBy},
      state = case when state in ('reserved', 'sending', 'unknown') then 'sent' else state end,
      sent_at = coalesce(sent_at, app_now()),
      outcome = ${outcome}, duration_seconds = coalesce(${report.durationSeconds}::int, duration_seconds),
      price_cents = coalesce(${report.priceCents}::numeric, price_cents),
      ended_at = case when ${outcome}::text is not null then coalesce(ended_at, app_now()) end,
      status_history = status_history || (select coalesce(jsonb_agg(l || jsonb_build_object('at', app_now())), '[]')
        from jsonb_array_elements(${JSON.stringify(line)}::jsonb) l)
    where id = ${touchId}`);
  return { workflowId: row.workflowId, touchKey: row.touchKey, outcome };
}
