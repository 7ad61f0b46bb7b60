import { sql } from 'drizzle-orm';
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CallbackStatus } from '#domain/callback.ts';
import type { JourneyStatus, TimelineEntry } from '#domain/journey/state.ts';
import { campaigns, launches } from './campaigns.ts';
import { leads } from './leads.ts';
import { createdAt, id, instant, organizationId, tenantPolicies, updatedAt } from './tenant.ts';

/**
 * One lead's run through one campaign, as its workflow last told it. The unique key decides that a lead is in a
 * campaign once, however often and from wherever it is launched.
 */
export const journeys = pgTable(
  'journeys',
  {
    organizationId: organizationId(),
    id: id(),
    leadId: uuid('lead_id').notNull(),
    campaignId: uuid('campaign_id').notNull(),
    launchId: uuid('launch_id').notNull(),
    versionId: uuid('version_id').notNull(),
    workflowId: text('workflow_id').notNull(),
    /** When Temporal acknowledged the start; null = enrolled, to be started. */
    workflowStartedAt: instant('workflow_started_at'),
    status: text('status').$type<JourneyStatus>().notNull().default('active'),
    endReason: text('end_reason'),
    stepId: text('step_id'),
    /** Kind of rest: timer, reply, call, retry, defer, hold; null = at work or ended. */
    waitingFor: text('waiting_for'),
    waitingUntil: instant('waiting_until'),
    /** The gate's code for a defer or hold. */
    waitingCode: text('waiting_code'),
    /**
     * The last wait of the journey's own, from when until when: what a pause of the campaign in between took from it is
     * given back before the next touch.
     */
    waitFrom: instant('wait_from'),
    waitUntil: instant('wait_until'),
    lastDisposition: text('last_disposition'),
    /** Which turn of the workflow wrote this: an older turn arriving late changes nothing. */
    revision: integer('revision').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.campaignId],
      foreignColumns: [campaigns.organizationId, campaigns.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.launchId],
      foreignColumns: [launches.organizationId, launches.id],
    }),
    uniqueIndex('journeys_once').on(table.organizationId, table.campaignId, table.leadId),
    index('journeys_by_lead').on(table.organizationId, table.leadId),
    index('journeys_by_launch').on(table.organizationId, table.launchId, table.status),
    index('journeys_newest').on(table.organizationId, table.createdAt, table.id),
    index('journeys_held')
      .on(table.organizationId, table.campaignId)
      .where(sql`${table.waitingFor} = 'hold'`),
    ...tenantPolicies('journeys', table.organizationId),
  ],
);

/**
 * The timeline: what the workflow did and saw, in its own order. A copy of what it remembers: a turn that Temporal threw
 * away and had done again may come out otherwise, and then its lines are written over.
 */
export const journeyEvents = pgTable(
  'journey_events',
  {
    organizationId: organizationId(),
    journeyId: uuid('journey_id').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind').notNull(),
    stepId: text('step_id'),
    data: jsonb('data').$type<TimelineEntry['data']>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.journeyId, table.seq] }),
    foreignKey({
      columns: [table.organizationId, table.journeyId],
      foreignColumns: [journeys.organizationId, journeys.id],
    }),
    ...tenantPolicies('journey_events', table.organizationId, { rewrittenBySystemOnly: true }),
  ],
);

/** A promise to call at a time. */
export const callbacks = pgTable(
  'callbacks',
  {
    organizationId: organizationId(),
    id: id(),
    leadId: uuid('lead_id').notNull(),
    journeyId: uuid('journey_id'),
    /** Under whose settings and with whose numbers it is kept. */
    campaignId: uuid('campaign_id'),
    dueAt: instant('due_at').notNull(),
    /** What is said to the person; null = what the campaign's first call says. */
    say: text('say'),
    status: text('status').$type<CallbackStatus>().notNull().default('scheduled'),
    source: text('source').notNull(),
    note: text('note'),
    /** When the person was reached; later than the grace after `dueAt` counts as late. */
    keptAt: instant('kept_at'),
    attempts: integer('attempts').notNull().default(0),
    /** When its workflow first had it in hand; null = the workflow may not have been started. */
    startedAt: instant('started_at'),
    createdBy: uuid('created_by'),
    /** The touch or request that asked for it: the same again makes no second promise. */
    requestKey: text('request_key'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('callbacks_once').on(table.organizationId, table.leadId, table.requestKey),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    index('callbacks_due').on(table.organizationId, table.status, table.dueAt),
    ...tenantPolicies('callbacks', table.organizationId),
  ],
);

/** Something that a person has to do: a follow-up that a disposition asks for, a touch whose outcome nobody knows. */
export const tasks = pgTable(
  'tasks',
  {
    organizationId: organizationId(),
    id: id(),
    leadId: uuid('lead_id'),
    journeyId: uuid('journey_id'),
    /** `follow_up`, `unknown_outcome`, `consent_review` or `callback_missed`. */
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    status: text('status').$type<'open' | 'done'>().notNull().default('open'),
    dueAt: instant('due_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('tasks_by_lead').on(table.organizationId, table.leadId, table.createdAt),
    index('tasks_open').on(table.organizationId, table.status, table.createdAt),
    ...tenantPolicies('tasks', table.organizationId),
  ],
);
