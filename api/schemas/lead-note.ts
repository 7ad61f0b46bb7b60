import { z } from '@hono/zod-openapi';
import { id, instant } from './common.ts';

export const author = z
  .object({ id, name: z.string() })
  .nullable()
  .openapi({ description: 'Null when an API key did it.' });

export const noteSchema = z
  .object({ id, body: z.string(), author, createdAt: instant, updatedAt: instant })
  .openapi('LeadNote');

export const noteBody = z
  .object({ body: z.string().trim().min(1, 'must not be empty').max(10_000) })
  .openapi('NewLeadNote');

export const noteParams = z.object({
  id: id.openapi({ param: { name: 'id', in: 'path' } }),
  noteId: id.openapi({ param: { name: 'noteId', in: 'path' } }),
});
