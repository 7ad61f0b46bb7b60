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

export const diffQuery = z.object({
  against: id.openapi({ description: 'The version of the same campaign that it is compared with.' }),
});

export const diffSchema = z
  .object({
    against: id,
    added: z.array(z.string()).openapi({ description: 'Ids of steps that only this version has.' }),
    removed: z.array(z.string()).openapi({ description: 'Ids of steps that only the other one has.' }),
    changed: z.array(
      z.object({
        stepId: z.string().nullable().openapi({ description: 'null: the definition’s own field.' }),
        field: z.string(),
        before: z.unknown().openapi({ description: 'In the other version; null = not there.' }),
        after: z.unknown().openapi({ description: 'In this version; null = not there.' }),
      }),
    ),
  })
  .openapi('JourneyVersionDiff');
