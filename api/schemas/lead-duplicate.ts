import { z } from '@hono/zod-openapi';
import { id } from './common.ts';
import { leadSchema } from './lead.ts';

export const duplicateSchema = z
  .object({
    lead: leadSchema,
    reasons: z
      .array(z.enum(['phone', 'email', 'name']))
      .openapi({ description: 'What they have in common.' }),
    score: z.number().openapi({ description: '0–1: how likely it is the same person.' }),
  })
  .openapi('LeadDuplicate');

export const mergeSchema = z
  .object({ duplicateId: id.openapi({ description: 'The lead that is given up.' }) })
  .openapi('LeadMerge');
