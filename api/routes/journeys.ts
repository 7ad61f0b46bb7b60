import { createRoute } from '@hono/zod-openapi';
import { listJourneys, readJourney } from '#db/queries/journeys.ts';
import { readTimeline } from '#db/queries/timeline.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { toJourney } from '../present.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { journeySchema, journeysQuery, timelineSchema } from '../schemas/journey.ts';
import { toTimeline } from '../timeline/timeline.ts';
import { json, problems, security, signedIn } from './describe.ts';

const tags = ['Journeys'];

const list = createRoute({
  method: 'get',
  path: '/journeys',
  tags,
  summary: 'List journeys, newest first',
  security,
  request: { query: journeysQuery },
  responses: {
    200: json(page(journeySchema), 'A page of journeys.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const read = createRoute({
  method: 'get',
  path: '/journeys/{id}',
  tags,
  summary: 'Read a journey',
  security,
  request: { params: idParam },
  responses: {
    200: json(journeySchema, 'The journey.'),
    ...signedIn,
    ...problems({ 404: ['JOURNEY_NOT_FOUND'] }),
  },
});

const timeline = createRoute({
  method: 'get',
  path: '/journeys/{id}/timeline',
  tags,
  summary: "Read a journey's timeline, oldest first",
  description:
    'What the journey did and saw, with its texts and calls, and what the lead wrote since it began.',
  security,
  request: { params: idParam },
  responses: {
    200: json(timelineSchema, 'The timeline.'),
    ...signedIn,
    ...problems({ 404: ['JOURNEY_NOT_FOUND'] }),
  },
});

export function journeyRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const { config, database } = c.var.deps;
      const found = await listJourneys(database, c.var.scope, filter, pageRequest({ limit, cursor }));
      return c.json(
        toPage(found, (row) => toJourney(row, config)),
        200,
      );
    })
    .openapi(read, async (c) => {
      const { config, database } = c.var.deps;
      const journey = await readJourney(database, c.var.scope, c.req.valid('param').id);
      if (!journey) throw notFound('journey');
      return c.json(toJourney(journey, config), 200);
    })
    .openapi(timeline, async (c) => {
      const rows = await readTimeline(c.var.deps.database, c.var.scope, c.req.valid('param').id);
      if (!rows) throw notFound('journey');
      return c.json({ items: toTimeline(rows) }, 200);
    });
}
