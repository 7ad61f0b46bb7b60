import { z } from '@hono/zod-openapi';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import { id, instant } from './common.ts';

const hours = z
  .number()
  .min(0)
  .max(24 * 365);

export const campaignSettingsSchema = z
  .object({
    recentSmsHours: hours.openapi({
      description: 'A text is refused when the number was texted within this many hours.',
    }),
    recentReplyHours: hours.openapi({
      description: '… or when the lead wrote within this many hours.',
    }),
    requireConsent: z.boolean().openapi({ description: 'Refuse when no opt-in is on record.' }),
  })
  .openapi('CampaignSettings') satisfies z.ZodType<CampaignSettings>;

export const campaignSchema = z
  .object({
    id,
    name: z.string(),
    settings: campaignSettingsSchema,
    currentVersion: z
      .object({ id, number: z.int(), publishedAt: instant })
      .nullable()
      .openapi({ description: 'What new launches use; null until a version is published.' }),
    pausedAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('Campaign');

export type Campaign = z.infer<typeof campaignSchema>;

const name = z.string().trim().min(1).max(200);

export const newCampaignSchema = z
  .object({
    name,
    settings: campaignSettingsSchema
      .partial()
      .default({})
      .transform((given): CampaignSettings => ({ ...defaultCampaignSettings, ...given })),
  })
  .openapi('NewCampaign');

export const campaignChangeSchema = z
  .object({ name: name.optional(), settings: campaignSettingsSchema.partial().optional() })
  .openapi('CampaignChange');
