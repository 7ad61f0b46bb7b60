import { createRoute } from '@hono/zod-openapi';
import { eventTypes } from '#domain/event-types.ts';
import { feedStart, readFeed } from '#db/queries/event-feed.ts';
import type { EventRow } from '#db/queries/event-feed.ts';
import { readStats } from '#db/queries/stats.ts';
import { decodeFeedPosition, encodeFeedPosition } from '../cursor.ts';
import { createRouter } from '../router.ts';
import { feedQuery, feedSchema, statsSchema } from '../schemas/event.ts';
import type { Change } from '../schemas/event.ts';
import { json, problems, security, signedIn } from './describe.ts';

const feed = createRoute({
  method: 'get',
  path: '/events',
  tags: ['Changes'],
  summary: 'Read the change feed',
  description:
    'Every change once and in order, for programs that keep a copy. Ask again with `after` = the last `nextCursor`; an empty answer means that nothing has happened since.\n\nTypes:\n\n' +
    Object.entries(eventTypes)
      .map(([type, meaning]) => `- \`${type}\`: ${meaning}`)
      .join('\n'),
  security,
  request: { query: feedQuery },
  responses: {
    200: json(feedSchema, 'Changes, oldest first.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const stats = createRoute({
  method: 'get',
  path: '/stats',
  tags: ['Changes'],
  summary: 'Counts for the dashboard',
  security,
  responses: { 200: json(statsSchema, 'The counts of now.'), ...signedIn },
});

export function eventRoutes() {
  return createRouter()
    .openapi(feed, async (c) => {
      const { after, limit, types } = c.req.valid('query');
      const rows = await readFeed(c.var.deps.database, c.var.scope, {
        after: after ? decodeFeedPosition(after, 'after') : feedStart,
        types: types?.length ? types : null,
        limit,
      });
      const items = rows.map(toChange);
      return c.json({ items, nextCursor: items.at(-1)?.cursor ?? after ?? null }, 200);
    })
    .openapi(stats, async (c) => c.json(await readStats(c.var.deps.database, c.var.scope), 200));
}

/** A change as the feed and the stream show it. */
export function toChange({ txid, id, ...change }: EventRow): Change {
  return { cursor: encodeFeedPosition({ txid, id: String(id) }), ...change };
}
