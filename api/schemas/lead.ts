import { z } from '@hono/zod-openapi';
import { leadSorts } from '#db/queries/lead-list.ts';
import { id, instant, pageQuery } from './common.ts';
import { customFieldName, leadFilterQuery } from './lead-filter.ts';

const text = (max: number) => z.string().trim().max(max);
const optional = (max: number) => text(max).nullish();

export const leadSchema = z
  .object({
    id,
    externalId: z.string().nullable().openapi({ description: "The CRM's own id of this person." }),
    firstName: z.string(),
    lastName: z.string(),
    company: z.string().nullable(),
    phone: z.string().openapi({ description: 'E.164.', example: '+15046218927' }),
    phoneFormatted: z.string().openapi({ example: '(504) 621-8927' }),
    email: z.string().nullable(),
    address: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    postalCode: z.string().nullable(),
    country: z.string().nullable(),
    timeZones: z.array(z.string()).openapi({
      description: 'Every zone the lead may be in, by number and address. Empty: unknown, never contacted.',
    }),
    source: z.string().nullable(),
    status: z.string(),
    stage: z.object({ id, name: z.string(), color: z.string() }).nullable(),
    stageEnteredAt: instant.nullable().openapi({ description: 'Since when it is in its stage.' }),
    blocked: z
      .boolean()
      .openapi({ description: 'Somebody has blocked it: nothing is sent to it, whatever its number.' }),
    score: z.number().nullable(),
    customFields: z.record(z.string(), z.string()),
    tags: z.array(z.string()),
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi('Lead');

export type Lead = z.infer<typeof leadSchema>;

export const leadQuery = pageQuery.extend({
  ...leadFilterQuery.shape,
  sort: z
    .preprocess((value) => (value === '' ? undefined : value), z.enum(leadSorts).default('-createdAt'))
    .openapi({
      type: 'string',
      enum: [...leadSorts],
      default: '-createdAt',
      description: '`-` = descending. A search is answered best match first, whatever this says.',
    }),
});

export const countSchema = z.object({ count: z.int() }).openapi('Count');

/** What is not given stays as it is; null empties a field. */
export const leadUpsertSchema = z
  .object({
    phone: text(60).min(1).openapi({ description: 'As people write it, or E.164.' }),
    defaultCountry: z
      .string()
      .regex(/^[A-Za-z]{2}$/, 'must be a country code of two letters')
      .default('US')
      .openapi({ description: 'The country of a number without a country code (ISO 3166-1 alpha-2).' }),
    firstName: text(200).optional(),
    lastName: text(200).optional(),
    company: optional(300),
    email: optional(320),
    address: optional(500),
    city: optional(200),
    state: optional(100),
    postalCode: optional(20),
    country: optional(60),
    source: optional(100),
    customFields: z
      .record(customFieldName, text(2000))
      .optional()
      .openapi({ description: 'Added to those that the lead has.' }),
    tags: z.array(text(100).min(1)).max(50).optional().openapi({ description: 'Replaces the tags.' }),
  })
  .openapi('LeadUpsert');

const statusText = text(50).min(1).openapi({ description: 'For example `new` or `contacted`.' });
const externalId = text(200).min(1).nullish().openapi({ description: "The CRM's own id of this person." });

export const newLeadSchema = leadUpsertSchema
  .extend({ externalId, status: statusText.optional() })
  .openapi('NewLead');

/** What is not given stays as it is; null empties a field. */
export const leadChangeSchema = newLeadSchema
  .partial()
  .extend({
    defaultCountry: leadUpsertSchema.shape.defaultCountry,
    customFields: z
      .record(customFieldName, text(2000).nullable())
      .optional()
      .openapi({ description: 'Added to those that the lead has; null removes one.' }),
  })
  .openapi('LeadChange');

export type LeadUpsert = z.input<typeof leadUpsertSchema>;

export const externalIdParam = z.object({
  externalId: text(200)
    .min(1)
    .openapi({ param: { name: 'externalId', in: 'path' } }),
});
