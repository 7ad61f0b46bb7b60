import { z } from '@hono/zod-openapi';
import { refusalCodes } from '#domain/compliance/refusals.ts';

export const refusalSchema = z
  .object({
    code: z.enum(refusalCodes),
    label: z.string().openapi({ description: 'Its short name.' }),
    severity: z.enum(['low', 'medium', 'high', 'critical']),
    effect: z.enum(['skip', 'end', 'wait', 'hold']).openapi({
      description:
        'What a journey does about it: `skip` the step and go on, `end`, `wait` until a time, `hold` until somebody changes something.',
    }),
    message: z.string(),
    action: z.string().openapi({ description: 'What a person can do about it.' }),
  })
  .openapi('Refusal');
