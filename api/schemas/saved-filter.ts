import { z } from '@hono/zod-openapi';
import { id, instant } from './common.ts';
import { leadFilterSchema } from './lead-filter.ts';

const name = z.string().trim().min(1, 'must not be empty').max(200);

export const savedFilterSchema = z
  .object({ id, name: z.string(), filter: leadFilterSchema, createdAt: instant, updatedAt: instant })
  .openapi('SavedFilter');

export const newSavedFilterSchema = z.object({ name, filter: leadFilterSchema }).openapi('NewSavedFilter');

/** What is not given stays as it is. */
export const savedFilterChangeSchema = z
  .object({ name: name.optional(), filter: leadFilterSchema.optional() })
  .openapi('SavedFilterChange');
