import { z } from '@hono/zod-openapi';
import { parsePhone } from '#domain/phone.ts';

/** A phone number as people write it, or E.164; without a country code it is one of the United States. */
export const phoneNumber = z
  .string()
  .min(1)
  .max(60)
  .transform((text, context) => {
    const parsed = parsePhone(text, 'US');
    if (parsed.ok) return parsed.e164;
    context.addIssue({ code: 'custom', params: { code: parsed.code }, message: parsed.message });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: '+15046218927' });
