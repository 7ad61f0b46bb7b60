import { sql } from 'drizzle-orm';
import type { CarrierCall, CarrierMessage } from '#domain/carrier-records.ts';
import type { TouchReasons } from '#domain/compliance/touch-reasons.ts';
import type { Database } from '../database.ts';
import { inOneTrip } from '../tenant.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { failureStatement, successStatement } from './carrier-health.ts';
import type { Channel } from './gate-statement.ts';
import { rowsOf } from './rows.ts';

/**
 * The ledger of touches: `sending → sent | refused | failed | unknown`, keyed by journey and step execution. A reservation
 * is written as `sending` at once, for its commit is the last thing before the wire; `reserved` is one whose request the
 * carrier surely does not have. Every change names the state it expects, so that an attempt that was thought dead can no
 * longer move anything.
 */
export type NewTouch = {
  journeyId: string | null;
  callbackId: string | null;
  touchKey: string;
  channel: Channel;
  leadId: string | null;
  campaignId: string | null;
  phone: string;
  kind: 'automated' | 'confirmation';
  /** Text: its body. Call: null. */
  body: string | null;
  /** Call: which attempt of the step. */
  attempt: number | null;
};

export const tableOf = (channel: Channel) => (channel === 'sms' ? 'sms_messages' : 'call_logs');

/** The columns that only texts, or only calls, have; a text has a body, if only an empty one. */
export function ownColumns(
  channel: Channel,
  touch: Record<'kind' | 'body' | 'attempt' | 'callbackId', unknown>,
) {
  return channel === 'sms'
    ? { names: sql`kind, body`, values: sql`${touch.kind}, ${touch.body}` }
    : { names: sql`attempt, callback_id`, values: sql`${touch.attempt}::int, ${touch.callbackId}::uuid` };
}

/** Puts the gate's no on record. A reservation that it overrules becomes the refusal. */
export async function recordRefusal(
  tx: TenantTransaction,
  touch: NewTouch,
  code: string,
  reasons: TouchReasons,
): Promise<void> {
  const own = ownColumns(touch.channel, { ...touch, body: touch.body ?? '' });
  const once =
    touch.journeyId === null
      ? sql`(organization_id, touch_key) where journey_id is null and touch_key is not null`
      : sql`(organization_id, journey_id, touch_key)`;
  await tx.execute(sql`
    insert into ${sql.raw(tableOf(touch.channel))} as t
      (organization_id, direction, lead_id, journey_id, campaign_id, touch_key, phone, state, refusal_code, reasons,
        ${own.names})
    values ((select nullif(current_setting('app.organization_id', true), '')::uuid), 'outbound', ${touch.leadId}::uuid,
      ${touch.journeyId}::uuid, ${touch.campaignId}::uuid, ${touch.touchKey}, ${touch.phone}, 'refused', ${code},
      ${JSON.stringify(reasons)}::jsonb, ${own.values})
    on conflict ${once} do update set state = 'refused', refusal_code = ${code}, reasons = excluded.reasons where t.state = 'reserved'`);
}

/** Gives a reservation back, with its place under the number's cap; it is made anew when the gate says so. */
export async function releaseReservation(
  tx: TenantTransaction,
  channel: Channel,
  touchId: string,
): Promise<void> {
  await tx.execute(
    sql`
      with gone as (
        delete from ${sql.raw(tableOf(channel))} where id = ${touchId} and state = 'reserved'
        returning our_number, (created_at at time zone 'UTC')::date as day)
      update number_usage u set used = u.used - 1
      from gone join phone_numbers n on n.e164 = gone.our_number
      where u.phone_number_id = n.id and u.day = gone.day`,
  );
}

/** A reservation that stands is about to be sent again. False when its status came after all: then nothing may be sent. */
export async function resumeReservation(tx: TenantTransaction, channel: Channel, touchId: string) {
  const rows = await rowsOf(
    tx,
    sql`update ${sql.raw(tableOf(channel))} set state = 'sending', requests = requests + 1, sending_at = app_now()
        where id = ${touchId} and state = 'reserved' returning id`,
  );
  return rows.length === 1;
}

/**
 * The carrier surely does not have it: the reservation stands as it was before the request. `busy`: the carrier named a
 * time to come back, and until then nobody else asks it from this number either; it answers, so its breaker closes.
 * `down`: it counts as a failure.
 */
export async function markNotSent(
  database: Database,
  scope: TenantScope,
  channel: Channel,
  touchId: string,
  carrier: { was: 'well' } | { was: 'down' } | { was: 'busy'; forMs: number } = { was: 'well' },
) {
  const table = tableOf(channel);
  const back = `update ${table} set state = 'reserved' where id = $1 and state = 'sending' returning id, our_number`;
  const statements = {
    well: { text: back, values: [touchId] },
    down: {
      text: `with back as (${back}), failed as (${failureStatement}) select id from back`,
      values: [touchId],
    },
    busy: {
      text: `with back as (${back}), closed as (${successStatement}),
               slowed as (
                 update send_rates r set free_at = greatest(r.free_at, app_now() + $2::float8 * interval '1 millisecond')
                 from back join phone_numbers n on n.e164 = back.our_number where r.subject_id = n.id)
             select id from back`,
      values: [touchId, carrier.was === 'busy' ? carrier.forMs : 0],
    },
  };
  await inOneTrip(database, scope, { name: `${table}_not_sent_${carrier.was}`, ...statements[carrier.was] });
}

/** The carrier has it under this sid. A status callback may have come first and said so already. */
export async function markSent(
  database: Database,
  scope: TenantScope,
  touchId: string,
  record: { channel: 'sms'; message: CarrierMessage } | { channel: 'call'; call: CarrierCall },
) {
  if (record.channel === 'sms') {
    const { sid, status, segments, priceCents } = record.message;
    await inOneTrip(database, scope, {
      name: 'sms_messages_sent',
      text: `with closed as (${successStatement}) update sms_messages set state = 'sent', sent_at = coalesce(sent_at, app_now()), provider_sid = $2,
               carrier_status = coalesce(carrier_status, $3), segments = coalesce(segments, $4),
               price_cents = coalesce(price_cents, $5),
               status_history = case when jsonb_array_length(status_history) = 0
                 then jsonb_build_array(jsonb_build_object('status', $3::text, 'at', app_now())) else status_history end
             where id = $1 and (state in ('sending', 'unknown') or provider_sid = $2) returning id`,
      values: [touchId, sid, status, segments, priceCents],
    });
    return;
  }
  const { sid, status } = record.call;
  await inOneTrip(database, scope, {
    name: 'call_logs_sent',
    text: `with closed as (${successStatement}) update call_logs set state = 'sent', sent_at = coalesce(sent_at, app_now()), provider_sid = $2,
             carrier_status = coalesce(carrier_status, $3),
             status_history = case when jsonb_array_length(status_history) = 0
               then jsonb_build_array(jsonb_build_object('status', $3::text, 'at', app_now())) else status_history end
           where id = $1 and (state in ('sending', 'unknown') or provider_sid = $2) returning id`,
    values: [touchId, sid, status],
  });
}

/** The carrier's final no. Code 21610 is the person's opt-out at the carrier, which is then ours as well. */
export async function markFailed(
  database: Database,
  scope: TenantScope,
  channel: Channel,
  touchId: string,
  errorCode: string,
): Promise<void> {
  const table = tableOf(channel);
  await inOneTrip(database, scope, {
    name: `${table}_failed`,
    text: `with closed as (${successStatement}), failed as (
             update ${table} set state = 'failed', error_code = $2 where id = $1 and state = 'sending'
             returning organization_id, phone)
           insert into consents (organization_id, phone, kind, source, text)
           select organization_id, phone, 'opt_out', 'carrier', $2 from failed where $2 = '21610'
             and 'opt_out' is distinct from (select k.kind from consents k
               where k.phone = failed.phone and k.channel in ('all', 'sms') and k.campaign_id is null
               order by k.created_at desc, k.id desc limit 1)`,
    values: [touchId, errorCode],
  });
}

/** Nobody can say whether it was sent: it is not sent again, and a person is asked to look. */
export async function markUnknown(database: Database, scope: TenantScope, channel: Channel, touchId: string) {
  const table = tableOf(channel);
  await inOneTrip(database, scope, {
    name: `${table}_unknown`,
    text: `with lost as (
             update ${table} set state = 'unknown' where id = $1 and state = 'sending'
             returning organization_id, lead_id, journey_id)
           insert into tasks (organization_id, lead_id, journey_id, kind, title)
           select organization_id, lead_id, journey_id, 'unknown_outcome', $2 from lost`,
    values: [
      touchId,
      channel === 'sms'
        ? 'Was this text sent? The carrier cannot say.'
        : 'Was this call placed? The carrier cannot say.',
    ],
  });
}

/** Of these carrier sids, the ones that the ledger already holds: they belong to other touches. */
export async function adoptedSids(
  tx: TenantTransaction,
  channel: Channel,
  sids: string[],
): Promise<Set<string>> {
  const rows = await rowsOf<{ provider_sid: string }>(
    tx,
    sql`select provider_sid from ${sql.raw(tableOf(channel))} where provider_sid in ${sids}`,
  );
  return new Set(rows.map((row) => row.provider_sid));
}
