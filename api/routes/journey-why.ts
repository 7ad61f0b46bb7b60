import { createRoute } from '@hono/zod-openapi';
import { readTouch } from '#db/queries/why.ts';
import { withOrganization } from '#db/tenant.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam } from '../schemas/common.ts';
import { journeyWhySchema, touchWhySchema } from '../schemas/why.ts';
import { whyNotYet } from '../why/journey-why.ts';
import { whyTouch } from '../why/touch-why.ts';
import { json, problems, security, signedIn } from './describe.ts';

const journeyWhy = createRoute({
  method: 'get',
  path: '/journeys/{id}/why',
  tags: ['Journeys'],
  summary: 'Say why a journey does not go on yet',
  description:
    'What it waits for and, if its next touch is known, everything that is in the way of it: each rule with its code, version, source and until when, in the order in which the gate asks.',
  security,
  request: { params: idParam },
  responses: {
    200: json(journeyWhySchema, 'What is in its way now.'),
    ...signedIn,
    ...problems({ 404: ['JOURNEY_NOT_FOUND'] }),
  },
});

const touchWhy = createRoute({
  method: 'get',
  path: '/touches/{id}/why',
  tags: ['Journeys'],
  summary: 'Say why a text or a call was made or refused',
  description:
    'What the gate saw when it decided (consent, do-not-call lists, zones, rules, number), what was to be said, and what became of it.',
  security,
  request: { params: idParam },
  responses: {
    200: json(touchWhySchema, 'What is on record.'),
    ...signedIn,
    ...problems({ 404: ['TOUCH_NOT_FOUND'] }),
  },
});

export function journeyWhyRoutes() {
  return createRouter()
    .openapi(journeyWhy, async (c) => {
      const { id } = c.req.valid('param');
      const why = await withOrganization(c.var.deps.database, c.var.scope, (tx) => whyNotYet(tx, id));
      if (!why) throw notFound('journey');
      return c.json(why, 200);
    })
    .openapi(touchWhy, async (c) => {
      const touch = await readTouch(c.var.deps.database, c.var.scope, c.req.valid('param').id);
      if (!touch) throw notFound('touch');
      return c.json(whyTouch(touch), 200);
    });
}
