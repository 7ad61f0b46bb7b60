import { sql } from 'drizzle-orm';
import {
  callOutcome,
  callStatusAdvances,
  isFinalCallStatus,
  messageStatusAdvances,
} from '#domain/carrier-status.ts';
import type {
  AnsweredBy,
  CallOutcome,
  CarrierCallStatus,
  CarrierMessageStatus,
} from '#domain/carrier-status.ts';
import { callbackWorkflowId } from '#domain/workflow-ids.ts';
import type { TenantTransaction } from '../tenant.ts';
import { aboutTexts } from './lanes.ts';
import { preparedRowsOf } from './rows.ts';

/** What a carrier's status callback says beside the status. Instants are as Postgres writes them. */
type Report = {
  touchId: string;
  sid: string;
  errorCode: string | null;
  priceCents: number | null;
  at: string;
};

/**
 * The parts that texts and calls share: the history grows by one line, and a touch whose own request never heard an
 * answer takes the sid, for the carrier evidently has it.
 */
const adopted = ({ sid, status, errorCode, priceCents, at }: Report & { status: string }) => {
  const line = JSON.stringify({ status, at: '', ...(errorCode === null ? {} : { errorCode }) });
  return sql`
    carrier_status = ${status},
    status_history = status_history || (${line}::jsonb || jsonb_build_object('at', ${at}::timestamptz)),
    error_code = coalesce(${errorCode}::text, error_code), price_cents = coalesce(${priceCents}::numeric, price_cents),
    provider_sid = ${sid}, sent_at = coalesce(sent_at, ${at}::timestamptz),
    state = case when state in ('reserved', 'sending', 'unknown') then 'sent' else state end`;
};

export type MessageStatusResult = { phone: string; advanced: boolean; optedOut: boolean };

/** Twilio: the recipient has replied STOP to this sender. */
const optedOutAtCarrier = '21610';

/**
 * Takes a text's status if it is news. Error 21610 is the person's opt-out at the carrier, which is then ours as well,
 * for every campaign, and on record once. Null when the touch does not exist or has another sid.
 */
export async function applyMessageStatus(
  tx: TenantTransaction,
  report: Report & { status: CarrierMessageStatus },
): Promise<MessageStatusResult | null> {
  type Row = { phone: string; status: CarrierMessageStatus | null };
  const optedOut = report.errorCode === optedOutAtCarrier;
  // Before the row's own lock: the gate takes them in that order too.
  if (optedOut) await lockLaneOfText(tx, report.touchId);
  const [row] = await preparedRowsOf<Row>(
    tx,
    sql`
      select phone, carrier_status as status from sms_messages
      where id = ${report.touchId} and (provider_sid = ${report.sid} or provider_sid is null) for update`,
  );
  if (!row) return null;
  const advanced = messageStatusAdvances(row.status, report.status);
  if (advanced) {
    await preparedRowsOf(
      tx,
      sql`
      with changed as (
        update sms_messages set ${adopted(report)} where id = ${report.touchId}
        returning organization_id, lead_id, journey_id, id)
      insert into events (organization_id, type, lead_id, journey_id, data)
      select organization_id, 'message.updated', lead_id, journey_id,
        jsonb_build_object('messageId', id, 'status', ${report.status}::text) from changed`,
    );
  }
  if (optedOut) {
    await preparedRowsOf(
      tx,
      sql`
      insert into consents (organization_id, phone, kind, source, text, message_id, created_at)
      select m.organization_id, m.phone, 'opt_out', 'carrier', ${report.errorCode}, m.id, ${report.at}::timestamptz
      from sms_messages m join organizations o on o.id = m.organization_id
      where m.id = ${report.touchId} and 'opt_out' is distinct from (
        select k.kind from consents k where k.phone = m.phone and ${aboutTexts(sql`null`)}
        order by k.created_at desc, k.id desc limit 1)
      on conflict (organization_id, message_id) do nothing`,
    );
  }
  return { phone: row.phone, advanced, optedOut };
}

async function lockLaneOfText(tx: TenantTransaction, touchId: string): Promise<void> {
  await preparedRowsOf(
    tx,
    sql`
    select pg_advisory_xact_lock(hashtextextended(organization_id::text || phone, 0))
    from sms_messages where id = ${touchId}`,
  );
}

export type CallStatusResult = {
  advanced: boolean;
  touchKey: string | null;
  /** What this status settles; null while the call is going on, and for a status that came late. */
  outcome: CallOutcome | null;
  /** The journey or callback that waits for this call, while it runs. */
  workflowId: string | null;
};

/** As `applyMessageStatus`, for calls; a final status settles the outcome for good. */
export async function applyCallStatus(
  tx: TenantTransaction,
  report: Report & {
    status: CarrierCallStatus;
    answeredBy: AnsweredBy | null;
    durationSeconds: number | null;
  },
): Promise<CallStatusResult | null> {
  type Row = {
    status: CarrierCallStatus | null;
    answeredBy: AnsweredBy | null;
    outcome: CallOutcome | null;
    touchKey: string | null;
    organizationId: string;
    journeyWorkflowId: string | null;
    callbackId: string | null;
  };
  const [row] = await preparedRowsOf<Row>(
    tx,
    sql`
      select c.carrier_status as status, c.answered_by as "answeredBy", c.outcome, c.touch_key as "touchKey",
        c.organization_id as "organizationId",
        (select j.workflow_id from journeys j where j.id = c.journey_id and j.status in ('active', 'paused'))
          as "journeyWorkflowId",
        (select p.id from callbacks p where p.id = c.callback_id and p.status = 'scheduled') as "callbackId"
      from call_logs c
      where c.id = ${report.touchId} and (c.provider_sid = ${report.sid} or c.provider_sid is null) for update of c`,
  );
  if (!row) return null;
  const { touchKey, organizationId, callbackId } = row;
  const workflowId =
    callbackId === null ? row.journeyWorkflowId : callbackWorkflowId({ organizationId, callbackId });
  const answeredBy = report.answeredBy ?? row.answeredBy;
  const outcome = row.outcome ?? callOutcome(report.status, answeredBy);
  // A call that was found among the carrier's records may have its final status already, and no outcome yet.
  const settles = row.outcome === null && row.status === report.status && outcome !== null;
  if (!callStatusAdvances(row.status, report.status) && !settles) {
    // The status that settled it, told again: whoever was to hear of it may not have. Others are late and say nothing.
    return {
      advanced: false,
      touchKey,
      workflowId,
      outcome: row.status === report.status ? row.outcome : null,
    };
  }
  const ended = isFinalCallStatus(report.status) ? sql`${report.at}::timestamptz` : sql`null`;
  await preparedRowsOf(
    tx,
    sql`
    with changed as (
      update call_logs set ${adopted(report)}, answered_by = ${answeredBy}::text, outcome = ${outcome}::text,
        duration_seconds = coalesce(${report.durationSeconds}::int, duration_seconds), ended_at = coalesce(ended_at, ${ended})
      where id = ${report.touchId}
      returning organization_id, lead_id, journey_id, id)
    insert into events (organization_id, type, lead_id, journey_id, data)
    select organization_id, 'call.updated', lead_id, journey_id,
      jsonb_build_object('callId', id, 'status', ${report.status}::text, 'outcome', ${outcome}::text) from changed`,
  );
  return { advanced: true, touchKey, workflowId, outcome };
}
