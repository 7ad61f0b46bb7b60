import {
  boolean,
  doublePrecision,
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
import { leads } from './leads.ts';
import { createdAt, id, instant, organizationId, tenantPolicies } from './tenant.ts';

export const pipelines = pgTable(
  'pipelines',
  {
    organizationId: organizationId(),
    id: id(),
    name: text('name').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    archivedAt: instant('archived_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('pipelines_name').on(table.organizationId, table.name),
    ...tenantPolicies('pipelines', table.organizationId),
  ],
);

export const pipelineStages = pgTable(
  'pipeline_stages',
  {
    organizationId: organizationId(),
    id: id(),
    pipelineId: uuid('pipeline_id').notNull(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    color: text('color').notNull().default('#64748b'),
    /** Chance of a win, 0–1. */
    probability: doublePrecision('probability').notNull().default(0),
    archivedAt: instant('archived_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.pipelineId],
      foreignColumns: [pipelines.organizationId, pipelines.id],
    }),
    uniqueIndex('pipeline_stages_name')
      .on(table.organizationId, table.pipelineId, sql`lower(${table.name})`)
      .where(sql`${table.archivedAt} is null`),
    ...tenantPolicies('pipeline_stages', table.organizationId),
  ],
);

/** Every move of a lead between stages: the history from which days in stage are counted. */
export const stageMoves = pgTable(
  'stage_moves',
  {
    organizationId: organizationId(),
    id: id(),
    leadId: uuid('lead_id').notNull(),
    fromStageId: uuid('from_stage_id'),
    toStageId: uuid('to_stage_id').notNull(),
    journeyId: uuid('journey_id'),
    /** `ai`, `manual` or `system`. */
    setBy: text('set_by').notNull(),
    userId: uuid('user_id'),
    reason: text('reason'),
    /** Idempotency: the touch or request that caused it. */
    applicationKey: text('application_key'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    index('stage_moves_by_lead').on(table.organizationId, table.leadId, table.createdAt),
    ...tenantPolicies('stage_moves', table.organizationId),
  ],
);

/** What may come of a contact, and what follows from it. */
export const dispositions = pgTable(
  'dispositions',
  {
    organizationId: organizationId(),
    id: id(),
    code: text('code').notNull(),
    label: text('label').notNull(),
    /** The lead's new status; null leaves it. */
    leadStatus: text('lead_status'),
    /** Stage by name in the lead's pipeline; null leaves it. */
    stage: text('stage'),
    autoCreateStage: boolean('auto_create_stage').notNull().default(false),
    removeFromCampaigns: boolean('remove_from_campaigns').notNull().default(false),
    addToDnc: boolean('add_to_dnc').notNull().default(false),
    /** A callback that many minutes from now; null = none. */
    callbackAfterMinutes: integer('callback_after_minutes'),
    /** Title of a task for a person; null = none. */
    followUpTask: text('follow_up_task'),
    position: integer('position').notNull().default(0),
    archivedAt: instant('archived_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('dispositions_code').on(table.organizationId, table.code),
    ...tenantPolicies('dispositions', table.organizationId),
  ],
);

/** One row an applied disposition: who set it, how sure, how long after the contact, and what it changed. */
export const dispositionMetrics = pgTable(
  'disposition_metrics',
  {
    organizationId: organizationId(),
    id: id(),
    leadId: uuid('lead_id').notNull(),
    journeyId: uuid('journey_id'),
    campaignId: uuid('campaign_id'),
    dispositionId: uuid('disposition_id').notNull(),
    disposition: text('disposition').notNull(),
    setBy: text('set_by').$type<'ai' | 'manual' | 'system'>().notNull(),
    userId: uuid('user_id'),
    /** 0–1; null when nobody estimated it. */
    confidence: numeric('confidence', { precision: 4, scale: 3, mode: 'number' }),
    timeToDispositionSeconds: integer('time_to_disposition_seconds'),
    previousStatus: text('previous_status'),
    newStatus: text('new_status'),
    previousStageId: uuid('previous_stage_id'),
    newStageId: uuid('new_stage_id'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull().default({}),
    /** The touch or request that caused it: a second application under the same key changes nothing. */
    applicationKey: text('application_key').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.dispositionId],
      foreignColumns: [dispositions.organizationId, dispositions.id],
    }),
    uniqueIndex('disposition_metrics_once').on(table.organizationId, table.leadId, table.applicationKey),
    index('disposition_metrics_by_time').on(table.organizationId, table.createdAt),
    index('disposition_metrics_counted').on(table.organizationId, table.campaignId, table.dispositionId),
    ...tenantPolicies('disposition_metrics', table.organizationId),
  ],
);
