import { z } from '@hono/zod-openapi';
import { id, instant } from './common.ts';
import { author } from './lead-note.ts';

export const blockSchema = z
  .object({
    id,
    reason: z.string(),
    active: z.boolean().openapi({ description: 'Neither run out nor lifted.' }),
    expiresAt: instant
      .nullable()
      .openapi({ description: 'When it runs out, or was lifted; null = until lifted.' }),
    author,
    createdAt: instant,
  })
  .openapi('LeadBlock');

export const newBlockSchema = z
  .object({
    reason: z.string().trim().min(1, 'must not be empty').max(500),
    expiresAt: z.iso
      .datetime({ offset: true, error: 'must be an instant like 2026-11-21T09:00:00Z' })
      .nullish()
      .openapi({ description: 'When it runs out; without it, it holds until somebody lifts it.' }),
  })
  .openapi('NewLeadBlock');

export const blockParams = z.object({
  id: id.openapi({ param: { name: 'id', in: 'path' } }),
  blockId: id.openapi({ param: { name: 'blockId', in: 'path' } }),
});
