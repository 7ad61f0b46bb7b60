import { createRoute } from '@hono/zod-openapi';
import { eventTypes } from '#domain/event-types.ts';
import { createRouter } from '../router.ts';
import { page } from '../schemas/common.ts';
import { eventTypeSchema } from '../schemas/event.ts';
import { json, security, signedIn } from './describe.ts';

const list = createRoute({
  method: 'get',
  path: '/event-types',
  tags: ['Changes'],
  summary: 'List the types of change in the feed, with what each means',
  security,
  responses: { 200: json(page(eventTypeSchema), 'All of them.'), ...signedIn },
});

export function eventTypeRoutes() {
  const items = Object.entries(eventTypes).map(([type, meaning]) => ({ type, meaning }));
  return createRouter().openapi(list, (c) => c.json({ items, nextCursor: null }, 200));
}
