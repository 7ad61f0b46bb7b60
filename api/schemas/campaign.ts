import { z } from '@hono/zod-openapi';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import { callOutcomes } from '#domain/carrier-status.ts';
import { resumePolicies } from '#domain/compliance/pauses.ts';
import { id, instant } from './common.ts';

const hours = z
  .number()
  .min(0)
  .max(24 * 365);

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as 09:30', abort: true });

const dailyHours = z
  .object({
    from: timeOfDay,
    to: z.union([timeOfDay, z.literal('24:00')], 'must be a time of day such as 18:00, at most 24:00'),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than from' })
  .openapi({ example: { from: '09:00', to: '18:00' } });

const weekday = dailyHours.optional();

const weeklyHours = z
  .strictObject({
    1: weekday,
    2: weekday,
    3: weekday,
    4: weekday,
    5: weekday,
    6: weekday,
    7: weekday,
  })
  .nullable()
  .openapi({
    description:
      'The campaign’s own hours in the lead’s time, by ISO weekday (1 is Monday), within those of the law. A weekday that is missing is closed; null = as the law allows.',
    example: { 1: { from: '09:00', to: '18:00' } },
  });

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'must be a date such as 2026-12-24', abort: true })
  .refine(isCalendarDate, 'must be a date of the calendar')
  .openapi({ format: 'date' });

/** "2027-02-29" reads as 1 March, and so does not come back as it was. */
function isCalendarDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

export const campaignSettingsSchema = z
  .object({
    recentSmsHours: hours.openapi({
      description: 'A text is refused when the number was texted within this many hours.',
    }),
    recentReplyHours: hours.openapi({
      description: '… or when the lead wrote within this many hours.',
    }),
    requireConsent: z.boolean().openapi({ description: 'Refuse when no opt-in is on record.' }),
    hours: weeklyHours,
    holidays: z
      .array(date)
      .max(366)
      .openapi({ description: 'Dates where the lead is on which nothing is sent.' }),
    startsOn: date.nullable().openapi({ description: 'The first day, where the lead is; null = no limit.' }),
    endsOn: date.nullable().openapi({ description: 'The last day, where the lead is; null = no limit.' }),
    resumePolicy: z.enum(resumePolicies).openapi({
      description:
        'What becomes of a wait that a pause ran into. keep: what remained of it remains; shift: it went on, and what came due meanwhile is done after the restart; expire: what came due meanwhile is left out.',
    }),
    numberIds: z
      .array(id.toLowerCase())
      .min(1, 'must name a number, or be null for all of them')
      .max(1_000)
      .nullable()
      .openapi({
        description:
          'The numbers of yours (GET /v1/numbers) that people are contacted from; null = all of them. Touches follow it from the next one on.',
      }),
  })
  .openapi('CampaignSettings') satisfies z.ZodType<CampaignSettings>;

/** Settings as they are given: those that are missing stay as they are. */
const givenSettings = campaignSettingsSchema
  .partial()
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn, {
    path: ['endsOn'],
    message: 'must not be before startsOn',
  });

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
    settings: givenSettings
      .default({})
      .transform((given): CampaignSettings => ({ ...defaultCampaignSettings, ...given })),
    templateId: z.string().optional().openapi({
      description: 'A ready-made journey (GET /v1/journey-templates), copied as the first draft.',
    }),
  })
  .openapi('NewCampaign');

export const campaignChangeSchema = z
  .object({ name: name.optional(), settings: givenSettings.optional() })
  .openapi('CampaignChange');

const count = z.int();

export const campaignStatsSchema = z
  .object({
    journeys: z.object({ active: count, paused: count, completed: count, removed: count, failed: count }),
    texts: z.object({
      sent: count.openapi({ description: 'The carrier has them.' }),
      failed: count.openapi({ description: 'The carrier refused them, or nobody can say.' }),
      refused: count.openapi({ description: 'The gate refused them.' }),
      received: count.openapi({ description: 'From its leads, since their journeys began.' }),
    }),
    calls: z.object(
      Object.fromEntries(callOutcomes.map((outcome) => [outcome, count])) as Record<
        (typeof callOutcomes)[number],
        typeof count
      >,
    ),
    dispositions: z
      .array(z.object({ code: z.string(), label: z.string(), count }))
      .openapi({ description: 'Those that were applied, the most frequent first.' }),
  })
  .openapi('CampaignStats');

export type CampaignStats = z.infer<typeof campaignStatsSchema>;
