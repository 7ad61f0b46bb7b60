import { sql } from 'drizzle-orm';
import {
  bigserial,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, organizationId, tenantPolicies, instant } from './tenant.ts';

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

/**
 * What has to be worked on once it is committed. From the carrier: stored once before it is acknowledged; `dedupeKey` is
 * made of signed content only (sid and status, or sid). From within: an opt-out that came by no text (a trigger on
 * `consents` writes it), a review that somebody resolved, a journey whose lead was deleted: journeys must hear of these
 * whatever dies in between.
 */
export const webhookInbox = pgTable(
  'webhook_inbox',
  {
    organizationId: organizationId(),
    id: id(),
    kind: text('kind')
      .$type<'sms' | 'sms-status' | 'voice-status' | 'opt-out' | 'review' | 'removal'>()
      .notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    payload: jsonb('payload').$type<Record<string, string>>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    processedAt: instant('processed_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('webhook_inbox_once').on(table.organizationId, table.kind, table.dedupeKey),
    index('webhook_inbox_pending')
      .on(table.organizationId, table.createdAt)
      .where(sql`${table.processedAt} is null`),
    ...tenantPolicies('webhook_inbox', table.organizationId),
  ],
);

/**
 * The change feed: one row a change, written in the change's transaction. Readers order by (txid, id) and see only
 * transactions older than every open one, so a slow transaction can never slip in behind a cursor.
 */
export const events = pgTable(
  'events',
  {
    organizationId: organizationId(),
    id: bigserial('id', { mode: 'number' }).notNull(),
    txid: xid8('txid')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    /** For example `journey.updated`, `lead.created`, `launch.updated`, `message.received`. */
    type: text('type').notNull(),
    leadId: uuid('lead_id'),
    journeyId: uuid('journey_id'),
    launchId: uuid('launch_id'),
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('events_feed').on(table.organizationId, table.txid, table.id),
    ...tenantPolicies('events', table.organizationId),
  ],
);
