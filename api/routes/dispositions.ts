import { createRoute } from '@hono/zod-openapi';
import { createDisposition, listDispositions, updateDisposition } from '#db/queries/disposition-list.ts';
import { withOrganization } from '#db/tenant.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { page } from '../schemas/common.ts';
import {
  dispositionChangeSchema,
  dispositionParams,
  dispositionSchema,
  dispositionsQuery,
  newDispositionSchema,
} from '../schemas/disposition.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Dispositions'];
const managers = requireRole('manager');

const list = createRoute({
  method: 'get',
  path: '/dispositions',
  tags,
  summary: 'List the dispositions that can be applied, with what follows from each',
  security,
  request: { query: dispositionsQuery },
  responses: {
    200: json(page(dispositionSchema), 'All of them.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED'] }),
  },
});

const create = createRoute({
  method: 'post',
  path: '/dispositions',
  tags,
  summary: 'Add a disposition',
  security,
  middleware: managers,
  request: { body: body(newDispositionSchema) },
  responses: {
    201: json(dispositionSchema, 'The disposition, last in the order.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 409: ['CODE_TAKEN'], 422: ['VALIDATION_FAILED'] }),
  },
});

const update = createRoute({
  method: 'patch',
  path: '/dispositions/{code}',
  tags,
  summary: 'Change what follows from a disposition, archive it or bring it back',
  description:
    'What is not given stays as it is, and what was applied stays applied. A journey that comes to an archived one goes on without it and says so.',
  security,
  middleware: managers,
  request: { params: dispositionParams, body: body(dispositionChangeSchema) },
  responses: {
    200: json(dispositionSchema, 'The disposition as it is now.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['DISPOSITION_NOT_FOUND'], 422: ['VALIDATION_FAILED'] }),
  },
});

export function dispositionRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const items = await listDispositions(c.var.deps.database, c.var.scope, c.req.valid('query'));
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(create, async (c) => {
      const { scope } = c.var;
      const rules = c.req.valid('json');
      const made = await withOrganization(c.var.deps.database, scope, (tx) =>
        createDisposition(tx, scope.organizationId, rules, actorOf(c)),
      );
      if (!made) {
        throw new Problem(409, 'CODE_TAKEN', 'Another disposition has that code.', { field: 'code' });
      }
      return c.json(made, 201);
    })
    .openapi(update, async (c) => {
      const { scope } = c.var;
      const { code } = c.req.valid('param');
      const change = c.req.valid('json');
      const row = await withOrganization(c.var.deps.database, scope, (tx) =>
        updateDisposition(tx, scope.organizationId, code, change, actorOf(c)),
      );
      if (!row) throw notFound('disposition');
      return c.json(row, 200);
    });
}
