import { createRoute } from '@hono/zod-openapi';
import { listLeads, readLead, readLeadIn } from '#db/queries/leads.ts';
import { recordAudit } from '#db/queries/audit.ts';
import { withOrganization } from '#db/tenant.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { upsertLead } from '../leads/upsert-lead.ts';
import { requireRole } from '../middleware/auth.ts';
import { toLead } from '../present.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { toLeadFilter } from '../schemas/lead-filter.ts';
import { externalIdParam, leadQuery, leadSchema, leadUpsertSchema } from '../schemas/lead.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Leads'];

const list = createRoute({
  method: 'get',
  path: '/leads',
  tags,
  summary: 'List leads, newest first',
  security,
  request: { query: leadQuery },
  responses: {
    200: json(page(leadSchema), 'A page of leads.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const read = createRoute({
  method: 'get',
  path: '/leads/{id}',
  tags,
  summary: 'Read a lead',
  security,
  request: { params: idParam },
  responses: { 200: json(leadSchema, 'The lead.'), ...signedIn, ...problems({ 404: ['LEAD_NOT_FOUND'] }) },
});

const upsert = createRoute({
  method: 'put',
  path: '/leads/by-external-id/{externalId}',
  tags,
  summary: "Create or update a lead by the CRM's own id",
  description:
    'Fields that are not given stay as they are. A lead without external id that has the same number and name is taken to be the same person.',
  security,
  middleware: [requireRole('manager')] as const,
  request: { params: externalIdParam, body: body(leadUpsertSchema) },
  responses: {
    200: json(leadSchema, 'The lead was there and is now as given.'),
    201: json(leadSchema, 'The lead was created.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 422: ['VALIDATION_FAILED', 'INVALID_PHONE'] }),
  },
});

export function leadRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const query = c.req.valid('query');
      const filter = toLeadFilter(query, c.req.query());
      const leads = await listLeads(c.var.deps.database, c.var.scope, filter, pageRequest(query));
      return c.json(toPage(leads, toLead), 200);
    })
    .openapi(read, async (c) => {
      const lead = await readLead(c.var.deps.database, c.var.scope, c.req.valid('param').id);
      if (!lead) throw notFound('lead');
      return c.json(toLead(lead), 200);
    })
    .openapi(upsert, async (c) => {
      const { externalId } = c.req.valid('param');
      const given = c.req.valid('json');
      const { scope } = c.var;
      const { created, row } = await withOrganization(c.var.deps.database, scope, async (tx) => {
        const result = await upsertLead(tx, scope.organizationId, externalId, given);
        await recordAudit(tx, scope.organizationId, actorOf(c), {
          action: 'lead.upsert',
          subjectType: 'lead',
          subjectId: result.leadId,
        });
        return { created: result.created, row: (await readLeadIn(tx, result.leadId))! };
      });
      return c.json(toLead(row), created ? 201 : 200);
    });
}
