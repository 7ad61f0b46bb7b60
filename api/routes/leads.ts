import { createRoute } from '@hono/zod-openapi';
import { countLeads, listLeads, searchLeads } from '#db/queries/lead-list.ts';
import { deleteLeads } from '#db/queries/lead-removal.ts';
import { readLead, readLeadIn } from '#db/queries/leads.ts';
import { recordAudit } from '#db/queries/audit.ts';
import { withOrganization } from '#db/tenant.ts';
import { decodeLeadPosition, encodeKey } from '../cursor.ts';
import { requireFittingValues } from '../leads/custom-values.ts';
import { upsertLead } from '../leads/upsert-lead.ts';
import { changeLead, createLead } from '../leads/write-lead.ts';
import { requireRole } from '../middleware/auth.ts';
import { toLead } from '../present.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { leadFilterQuery, toLeadFilter } from '../schemas/lead-filter.ts';
import {
  countSchema,
  externalIdParam,
  leadChangeSchema,
  leadQuery,
  leadSchema,
  leadUpsertSchema,
  newLeadSchema,
} from '../schemas/lead.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Leads'];

const list = createRoute({
  method: 'get',
  path: '/leads',
  tags,
  summary: 'List leads',
  description:
    'By `sort`; a search is answered best match first. Values of custom fields are asked for as `custom.<name>=value`.',
  security,
  request: { query: leadQuery },
  responses: {
    200: json(page(leadSchema), 'A page of leads.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const count = createRoute({
  method: 'get',
  path: '/leads/count',
  tags,
  summary: 'Count leads by the same filter',
  security,
  request: { query: leadFilterQuery },
  responses: {
    200: json(countSchema, 'How many there are.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED'] }),
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

const create = createRoute({
  method: 'post',
  path: '/leads',
  tags,
  summary: 'Create a lead',
  description: 'Whoever else has its number: people may share one. Nobody else may have its external id.',
  security,
  middleware: [requireRole('manager')] as const,
  request: { body: body(newLeadSchema) },
  responses: {
    201: json(leadSchema, 'The lead.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 409: ['DUPLICATE_LEAD'], 422: ['VALIDATION_FAILED', 'INVALID_PHONE'] }),
  },
});

const change = createRoute({
  method: 'patch',
  path: '/leads/{id}',
  tags,
  summary: 'Change a lead',
  description:
    'What is not given stays as it is; null empties a field. Custom fields are added to, and null removes one; tags are replaced.',
  security,
  middleware: [requireRole('agent')] as const,
  request: { params: idParam, body: body(leadChangeSchema) },
  responses: {
    200: json(leadSchema, 'The lead as it is now.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['LEAD_NOT_FOUND'],
      409: ['DUPLICATE_LEAD'],
      422: ['VALIDATION_FAILED', 'INVALID_PHONE'],
    }),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/leads/{id}',
  tags,
  summary: 'Delete a lead',
  description:
    'Its running journeys end, its promised callbacks are cancelled, and what is known of the person is emptied. What was sent to its number and what it consented to stays on record.',
  security,
  middleware: [requireRole('admin')] as const,
  request: { params: idParam },
  responses: {
    204: { description: 'It is deleted.' },
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['LEAD_NOT_FOUND'] }),
  },
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
      const { search, ...others } = toLeadFilter(query, c.req.query());
      const { database } = c.var.deps;
      const orders = search === undefined ? [query.sort] : ['rank', '-createdAt'];
      const request = { limit: query.limit, after: decodeLeadPosition(query.cursor, orders) };
      const leads =
        search === undefined
          ? await listLeads(database, c.var.scope, others, query.sort, request)
          : await searchLeads(database, c.var.scope, { ...others, search }, request);
      return c.json({ items: leads.rows.map(toLead), nextCursor: leads.next && encodeKey(leads.next) }, 200);
    })
    .openapi(count, async (c) => {
      const filter = toLeadFilter(c.req.valid('query'), c.req.query());
      return c.json({ count: await countLeads(c.var.deps.database, c.var.scope, filter) }, 200);
    })
    .openapi(read, async (c) => {
      const lead = await readLead(c.var.deps.database, c.var.scope, c.req.valid('param').id);
      if (!lead) throw notFound('lead');
      return c.json(toLead(lead), 200);
    })
    .openapi(create, async (c) => {
      const { scope } = c.var;
      const given = c.req.valid('json');
      const row = await withOrganization(c.var.deps.database, scope, async (tx) => {
        const id = await createLead(tx, scope.organizationId, given, actorOf(c));
        return (await readLeadIn(tx, id))!;
      });
      return c.json(toLead(row), 201);
    })
    .openapi(change, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      const given = c.req.valid('json');
      // The product writes event and audit in the person's name: an agent may change a lead, but may insert nothing.
      const writer = { ...scope, role: 'system' } as const;
      const row = await withOrganization(c.var.deps.database, writer, async (tx) => {
        await changeLead(tx, scope.organizationId, id, given, actorOf(c));
        return (await readLeadIn(tx, id))!;
      });
      return c.json(toLead(row), 200);
    })
    .openapi(remove, async (c) => {
      const { scope, deps } = c.var;
      const { id } = c.req.valid('param');
      const writer = { ...scope, role: 'system' } as const;
      await withOrganization(deps.database, writer, async (tx) => {
        if ((await deleteLeads(tx, [id])) === 0) throw notFound('lead');
        await recordAudit(tx, scope.organizationId, actorOf(c), {
          action: 'lead.delete',
          subjectType: 'lead',
          subjectId: id,
        });
      });
      deps.inbox.hurry(scope.organizationId);
      return c.body(null, 204);
    })
    .openapi(upsert, async (c) => {
      const { externalId } = c.req.valid('param');
      const given = c.req.valid('json');
      const { scope } = c.var;
      const { created, row } = await withOrganization(c.var.deps.database, scope, async (tx) => {
        await requireFittingValues(tx, given.customFields);
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
