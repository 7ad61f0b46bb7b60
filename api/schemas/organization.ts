import { z } from '@hono/zod-openapi';
import type { LaneRules, OrganizationSettings } from '#domain/organization.ts';
import { id, instant } from './common.ts';

/** Ten segments of the shortest encoding: longer is no longer a text. */
const notice = z.string().trim().min(1).max(1_600).nullable();
const cap = z.int().min(0).max(1_000).nullable();

const laneRulesSchema = z
  .object({
    textsPerDay: cap.openapi({ description: 'In any 24 hours; null = no cap.' }),
    textsPerWeek: cap,
    callsPerDay: cap,
    callsPerWeek: cap,
    minimumGapMinutes: z
      .int()
      .min(0)
      .max(7 * 24 * 60),
    callGapMinutes: z
      .int()
      .min(0)
      .max(7 * 24 * 60)
      .openapi({ description: 'Between two calls to one person, whoever makes them.' }),
    oneConversation: z
      .boolean()
      .openapi({ description: 'While one campaign waits for the person’s answer, the others wait too.' }),
  })
  .openapi('LaneRules') satisfies z.ZodType<LaneRules>;

const organizationSettingsSchema = z
  .object({
    optOutConfirmation: notice.openapi({
      description: 'Sent once after an opt-out, within five minutes; null where the carrier sends its own.',
    }),
    helpReply: notice.openapi({ description: 'Answers HELP and INFO; null where the carrier does.' }),
    optOutScope: z.enum(['organization', 'campaign']).openapi({
      description: 'What an opt-out ends: everything, or only the campaign that the person answered.',
    }),
    touchesPerSecond: z.number().min(0.1).max(10_000).openapi({ description: 'Of all numbers together.' }),
    lane: laneRulesSchema,
  })
  .openapi('OrganizationSettings') satisfies z.ZodType<OrganizationSettings>;

export const organizationSchema = z
  .object({
    id,
    name: z.string(),
    sendingStoppedAt: instant.nullable().openapi({
      description: 'Since when nothing is sent, by the organisation’s own word; null = it is free.',
    }),
    settings: organizationSettingsSchema,
  })
  .openapi('Organization');

export type Organization = z.infer<typeof organizationSchema>;

export const organizationChangeSchema = z
  .object({
    settings: organizationSettingsSchema
      .omit({ lane: true })
      .partial()
      .extend({ lane: laneRulesSchema.partial().strict().optional() })
      .strict(),
  })
  .strict()
  .openapi('OrganizationChange');
