import { createRoute } from '@hono/zod-openapi';
import { addBlock, liftBlock, listBlocks } from '#db/queries/lead-blocks.ts';
import { withOrganization } from '#db/tenant.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page, pageQuery } from '../schemas/common.ts';
import { blockParams, blockSchema, newBlockSchema } from '../schemas/lead-block.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Leads'];

const list = createRoute({
  method: 'get',
  path: '/leads/{id}/blocks',
  tags,
  summary: 'List the blocks of a lead, newest first',
  security,
  request: { params: idParam, query: pageQuery },
  responses: {
    200: json(page(blockSchema), 'A page of blocks, also of those that are over.'),
    ...signedIn,
    ...problems({ 404: ['LEAD_NOT_FOUND'], 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const create = createRoute({
  method: 'post',
  path: '/leads/{id}/blocks',
  tags,
  summary: 'Block a lead',
  description: 'From the answer on nothing is sent to this lead, by whatever number.',
  security,
  middleware: requireRole('agent'),
  request: { params: idParam, body: body(newBlockSchema) },
  responses: {
    201: json(blockSchema, 'The block.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['LEAD_NOT_FOUND'], 422: ['VALIDATION_FAILED'] }),
  },
});

const lift = createRoute({
  method: 'delete',
  path: '/leads/{id}/blocks/{blockId}',
  tags,
  summary: 'Lift a block',
  description: 'It stays on record. One that is over already stays so.',
  security,
  middleware: requireRole('manager'),
  request: { params: blockParams },
  responses: {
    204: { description: 'It is lifted.' },
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['BLOCK_NOT_FOUND'] }),
  },
});

/** What keeps a lead from being contacted for reasons of our own. */
export function leadBlockRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { id } = c.req.valid('param');
      const blocks = await listBlocks(
        c.var.deps.database,
        c.var.scope,
        id,
        pageRequest(c.req.valid('query')),
      );
      if (!blocks) throw notFound('lead');
      return c.json(
        toPage(blocks, (row) => row),
        200,
      );
    })
    .openapi(create, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      const { reason, expiresAt = null } = c.req.valid('json');
      // The product writes it in the person's name: an agent may insert nothing.
      const writer = { ...scope, role: 'system' } as const;
      const block = await withOrganization(c.var.deps.database, writer, (tx) =>
        addBlock(tx, scope.organizationId, id, { reason, expiresAt }, actorOf(c)),
      );
      if (!block) throw notFound('lead');
      return c.json(block, 201);
    })
    .openapi(lift, async (c) => {
      const { scope } = c.var;
      const { id, blockId } = c.req.valid('param');
      const lifted = await withOrganization(c.var.deps.database, scope, (tx) =>
        liftBlock(tx, scope.organizationId, { leadId: id, blockId }, actorOf(c)),
      );
      if (!lifted) throw notFound('block');
      return c.body(null, 204);
    });
}
