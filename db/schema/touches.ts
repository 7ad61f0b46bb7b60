import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { TouchReasons } from '#domain/compliance/touch-reasons.ts';
import type {
  AnsweredBy,
  CallOutcome,
  CarrierCallStatus,
  CarrierMessageStatus,
} from '#domain/carrier-status.ts';
import { journeys } from './journeys.ts';
import { leads } from './leads.ts';
import { createdAt, id, instant, organizationId, tenantPolicies } from './tenant.ts';

/**
 * The ledger's states. `sending`: the gate said yes, and a request may be on the wire. `reserved`: the carrier surely does not
 * have it, and it may be sent again.
 * `sent`: the carrier has it. `unknown`: nobody can say, and a person was told. Inbound rows are `received`.
 */
export const touchStates = [
  'reserved',
  'sending',
  'sent',
  'refused',
  'failed',
  'unknown',
  'received',
] as const;
export type TouchState = (typeof touchStates)[number];

export type StatusHistory = { status: string; at: string; errorCode?: string }[];

export const phoneNumbers = pgTable(
  'phone_numbers',
  {
    organizationId: organizationId(),
    id: id(),
    e164: text('e164').notNull(),
    canSms: boolean('can_sms').notNull(),
    canVoice: boolean('can_voice').notNull(),
    areaCode: text('area_code'),
    /** STIR/SHAKEN: A, B or C; null = not known. */
    attestation: text('attestation'),
    /** Touches a day, UTC; null = no cap. */
    dailyCap: integer('daily_cap'),
    /** Touches a second that the carrier takes from this number. */
    ratePerSecond: numeric('rate_per_second', { precision: 8, scale: 3, mode: 'number' })
      .notNull()
      .default(10),
    isActive: boolean('is_active').notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('phone_numbers_e164').on(table.organizationId, table.e164),
    ...tenantPolicies('phone_numbers', table.organizationId),
  ],
);

/** Touches of a number on a day: one row that the reservation counts up, so that a cap is exact under any concurrency. */
export const numberUsage = pgTable(
  'number_usage',
  {
    organizationId: organizationId(),
    phoneNumberId: uuid('phone_number_id').notNull(),
    day: date('day').notNull(),
    used: integer('used').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.phoneNumberId, table.day] }),
    foreignKey({
      columns: [table.organizationId, table.phoneNumberId],
      foreignColumns: [phoneNumbers.organizationId, phoneNumbers.id],
    }),
    ...tenantPolicies('number_usage', table.organizationId),
  ],
);

/**
 * The rates of all workers together: when the next touch of a number, or of the whole organisation, may go out. `free`
 * counts those that went, `queued` also those that were sent away until later, so that they come back one by one.
 */
export const sendRates = pgTable(
  'send_rates',
  {
    organizationId: organizationId(),
    /** The number's id, or the organisation's. */
    subjectId: uuid('subject_id').notNull(),
    freeAt: instant('free_at').notNull(),
    queuedAt: instant('queued_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.subjectId] }),
    ...tenantPolicies('send_rates', table.organizationId),
  ],
);

/** The columns that texts and calls share as touches of the ledger. */
const touchColumns = () => ({
  organizationId: organizationId(),
  id: id(),
  direction: text('direction').$type<'inbound' | 'outbound'>().notNull(),
  leadId: uuid('lead_id'),
  journeyId: uuid('journey_id'),
  campaignId: uuid('campaign_id'),
  /** The step execution; with the journey it makes the touch unique. */
  touchKey: text('touch_key'),
  /** The other party, E.164. */
  phone: text('phone').notNull(),
  /** Ours, E.164. Null on a touch that was refused before a number was chosen. */
  ourNumber: text('our_number'),
  state: text('state').$type<TouchState>().notNull(),
  refusalCode: text('refusal_code'),
  /** Why it was allowed: what the gate saw when it reserved it. */
  reasons: jsonb('reasons').$type<TouchReasons>(),
  /** Requests made to the carrier under this reservation. */
  requests: integer('requests').notNull().default(0),
  providerSid: text('provider_sid'),
  statusHistory: jsonb('status_history').$type<StatusHistory>().notNull().default([]),
  errorCode: text('error_code'),
  priceCents: numeric('price_cents', { precision: 12, scale: 4, mode: 'number' }),
  /** When a request may first have gone out. */
  sendingAt: instant('sending_at'),
  sentAt: instant('sent_at'),
  createdAt: createdAt(),
});

export const smsMessages = pgTable(
  'sms_messages',
  {
    ...touchColumns(),
    /** `automated` by a journey, `confirmation` of an opt-out, `manual` by a person, `inbound`. */
    kind: text('kind').$type<'automated' | 'confirmation' | 'manual' | 'inbound'>().notNull(),
    body: text('body').notNull(),
    intent: text('intent'),
    segments: integer('segments'),
    carrierStatus: text('carrier_status').$type<CarrierMessageStatus>(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.journeyId],
      foreignColumns: [journeys.organizationId, journeys.id],
    }),
    uniqueIndex('sms_messages_touch').on(table.organizationId, table.journeyId, table.touchKey),
    uniqueIndex('sms_messages_notice')
      .on(table.organizationId, table.touchKey)
      .where(sql`${table.journeyId} is null and ${table.touchKey} is not null`),
    uniqueIndex('sms_messages_sid').on(table.organizationId, table.providerSid),
    index('sms_messages_lane').on(table.organizationId, table.phone, table.createdAt.desc()),
    index('sms_messages_by_lead').on(table.organizationId, table.leadId, table.createdAt),
    // Counters are read from these two alone, without the rows.
    index('sms_messages_counted').on(table.organizationId, table.campaignId, table.direction, table.state),
    ...tenantPolicies('sms_messages', table.organizationId),
  ],
);

export const callLogs = pgTable(
  'call_logs',
  {
    ...touchColumns(),
    attempt: integer('attempt'),
    /** The promise that this call keeps. */
    callbackId: uuid('callback_id'),
    answeredBy: text('answered_by').$type<AnsweredBy>(),
    outcome: text('outcome').$type<CallOutcome>(),
    durationSeconds: integer('duration_seconds'),
    carrierStatus: text('carrier_status').$type<CarrierCallStatus>(),
    recordingUrl: text('recording_url'),
    transcript: text('transcript'),
    endedAt: instant('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.journeyId],
      foreignColumns: [journeys.organizationId, journeys.id],
    }),
    uniqueIndex('call_logs_touch').on(table.organizationId, table.journeyId, table.touchKey),
    uniqueIndex('call_logs_callback')
      .on(table.organizationId, table.touchKey)
      .where(sql`${table.journeyId} is null and ${table.touchKey} is not null`),
    uniqueIndex('call_logs_sid').on(table.organizationId, table.providerSid),
    index('call_logs_lane').on(table.organizationId, table.phone, table.createdAt.desc()),
    index('call_logs_by_lead').on(table.organizationId, table.leadId, table.createdAt),
    index('call_logs_counted').on(table.organizationId, table.campaignId, table.outcome),
    ...tenantPolicies('call_logs', table.organizationId),
  ],
);
