import { createRoute } from '@hono/zod-openapi';
import { findRefusal, refusalCodes } from '#domain/compliance/refusals.ts';
import { createRouter } from '../router.ts';
import { page } from '../schemas/common.ts';
import { refusalSchema } from '../schemas/refusal.ts';
import { json, security, signedIn } from './describe.ts';

const list = createRoute({
  method: 'get',
  path: '/refusals',
  tags: ['Compliance'],
  summary: 'List every reason for which a touch or a launch may be refused',
  description: 'One list for preflight, gate, timeline, metrics and these documents.',
  security,
  responses: { 200: json(page(refusalSchema), 'All of them.'), ...signedIn },
});

export function refusalRoutes() {
  return createRouter().openapi(list, (c) =>
    c.json({ items: refusalCodes.map((code) => findRefusal(code)!), nextCursor: null }, 200),
  );
}
