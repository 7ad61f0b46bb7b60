import { createRoute } from '@hono/zod-openapi';
import { journeyTemplates } from '#domain/journey/templates/index.ts';
import { createRouter } from '../router.ts';
import { page } from '../schemas/common.ts';
import { journeyTemplateSchema } from '../schemas/journey-template.ts';
import { json, security, signedIn } from './describe.ts';

const list = createRoute({
  method: 'get',
  path: '/journey-templates',
  tags: ['Campaigns'],
  summary: 'List the ready-made journeys that a campaign can begin with',
  security,
  responses: { 200: json(page(journeyTemplateSchema), 'All of them.'), ...signedIn },
});

export function journeyTemplateRoutes() {
  return createRouter().openapi(list, (c) => c.json({ items: [...journeyTemplates], nextCursor: null }, 200));
}
