import { z } from '@hono/zod-openapi';
import { id, instant, pageQuery, searchText } from './common.ts';

const taskStatuses = ['open', 'done'] as const;

export const taskSchema = z
  .object({
    id,
    kind: z.string().openapi({
      description: 'For example `follow_up`, `unknown_outcome`, `consent_review`, `callback_missed`.',
    }),
    title: z.string(),
    status: z.enum(taskStatuses),
    lead: z.object({ id, name: z.string() }).nullable(),
    journeyId: id.nullable(),
    dueAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('Task');

export type Task = z.infer<typeof taskSchema>;

export const tasksQuery = pageQuery.extend({
  status: z.preprocess((value) => (value === '' ? undefined : value), z.enum(taskStatuses).optional()),
  leadId: z.preprocess((value) => (value === '' ? undefined : value), id.optional()),
  kind: searchText,
});
