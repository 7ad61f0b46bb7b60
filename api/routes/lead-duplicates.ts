import { createRoute } from '@hono/zod-openapi';
import { findDuplicates } from '#db/queries/lead-duplicates.ts';
import { readLeadIn } from '#db/queries/leads.ts';
import { withOrganization } from '#db/tenant.ts';
import { mergeLeads } from '../leads/merge-leads.ts';
import { requireRole } from '../middleware/auth.ts';
import { toLead } from '../present.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { leadSchema } from '../schemas/lead.ts';
import { duplicateSchema, mergeSchema } from '../schemas/lead-duplicate.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Leads'];

const list = createRoute({
  method: 'get',
  path: '/leads/{id}/duplicates',
  tags,
  summary: 'Find leads that may be the same person',
  description: 'By number, e-mail and name, the likeliest first; twenty at most.',
  security,
  request: { params: idParam },
  responses: {
    200: json(page(duplicateSchema), 'Who it may be.'),
    ...signedIn,
    ...problems({ 404: ['LEAD_NOT_FOUND'] }),
  },
});

const merge = createRoute({
  method: 'post',
  path: '/leads/{id}/merge',
  tags,
  summary: 'Merge another lead into this one',
  description:
    'This lead keeps what it has; what it has not is filled from the other, whose notes, tasks, callbacks, texts, calls, blocks and journeys become its own. Where both have a journey in the same campaign, the other one’s ends. The other lead is then deleted. It cannot be undone.',
  security,
  middleware: requireRole('admin'),
  request: { params: idParam, body: body(mergeSchema) },
  responses: {
    200: json(leadSchema, 'The lead that remains.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['LEAD_NOT_FOUND'], 422: ['VALIDATION_FAILED', 'SAME_LEAD'] }),
  },
});

/** The same person twice: found, and made one. */
export function leadDuplicateRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { id } = c.req.valid('param');
      const found = await findDuplicates(c.var.deps.database, c.var.scope, id);
      if (!found) throw notFound('lead');
      const items = found.map(({ lead, ...why }) => ({ lead: toLead(lead), ...why }));
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(merge, async (c) => {
      const { scope, deps } = c.var;
      const leadId = c.req.valid('param').id;
      const { duplicateId } = c.req.valid('json');
      const writer = { ...scope, role: 'system' } as const;
      const row = await withOrganization(deps.database, writer, async (tx) => {
        await mergeLeads(tx, scope.organizationId, { leadId, duplicateId }, actorOf(c));
        return (await readLeadIn(tx, leadId))!;
      });
      deps.inbox.hurry(scope.organizationId);
      return c.json(toLead(row), 200);
    });
}
