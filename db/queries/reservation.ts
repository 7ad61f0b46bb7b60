import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { TouchReasons } from '#domain/compliance/touch-reasons.ts';
import { lastRowsOf } from '../tenant.ts';
import type { TenantTransaction } from '../tenant.ts';
import { carrierName } from './carrier-health.ts';
import type { Channel } from './gate-statement.ts';
import { ownColumns, tableOf } from './ledger.ts';
import type { NewTouch } from './ledger.ts';
import { madeOnce } from './rows.ts';

export type Reservation =
  | { outcome: 'reserved'; id: string }
  /** The last place under the number's cap was taken in the meantime. */
  | { outcome: 'cap_reached' }
  /** The numbers carry no more just now: its place in the queue. */
  | { outcome: 'queued'; until: Date }
  /** The carrier is being tried by somebody else. */
  | { outcome: 'carrier_down'; until: Date };

/**
 * Writes the reservation, counts it against the number's day and against the rates of the number and of the organisation;
 * all or, but for a rate's place, nothing. A rate lets a second's worth through at once; whoever does not fit is given
 * the next place in the queue, and who comes back at its place (`queued`) goes before who has just come. It ends the
 * transaction: the rates' rows are what all touches wait for.
 */
export async function reserveTouch(
  tx: TenantTransaction,
  touch: NewTouch,
  number: { id: string; e164: string; dailyCap: number | null; ratePerSecond: number },
  more: { reasons: TouchReasons; queued: boolean; organizationRatePerSecond: number },
): Promise<Reservation> {
  type Row = { id: string | null; fits: boolean; later: string | null; probing: string | null; soon: string };
  const [row] = await lastRowsOf<Row>(
    tx,
    reservations[touch.channel]({
      ...touch,
      body: touch.body ?? '',
      numberId: number.id,
      ourNumber: number.e164,
      dailyCap: number.dailyCap,
      numberStepMs: 1000 / number.ratePerSecond,
      organizationStepMs: 1000 / more.organizationRatePerSecond,
      queued: more.queued,
      reasons: JSON.stringify(more.reasons),
    }),
  );
  const { id, fits: fitted, later, probing, soon } = row!;
  if (id !== null) return { outcome: 'reserved', id };
  // Without a place: the queue itself was being made by somebody else just then.
  if (!fitted) return { outcome: 'queued', until: new Date(later ?? soon) };
  return probing === null
    ? { outcome: 'cap_reached' }
    : { outcome: 'carrier_down', until: new Date(probing) };
}

function reservationOf(channel: Channel): SQL {
  const value = sql.placeholder.bind(sql);
  const numberId = value('numberId');
  const table = sql.raw(tableOf(channel));
  const own = ownColumns(channel, {
    kind: value('kind'),
    body: value('body'),
    attempt: value('attempt'),
    callbackId: value('callbackId'),
  });
  const numberStep = sql`(${value('numberStepMs')}::float8 * interval '1 millisecond')`;
  const organizationStep = sql`(${value('organizationStepMs')}::float8 * interval '1 millisecond')`;
  const fits = sql`r.free_at <= app_now() + interval '1 second'
    and (${value('queued')}::boolean or r.queued_at <= app_now() + interval '1 second')`;
  return sql`
    with of_number as (
      insert into send_rates as r (organization_id, subject_id, free_at, queued_at)
      select organization_id, id, app_now() + ${numberStep}, app_now() from phone_numbers where id = ${numberId}
      on conflict (organization_id, subject_id) do update set free_at = greatest(r.free_at, app_now()) + ${numberStep}
        where ${fits}
      returning r.organization_id),
    of_organization as (
      insert into send_rates as r (organization_id, subject_id, free_at, queued_at)
      select organization_id, organization_id, app_now() + ${organizationStep}, app_now() from of_number
      on conflict (organization_id, subject_id) do update set free_at = greatest(r.free_at, app_now()) + ${organizationStep}
        where ${fits}
      returning r.organization_id),
    queue as (
      update send_rates r
      set queued_at = greatest(r.queued_at, r.free_at, app_now())
        + case when r.subject_id = ${numberId} then ${numberStep} else ${organizationStep} end
      from phone_numbers n
      where n.id = ${numberId} and not exists (select from of_organization)
        and r.subject_id = case when exists (select from of_number) then n.organization_id else n.id end
      returning r.queued_at),
    probe as (
      update platform.carriers set probe_until = app_now() + interval '30 seconds'
      where name = ${carrierName} and open_until <= app_now() and exists (select from of_organization)
        and coalesce(probe_until, '-infinity') <= app_now()
      returning name),
    usage as (
      insert into number_usage as u (organization_id, phone_number_id, day, used)
      select n.organization_id, n.id, (app_now() at time zone 'UTC')::date, 1 from phone_numbers n, of_organization
      where n.id = ${numberId} and coalesce(n.daily_cap, 1) > 0
        and (exists (select from probe)
          or not exists (select from platform.carriers where name = ${carrierName} and open_until is not null))
      on conflict (organization_id, phone_number_id, day) do update set used = u.used + 1
        where ${value('dailyCap')}::int is null or u.used < ${value('dailyCap')}::int
      returning u.organization_id),
    touch as (
      insert into ${table}
        (organization_id, direction, lead_id, journey_id, campaign_id, touch_key, phone, our_number, state, requests, sending_at, reasons,
          ${own.names})
      select organization_id, 'outbound', ${value('leadId')}::uuid, ${value('journeyId')}::uuid, ${value('campaignId')}::uuid,
        ${value('touchKey')}, ${value('phone')}, ${value('ourNumber')}, 'sending', 1, app_now(), ${value('reasons')}::jsonb, ${own.values}
      from usage returning id)
    select (select id from touch) as id, (select queued_at from queue) as later,
      exists (select from of_organization) as fits, app_now() + interval '1 second' as soon,
      (select greatest(open_until, app_now() + interval '30 seconds') from platform.carriers where name = ${carrierName}
        and open_until is not null and not exists (select from probe)) as probing`;
}

const reservations = { sms: madeOnce(reservationOf('sms')), call: madeOnce(reservationOf('call')) };
