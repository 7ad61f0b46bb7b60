import { z } from '@hono/zod-openapi';
import { ownWords } from '#db/queries/consents.ts';
import { id, instant, pageQuery } from './common.ts';
import { phoneNumber } from './phone.ts';

const kind = z.enum(['opt_in', 'opt_out']);
const channel = z.enum(['all', 'sms', 'voice']);

export const consentSchema = z
  .object({
    id,
    phone: z.string().openapi({ description: 'E.164.' }),
    kind,
    channel,
    source: z.string().openapi({
      description: `The person's own word: ${ownWords.join(', ')}. Anything else is what whoever recorded it calls it.`,
    }),
    text: z.string().nullable().openapi({ description: 'What the person wrote or was shown.' }),
    campaignId: id
      .nullable()
      .openapi({ description: 'The campaign that it is about; null = everything of the organisation.' }),
    messageId: id.nullable(),
    createdAt: instant,
  })
  .openapi('Consent');

export const consentQuery = pageQuery.extend({ phone: phoneNumber });

const reserved: readonly string[] = ownWords;

export const newConsentSchema = z
  .object({
    phone: phoneNumber,
    kind,
    channel: channel.default('all'),
    source: z
      .string()
      .regex(/^[a-z][a-z0-9_-]{0,49}$/, 'must be a short name such as web_form')
      .refine((name) => !reserved.includes(name), { message: 'is kept for what the person wrote to us' })
      .openapi({ example: 'web_form' }),
    text: z
      .string()
      .trim()
      .max(2_000)
      .nullish()
      .transform((text) => text || null)
      .openapi({ description: 'The words. Needed for an opt-in after the person’s own STOP.' }),
    campaignId: id
      .nullish()
      .transform((given) => given ?? null)
      .openapi({ description: 'Only where the organisation keeps consent by campaign.' }),
  })
  .openapi('NewConsent');

const resolution = z.enum(['opt_out', 'continue']);

/** `leadId`: of whoever has that lead's number. */
export const consentReviewQuery = pageQuery.extend({
  status: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(['open', 'resolved']).optional(),
  ),
  leadId: z.preprocess((value) => (value === '' ? undefined : value), id.optional()),
});

export const consentReviewSchema = z
  .object({
    id,
    phone: z.string(),
    message: z.object({ id, body: z.string(), receivedAt: instant }),
    lead: z.object({ id, name: z.string() }).nullable(),
    resolution: resolution.nullable().openapi({ description: 'Null while nobody has said what it was.' }),
    resolvedAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('ConsentReview');

export type ConsentReview = z.infer<typeof consentReviewSchema>;

export const resolutionSchema = z.object({ resolution }).openapi('ConsentReviewResolution');
