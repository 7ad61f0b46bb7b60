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
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import { leads } from './leads.ts';
import { businessNow, createdAt, id, instant, organizationId, tenantPolicies, updatedAt } from './tenant.ts';

export const campaigns = pgTable(
  'campaigns',
  {
    organizationId: organizationId(),
    id: id(),
    name: text('name').notNull(),
    settings: jsonb('settings').$type<CampaignSettings>().notNull(),
    pipelineId: uuid('pipeline_id'),
    /** The published version that new launches use; null = nothing is published yet. */
    currentVersionId: uuid('current_version_id'),
    /** While set, the gate holds every touch of this campaign. */
    pausedAt: instant('paused_at'),
    archivedAt: instant('archived_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('campaigns_name').on(table.organizationId, table.name),
    ...tenantPolicies('campaigns', table.organizationId),
  ],
);

/** A journey definition. A published one never changes again: a trigger sees to it. */
export const journeyVersions = pgTable(
  'journey_versions',
  {
    organizationId: organizationId(),
    id: id(),
    campaignId: uuid('campaign_id').notNull(),
    number: integer('number').notNull(),
    definition: jsonb('definition').$type<JourneyDefinition>().notNull(),
    publishedAt: instant('published_at'),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.campaignId],
      foreignColumns: [campaigns.organizationId, campaigns.id],
    }),
    uniqueIndex('journey_versions_number').on(table.organizationId, table.campaignId, table.number),
    ...tenantPolicies('journey_versions', table.organizationId),
  ],
);

export const launchStatuses = ['starting', 'running', 'cancelled'] as const;
export type LaunchStatus = (typeof launchStatuses)[number];

/** A batch of leads started together. `starting` until every member was looked at; then it runs by itself. */
export const launches = pgTable(
  'launches',
  {
    organizationId: organizationId(),
    id: id(),
    campaignId: uuid('campaign_id').notNull(),
    versionId: uuid('version_id').notNull(),
    name: text('name').notNull(),
    status: text('status').$type<LaunchStatus>().notNull().default('starting'),
    /** While set, the gate holds every touch of this launch, and no further journeys are started. */
    pausedAt: instant('paused_at'),
    cancelledAt: instant('cancelled_at'),
    /** Whom it was launched for, as it was asked for: an import, ids, a filter, or the refused ones of another launch. */
    cohort: jsonb('cohort').$type<Record<string, unknown>>().notNull().default({}),
    /** The client's key: the same request again is answered with the same launch. */
    idempotencyKey: text('idempotency_key'),
    requestHash: text('request_hash'),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    startedAt: instant('started_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.campaignId],
      foreignColumns: [campaigns.organizationId, campaigns.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.versionId],
      foreignColumns: [journeyVersions.organizationId, journeyVersions.id],
    }),
    uniqueIndex('launches_idempotency').on(table.organizationId, table.idempotencyKey),
    index('launches_newest').on(table.organizationId, table.createdAt, table.id),
    ...tenantPolicies('launches', table.organizationId),
  ],
);

/** `stepId`: the step that it is about, where it is about one. */
export type MemberProblem = {
  code: string;
  field: string;
  severity: string;
  message: string;
  stepId?: string;
};

export const launchMembers = pgTable(
  'launch_members',
  {
    organizationId: organizationId(),
    launchId: uuid('launch_id').notNull(),
    leadId: uuid('lead_id').notNull(),
    position: integer('position').notNull(),
    state: text('state').$type<'pending' | 'started' | 'refused'>().notNull().default('pending'),
    problems: jsonb('problems').$type<MemberProblem[]>().notNull().default([]),
    journeyId: uuid('journey_id'),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.launchId, table.leadId] }),
    foreignKey({
      columns: [table.organizationId, table.launchId],
      foreignColumns: [launches.organizationId, launches.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    index('launch_members_pending')
      .on(table.organizationId, table.launchId, table.position)
      .where(sql`${table.state} = 'pending'`),
    ...tenantPolicies('launch_members', table.organizationId),
  ],
);

/**
 * Every stretch in which sending stood still: of a campaign, a launch or the whole organisation. The switches themselves
 * (`paused_at`, `sending_stopped_at`) are what the gate holds by; this is what it gives back afterwards.
 */
export const sendingPauses = pgTable(
  'sending_pauses',
  {
    organizationId: organizationId(),
    id: id(),
    /** The campaign, the launch or the organisation. */
    subjectId: uuid('subject_id').notNull(),
    beganAt: instant('began_at').notNull().default(businessNow),
    /** Null while it lasts. */
    endedAt: instant('ended_at'),
    policy: text('policy').$type<ResumePolicy>().notNull().default('keep'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('sending_pauses_by_subject').on(table.organizationId, table.subjectId, table.beganAt),
    uniqueIndex('sending_pauses_open')
      .on(table.organizationId, table.subjectId)
      .where(sql`${table.endedAt} is null`),
    ...tenantPolicies('sending_pauses', table.organizationId),
  ],
);
