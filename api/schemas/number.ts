import { z } from '@hono/zod-openapi';
import { id, instant } from './common.ts';
import { phoneNumber } from './phone.ts';

const attestation = z.enum(['A', 'B', 'C']).nullable().openapi({
  description: 'How far the carrier vouches for it (STIR/SHAKEN); null = not known.',
});
const areaCode = z
  .string()
  .regex(/^\d{3}$/, 'must be three digits')
  .nullable()
  .openapi({ description: 'Leads of that area code are contacted from it first; null = of none.' });
const dailyCap = z
  .int()
  .min(0)
  .max(1_000_000)
  .nullable()
  .openapi({ description: 'Touches a day (UTC); null = no cap.' });
const ratePerSecond = z
  .number()
  .min(0.001)
  .max(10_000)
  .openapi({ description: 'Touches a second that the carrier takes from it.' });

export const numberSchema = z
  .object({
    id,
    e164: z.string().openapi({ example: '+12125550142' }),
    formatted: z.string().openapi({ example: '(212) 555-0142' }),
    canSms: z.boolean(),
    canVoice: z.boolean(),
    areaCode,
    attestation,
    dailyCap,
    ratePerSecond,
    isActive: z.boolean().openapi({ description: 'Nobody is contacted from one that is not.' }),
    usedToday: z.int().openapi({ description: 'Touches of today (UTC).' }),
    createdAt: instant,
  })
  .openapi('Number');

export type OwnedNumber = z.infer<typeof numberSchema>;

export const newNumberSchema = z
  .strictObject({
    e164: phoneNumber,
    canSms: z.boolean(),
    canVoice: z.boolean(),
    areaCode: areaCode.optional().openapi({ description: 'Without it, that of the number.' }),
    attestation: attestation.default(null),
    dailyCap: dailyCap.default(null),
    ratePerSecond: ratePerSecond.default(1),
  })
  .openapi('NewNumber');

export const numberChangeSchema = z
  .strictObject({
    canSms: z.boolean().optional(),
    canVoice: z.boolean().optional(),
    areaCode: areaCode.optional(),
    attestation: attestation.optional(),
    dailyCap: dailyCap.optional(),
    ratePerSecond: ratePerSecond.optional(),
    isActive: z.boolean().optional(),
  })
  .openapi('NumberChange');
