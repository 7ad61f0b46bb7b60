import { createRoute } from '@hono/zod-openapi';
import { readLeadTimeline } from '#db/queries/lead-timeline.ts';
import { decodeLeadTimelinePosition, encodeKey } from '../cursor.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page, pageQuery } from '../schemas/common.ts';
import { leadTimelineItemSchema } from '../schemas/lead-timeline.ts';
import { toLeadTimelineItem } from '../timeline/lead-timeline.ts';
import { json, problems, security, signedIn } from './describe.ts';

const read = createRoute({
  method: 'get',
  path: '/leads/{id}/timeline',
  tags: ['Leads'],
  summary: 'Read everything about a lead, newest first',
  description:
    'Texts, calls, journeys, dispositions, stages, notes, tasks, callbacks, consent, blocks, files and merges, each once; also of leads that were merged into this one.',
  security,
  request: { params: idParam, query: pageQuery },
  responses: {
    200: json(page(leadTimelineItemSchema), 'A page of the timeline.'),
    ...signedIn,
    ...problems({ 404: ['LEAD_NOT_FOUND'], 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

export function leadTimelineRoutes() {
  return createRouter().openapi(read, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const lines = await readLeadTimeline(c.var.deps.database, c.var.scope, c.req.valid('param').id, {
      limit,
      after: decodeLeadTimelinePosition(cursor),
    });
    if (!lines) throw notFound('lead');
    return c.json(
      { items: lines.rows.map(toLeadTimelineItem), nextCursor: lines.next && encodeKey(lines.next) },
      200,
    );
  });
}
