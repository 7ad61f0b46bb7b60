import { z } from '@hono/zod-openapi';
import { callOutcomes } from '#domain/carrier-status.ts';
import { id, instant, pageQuery } from './common.ts';

export const changeSchema = z
  .object({
    cursor: z.string(),
    type: z.string().openapi({ example: 'journey.updated' }),
    leadId: id.nullable(),
    journeyId: id.nullable(),
    launchId: id.nullable(),
    data: z.record(z.string(), z.unknown()),
    createdAt: instant,
  })
  .openapi('Change');

export type Change = z.infer<typeof changeSchema>;

export const feedQuery = pageQuery.omit({ cursor: true }).extend({
  after: z.string().optional().openapi({
    description: '`cursor` of the last change already seen; without it the feed is read from its beginning.',
  }),
  types: z
    .string()
    .optional()
    .transform((text) =>
      text
        ?.split(',')
        .map((type) => type.trim())
        .filter((type) => type !== ''),
    )
    .openapi({ description: 'Only these types, separated by commas.' }),
});

export const feedSchema = z
  .object({
    items: z.array(changeSchema),
    nextCursor: z.string().nullable().openapi({
      description:
        'What to ask for `after` next, also when there is nothing more yet; null only at an empty beginning.',
    }),
  })
  .openapi('Feed');

const count = z.int();

export const statsSchema = z
  .object({
    leads: count,
    journeys: z.object({ active: count, paused: count, completed: count, removed: count, failed: count }),
    texts: z.object({ sent: count, received: count }),
    calls: z.object(
      Object.fromEntries(callOutcomes.map((outcome) => [outcome, count])) as Record<
        (typeof callOutcomes)[number],
        typeof count
      >,
    ),
  })
  .openapi('Stats');

export type Stats = z.infer<typeof statsSchema>;

export const eventTypeSchema = z
  .object({ type: z.string().openapi({ example: 'lead.stage_changed' }), meaning: z.string() })
  .openapi('EventType');
