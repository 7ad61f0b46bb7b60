import { z } from '@hono/zod-openapi';
import { definitionSchema } from './definition.ts';

export const journeyTemplateSchema = z
  .object({
    id: z.string().openapi({
      description: 'For `templateId` of POST /v1/campaigns.',
      example: 'speed-to-lead',
    }),
    name: z.string(),
    description: z.string(),
    definition: definitionSchema,
  })
  .openapi('JourneyTemplate');

export type JourneyTemplate = z.infer<typeof journeyTemplateSchema>;
