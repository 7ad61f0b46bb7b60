import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { inOneTrip, inOneTripOfNumber, systemScope } from '../tenant.ts';
import type { TenantTransaction } from '../tenant.ts';
import { inOneStatement } from './reading.ts';
import { preparedRowsOf } from './rows.ts';

export type TouchStatusKind = 'sms-status' | 'voice-status';

/** What the carrier tells us, and what the product itself has put there for its journeys to hear. */
export type InboxKind = 'sms' | TouchStatusKind | 'opt-out' | 'review' | 'removal';

export type Delivery = {
  organizationId: string;
  kind: InboxKind;
  /** Made of signed content only, so that a repeated delivery meets its first one. */
  dedupeKey: string;
  payload: Record<string, string>;
};

/**
 * Stores a text from outside once, in one round trip, for whoever owns the number that it was sent to. The organisation
 * is null when that is nobody, `id` when it is stored already.
 */
export async function storeInboundDelivery(
  database: Database,
  delivery: Omit<Delivery, 'organizationId' | 'kind'> & { ourNumber: string },
): Promise<{ organizationId: string | null; id: string | null }> {
  const rows = await inOneTripOfNumber<{ organizationId: string | null; id: string | null }>(
    database,
    delivery.ourNumber,
    {
      name: 'webhook_inbox_store_inbound',
      text: `
        with owner as (select nullif(current_setting('app.organization_id', true), '')::uuid as id),
        stored as (
          insert into webhook_inbox (organization_id, kind, dedupe_key, payload)
          select id, 'sms', $1, $2::jsonb from owner where id is not null
          on conflict (organization_id, kind, dedupe_key) do nothing returning id)
        select (select id from owner) as "organizationId", (select id from stored) as id`,
      values: [delivery.dedupeKey, JSON.stringify(delivery.payload)],
    },
  );
  return rows[0]!;
}

/**
 * Stores a status of a touch once, in one round trip, and only if the touch is ours and the sid is not another's. A touch
 * that has no sid yet takes any: the carrier's word may overtake the answer to our own request.
 */
export async function storeTouchStatus(
  database: Database,
  delivery: Delivery & { kind: TouchStatusKind },
  touch: { id: string; sid: string },
): Promise<{ known: boolean; id: string | null }> {
  const table = delivery.kind === 'sms-status' ? 'sms_messages' : 'call_logs';
  const rows = await inOneTrip<{ known: boolean; id: string | null }>(
    database,
    systemScope(delivery.organizationId),
    {
      name: `webhook_inbox_store_${table}`,
      text: `
        with touch as (
          select t.organization_id from ${table} t
          where t.id = $5 and t.direction = 'outbound' and (t.provider_sid = $6 or (
            t.provider_sid is null and (t.state in ('sending', 'unknown') or (t.state = 'reserved' and t.requests > 0))
            and not exists (select from ${table} o where o.provider_sid = $6)))),
        stored as (
          insert into webhook_inbox (organization_id, kind, dedupe_key, payload)
          select $1::uuid, $2, $3, $4::jsonb from touch
          on conflict (organization_id, kind, dedupe_key) do nothing returning id)
        select exists (select from touch) as known, (select id from stored) as id`,
      values: [
        delivery.organizationId,
        delivery.kind,
        delivery.dedupeKey,
        JSON.stringify(delivery.payload),
        touch.id,
        touch.sid,
      ],
    },
  );
  return rows[0]!;
}

export type InboxRow = {
  id: string;
  kind: InboxKind;
  payload: Record<string, string>;
  /** When it was received, as Postgres writes it: what it says counts from then, whenever it is worked on. */
  receivedAt: string;
};

/** Takes a row to work on until the transaction ends; null when it is done or somebody else is at it. */
export async function claimInboxRow(tx: TenantTransaction, id: string): Promise<InboxRow | null> {
  const rows = await preparedRowsOf<InboxRow>(
    tx,
    sql`
      select id, kind, payload, created_at::text as "receivedAt" from webhook_inbox
      where id = ${id} and processed_at is null for update skip locked`,
  );
  return rows[0] ?? null;
}

export async function markProcessed(database: Database, organizationId: string, id: string): Promise<void> {
  await inOneTrip(database, systemScope(organizationId), {
    name: 'webhook_inbox_processed',
    text: `update webhook_inbox set processed_at = app_now(), attempts = attempts + 1, last_error = null
           where id = $1 and processed_at is null`,
    values: [id],
  });
}

/** As `markProcessed`, together with what was done. */
export async function markProcessedWith(tx: TenantTransaction, id: string): Promise<void> {
  await preparedRowsOf(
    tx,
    sql`update webhook_inbox set processed_at = app_now(), attempts = attempts + 1, last_error = null where id = ${id}`,
  );
}

/** Counts an attempt that failed; each doubles the time until the next. `error` holds no personal data. */
export async function markFailedAttempt(
  database: Database,
  organizationId: string,
  id: string,
  error: string,
): Promise<void> {
  await inOneTrip(database, systemScope(organizationId), {
    name: 'webhook_inbox_failed_attempt',
    text: `update webhook_inbox set attempts = attempts + 1, last_error = $2 where id = $1 and processed_at is null`,
    values: [id, error],
  });
}

/** After so many attempts (about two days) a row is left to a person; the backlog metric still counts it. */
const maxAttempts = 15;
const firstRetrySeconds = 5;

export type Backlog = { due: string[]; pending: number };

/**
 * The rows of an organisation that were left behind, oldest first, and how many are pending at all. With `everything`
 * the waits between attempts are ignored.
 */
export async function readBacklog(
  database: Database,
  organizationId: string,
  { everything, limit }: { everything: boolean; limit: number },
): Promise<Backlog> {
  const rows = await inOneStatement<{ id: string; due: boolean }>(
    database,
    systemScope(organizationId),
    sql`
      select id, attempts < ${maxAttempts} and (${everything}::boolean
        or created_at < app_now() - ${firstRetrySeconds}::float8 * power(2, attempts) * interval '1 second') as due
      from webhook_inbox where processed_at is null order by created_at limit ${limit}`,
  );
  return { due: rows.filter(({ due }) => due).map(({ id }) => id), pending: rows.length };
}
