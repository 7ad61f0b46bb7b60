import { z } from '@hono/zod-openapi';
import { id } from './common.ts';
import { maxCohortIds } from './launch.ts';
import { leadFilterSchema } from './lead-filter.ts';

const cohort = z.union([
  z.strictObject({ leadIds: z.array(id).min(1, 'must not be empty').max(maxCohortIds) }),
  z.strictObject({ filter: leadFilterSchema }),
]);
const tags = z.array(z.string().trim().min(1).max(100)).min(1, 'must not be empty').max(50);

export const bulkSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.enum(['add_tags', 'remove_tags']), cohort, tags }),
    z.strictObject({ action: z.literal('set_stage'), cohort, stageId: id }),
    z.strictObject({ action: z.literal('set_status'), cohort, status: z.string().trim().min(1).max(50) }),
    z.strictObject({
      action: z.literal('block'),
      cohort,
      reason: z.string().trim().min(1, 'must not be empty').max(500),
    }),
    z.strictObject({ action: z.literal('delete'), cohort }),
  ])
  .openapi('BulkChange');

export const bulkResultSchema = z
  .object({
    matched: z.int().openapi({ description: 'How many leads were meant.' }),
    changed: z.int().openapi({ description: 'How many of them were not so already.' }),
  })
  .openapi('BulkResult');
