import { z } from '@hono/zod-openapi';
import { problemCodes } from '#domain/journey/problem.ts';
import { id, instant } from './common.ts';
import { definitionSchema } from './definition.ts';

export const versionSchema = z
  .object({
    id,
    campaignId: id,
    number: z.int(),
    definition: definitionSchema,
    status: z.enum(['draft', 'published']),
    publishedAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('JourneyVersion');

export type Version = z.infer<typeof versionSchema>;

export const versionParams = z.object({
  id: id.openapi({ param: { name: 'id', in: 'path' }, description: 'The campaign.' }),
  versionId: id.openapi({ param: { name: 'versionId', in: 'path' } }),
});

export const definitionBody = z.object({ definition: definitionSchema }).openapi('DefinitionBody');

export const validationSchema = z
  .object({
    valid: z.boolean(),
    problems: z.array(
      z.object({
        stepId: z.string().nullable(),
        field: z.string(),
        code: z.enum(problemCodes),
        message: z.string(),
      }),
    ),
  })
  .openapi('DefinitionValidation');

export type DefinitionValidation = z.infer<typeof validationSchema>;
