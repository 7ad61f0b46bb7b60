import { z } from '@hono/zod-openapi';
import { stepKinds } from '#domain/journey/definition.ts';
import { journeyStatuses } from '#domain/journey/state.ts';
import type { Rest } from '#domain/journey/state.ts';
import { id, instant, pageQuery, searchText } from './common.ts';

export const restKinds = [
  'timer',
  'reply',
  'call',
  'retry',
  'defer',
  'hold',
] as const satisfies Rest['kind'][];

export const journeySchema = z
  .object({
    id,
    lead: z.object({
      id,
      name: z.string(),
      phone: z.string(),
      phoneFormatted: z.string(),
      timeZones: z.array(z.string()),
    }),
    campaign: z.object({ id, name: z.string() }),
    launchId: id,
    versionId: id,
    status: z.enum(journeyStatuses),
    endReason: z.string().nullable(),
    stepId: z.string().nullable(),
    stepKind: z.enum(stepKinds).nullable(),
    waitingFor: z.enum(restKinds).nullable().openapi({
      description: 'What it rests on; null while it is at work or when it has ended.',
    }),
    waitingUntil: instant.nullable(),
    waitingCode: z.string().nullable().openapi({ description: "The gate's code for a `defer` or `hold`." }),
    waitingMessage: z.string().nullable().openapi({ description: 'That code in words.' }),
    lastDisposition: z.string().nullable(),
    workflowId: z.string(),
    temporalUrl: z.string().nullable().openapi({ description: "The workflow's page in Temporal Web." }),
    createdAt: instant,
    updatedAt: instant,
    endedAt: instant.nullable(),
  })
  .openapi('Journey');

export type Journey = z.infer<typeof journeySchema>;

const filterId = z.preprocess((value) => (value === '' ? undefined : value), id.optional());

export const journeysQuery = pageQuery.extend({
  launchId: filterId,
  campaignId: filterId,
  leadId: filterId,
  status: z.preprocess((value) => (value === '' ? undefined : value), z.enum(journeyStatuses).optional()),
  waitingFor: z.preprocess((value) => (value === '' ? undefined : value), z.enum(restKinds).optional()),
  search: searchText.openapi({ description: "In the lead's names, company, e-mail and number." }),
});

export const timelineItemSchema = z
  .object({
    at: instant,
    kind: z.string(),
    stepId: z.string().nullable(),
    title: z.string(),
    detail: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
    message: z
      .object({
        id,
        direction: z.enum(['inbound', 'outbound']),
        body: z.string(),
        state: z.string(),
        carrierStatus: z.string().nullable(),
        errorCode: z.string().nullable(),
      })
      .optional(),
    call: z
      .object({
        id,
        state: z.string(),
        outcome: z.string().nullable(),
        answeredBy: z.string().nullable(),
        durationSeconds: z.number().nullable(),
        carrierStatus: z.string().nullable(),
      })
      .optional(),
  })
  .openapi('TimelineItem');

export type TimelineItem = z.infer<typeof timelineItemSchema>;

export const timelineSchema = z.object({ items: z.array(timelineItemSchema) }).openapi('Timeline');

export const removeBody = z
  .object({ reason: z.string().trim().min(1).max(200).default('manual') })
  .openapi('Removal');

export const rescheduleBody = z
  .object({
    until: z.iso
      .datetime({ offset: true, error: 'must be an instant like 2026-11-21T09:00:00Z' })
      .openapi({ format: 'date-time', description: 'When the present wait is to end.' }),
  })
  .openapi('Reschedule');

export const dispositionBody = z
  .object({
    disposition: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .openapi({ description: 'Its code.', example: 'interested' }),
    note: z.string().trim().max(2000).optional(),
  })
  .openapi('ApplyDisposition');

export const dispositionResultSchema = z
  .object({ outcome: z.literal('applied'), removedFromCampaigns: z.boolean() })
  .openapi('DispositionApplied');

export type DispositionApplied = z.infer<typeof dispositionResultSchema>;
