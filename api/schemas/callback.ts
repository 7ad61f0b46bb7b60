import { z } from '@hono/zod-openapi';
import { callbackStatuses } from '#domain/callback.ts';
import { id, instant, pageQuery } from './common.ts';

export const callbackSchema = z
  .object({
    id,
    lead: z.object({ id, name: z.string(), timeZones: z.array(z.string()) }),
    journeyId: id.nullable(),
    campaignId: id.nullable(),
    dueAt: instant,
    status: z.enum(callbackStatuses).openapi({
      description:
        '`kept`: the person was reached. `missed`: nobody was within 24 hours after `dueAt`, and there is a task for it.',
    }),
    late: z.boolean().nullable().openapi({
      description: 'Kept later than 15 minutes after `dueAt`; null unless it was kept.',
    }),
    say: z.string().nullable(),
    note: z.string().nullable().openapi({
      description: 'What was noted with it; behind it, why it was missed or cancelled.',
    }),
    source: z.string(),
    attempts: z.int().openapi({ description: 'Tries that have ended.' }),
    keptAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi('Callback');

export type Callback = z.infer<typeof callbackSchema>;

/** An instant, or a time on the lead's own clock. */
const when = {
  dueAt: z.iso
    .datetime({ offset: true, error: 'must be an instant like 2026-11-21T09:00:00Z' })
    .optional()
    .openapi({ format: 'date-time', description: 'When; or `localTime`.' }),
  localTime: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'must be a local time like 2026-11-21T15:00')
    .optional()
    .openapi({
      description:
        "When on the lead's own clock, instead of `dueAt`: in `timeZone`, else in the first of the lead's zones. Of a time that comes twice when clocks are put back, the first.",
    }),
  timeZone: z.string().max(64).optional().openapi({
    description: 'The zone of `localTime`, if the lead has named it.',
    example: 'America/Chicago',
  }),
};

const oneTime = (given: { dueAt?: string | undefined; localTime?: string | undefined }) =>
  (given.dueAt === undefined) !== (given.localTime === undefined);
const oneTimeError = { path: ['dueAt'], error: 'give either dueAt or localTime' };

export const newCallbackSchema = z
  .object({
    leadId: id,
    ...when,
    say: z.string().trim().min(1).max(1_000).optional().openapi({
      description: "What the call says, a template; without it the campaign's first call step says it.",
    }),
    note: z.string().trim().min(1).max(2_000).optional(),
    campaignId: id.optional().openapi({
      description: "Under whose settings it is kept; without it the journey's campaign, if there is one.",
    }),
    journeyId: id.optional(),
  })
  .refine(oneTime, oneTimeError)
  .openapi('NewCallback');

export const callbackTimeSchema = z.object(when).refine(oneTime, oneTimeError).openapi('CallbackTime');

export const callbackCancelSchema = z
  .object({ reason: z.string().trim().min(1).max(500).optional() })
  .openapi('CallbackCancellation');

const filterId = z.preprocess((value) => (value === '' ? undefined : value), id.optional());
const filterInstant = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z.iso.datetime({ offset: true, error: 'must be an instant like 2026-11-21T09:00:00Z' }).optional(),
);

export const callbacksQuery = pageQuery.extend({
  status: z.preprocess((value) => (value === '' ? undefined : value), z.enum(callbackStatuses).optional()),
  leadId: filterId,
});

export const callbackSummaryQuery = z.object({
  campaignId: filterId,
  from: filterInstant.openapi({ description: 'Promised for this instant or later.' }),
  to: filterInstant.openapi({ description: 'Promised for before this instant.' }),
});

const count = z.int();

export const callbackSummarySchema = z
  .object({ scheduled: count, keptOnTime: count, keptLate: count, missed: count, cancelled: count })
  .openapi('CallbackSummary');
