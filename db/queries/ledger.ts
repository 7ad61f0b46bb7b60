import { sql } from 'drizzle-orm';
import type { CarrierCall, CarrierMessage } from '#domain/carrier-records.ts';
import type { Database } from '../database.ts';
import { inOneTrip } from '../tenant.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import type { Channel } from './gate-facts.ts';
import { rowsOf } from './rows.ts';

/**
 * The ledger of touches: `reserved → sending → sent | refused | failed | unknown`, keyed by journey and step execution.
 * Every change names the state it expects, so that an attempt that was thought dead can no longer move anything.
 */
export type TouchKey = { journeyId: string; touchKey: string };

export type NewTouch = TouchKey & {
  channel: Channel;
  leadId: string;
  campaignId: string;
  phone: string;
  /** Text: its body. Call: null. */
  body: string | null;
  /** Call: which attempt of the step. */
  attempt: number | null;
};

const tableOf = (channel: Channel) => (channel === 'sms' ? 'sms_messages' : 'call_logs');

/**
 * Writes the reservation and counts it against the number's day, both or neither. Null when the number's cap has been
 * reached in the meantime.
 */
export async function reserveTouch(
  tx: TenantTransaction,
  touch: NewTouch,
  number: { id: string; e164: string; dailyCap: number | null },
): Promise<{ id: string } | null> {
  const own = touch.channel === 'sms' ? sql`kind, body` : sql`attempt`;
  const ownValues = touch.channel === 'sms' ? sql`'automated', ${touch.body}` : sql`${touch.attempt}::int`;
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
      with usage as (
        insert into number_usage as u (organization_id, phone_number_id, day, used)
        select organization_id, id, (app_now() at time zone 'UTC')::date, 1 from phone_numbers
        where id = ${number.id} and coalesce(daily_cap, 1) > 0
        on conflict (organization_id, phone_number_id, day) do update set used = u.used + 1
          where ${number.dailyCap}::int is null or u.used < ${number.dailyCap}::int
        returning u.organization_id)
      insert into ${sql.raw(tableOf(touch.channel))}
        (organization_id, direction, lead_id, journey_id, campaign_id, touch_key, phone, our_number, state, ${own})
      select organization_id, 'outbound', ${touch.leadId}::uuid, ${touch.journeyId}::uuid, ${touch.campaignId}::uuid,
        ${touch.touchKey}, ${touch.phone}, ${number.e164}, 'reserved', ${ownValues}
      from usage returning id`,
  );
  return rows[0] ?? null;
}

/** Puts the gate's no on record. A reservation that it overrules becomes the refusal. */
export async function recordRefusal(tx: TenantTransaction, touch: NewTouch, code: string): Promise<void> {
  const own = touch.channel === 'sms' ? sql`kind, body` : sql`attempt`;
  const ownValues =
    touch.channel === 'sms' ? sql`'automated', ${touch.body ?? ''}` : sql`${touch.attempt}::int`;
  await tx.execute(sql`
    insert into ${sql.raw(tableOf(touch.channel))} as t
      (organization_id, direction, lead_id, journey_id, campaign_id, touch_key, phone, state, refusal_code, ${own})
    select j.organization_id, 'outbound', ${touch.leadId}::uuid, j.id, j.campaign_id, ${touch.touchKey}, ${touch.phone},
      'refused', ${code}, ${ownValues}
    from journeys j where j.id = ${touch.journeyId}
    on conflict (organization_id, journey_id, touch_key) do update set state = 'refused', refusal_code = ${code}
      where t.state = 'reserved'`);
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

/** The last thing before the wire. False when another attempt was there first: then nothing may be sent. */
export async function markSending(database: Database, scope: TenantScope, channel: Channel, touchId: string) {
  const table = tableOf(channel);
  const rows = await inOneTrip(database, scope, {
    name: `${table}_sending`,
    text: `update ${table} set state = 'sending', requests = requests + 1, sending_at = app_now()
           where id = $1 and state = 'reserved' returning id`,
    values: [touchId],
  });
  return rows.length === 1;
}

/** The carrier surely does not have it: the reservation stands as it was before the request. */
export async function markNotSent(database: Database, scope: TenantScope, channel: Channel, touchId: string) {
  const table = tableOf(channel);
  await inOneTrip(database, scope, {
    name: `${table}_not_sent`,
    text: `update ${table} set state = 'reserved' where id = $1 and state = 'sending' returning id`,
    values: [touchId],
  });
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
      text: `update sms_messages set state = 'sent', sent_at = coalesce(sent_at, app_now()), provider_sid = $2,
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
    text: `update call_logs set state = 'sent', sent_at = coalesce(sent_at, app_now()), provider_sid = $2,
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
    text: `with failed as (
             update ${table} set state = 'failed', error_code = $2 where id = $1 and state = 'sending'
             returning organization_id, phone)
           insert into consents (organization_id, phone, kind, source, text)
           select organization_id, phone, 'opt_out', 'carrier', $2 from failed where $2 = '21610'
             and not exists (select from consents k where k.phone = failed.phone and k.source = 'carrier' and k.kind = 'opt_out')`,
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
