import { z } from '@hono/zod-openapi';
import { id, instant, pageQuery } from './common.ts';
import { leadFilterSchema } from './lead-filter.ts';

const count = z.int();

export const launchStatuses = ['starting', 'running', 'paused', 'cancelled', 'completed'] as const;

export const launchSchema = z
  .object({
    id,
    name: z.string(),
    campaign: z.object({ id, name: z.string() }),
    versionId: id,
    cohort: z
      .object({
        importId: id.optional(),
        leads: count.optional().openapi({ description: 'That many leads, named one by one.' }),
        filter: leadFilterSchema.optional(),
        savedFilterId: id.optional().openapi({ description: '`filter` is what it said then.' }),
        relaunchOf: id.optional().openapi({ description: 'Those whom that launch refused.' }),
      })
      .openapi({ description: 'Whom it was asked for.' }),
    status: z.enum(launchStatuses).openapi({
      description:
        '`completed`: nobody is pending and no journey runs. `starting`: members are still being looked at.',
    }),
    members: z.object({ total: count, pending: count, started: count, refused: count }),
    journeys: z.object({ active: count, paused: count, completed: count, removed: count, failed: count }),
    createdAt: instant,
    startedAt: instant.nullable(),
    pausedAt: instant.nullable(),
    cancelledAt: instant.nullable(),
  })
  .openapi('Launch');

export type Launch = z.infer<typeof launchSchema>;

export const maxCohortIds = 10_000;

export const cohortSchema = z
  .union([
    z.strictObject({ importId: id }),
    z.strictObject({ leadIds: z.array(id).max(maxCohortIds) }),
    z.strictObject({ filter: leadFilterSchema }),
    z.strictObject({ savedFilterId: id }),
  ])
  .openapi('Cohort', {
    description:
      'The leads of a file, leads by their ids, all that a filter finds, or all that a saved filter finds now.',
  });

const name = z.string().trim().min(1).max(200).optional();

export const newLaunchSchema = z
  .object({
    campaignId: id,
    name,
    cohort: cohortSchema,
  })
  .openapi('NewLaunch');

export const relaunchSchema = z.strictObject({ name }).openapi('Relaunch');

export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'The same key with the same request again is answered with the first result.' }),
});

export const memberStates = ['pending', 'started', 'refused'] as const;

export const membersQuery = pageQuery.extend({ state: z.enum(memberStates).optional() });

export const launchMemberSchema = z
  .object({
    leadId: id,
    leadName: z.string(),
    state: z.enum(memberStates),
    problems: z.array(
      z.object({
        code: z.string(),
        field: z.string(),
        severity: z.string(),
        message: z.string(),
        stepId: z.string().nullable().openapi({ description: 'The step that would meet it.' }),
        action: z.string().nullable().openapi({ description: 'What can be done about it.' }),
      }),
    ),
    journeyId: id.nullable(),
  })
  .openapi('LaunchMember');

export type LaunchMember = z.infer<typeof launchMemberSchema>;
