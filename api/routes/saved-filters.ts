import { createRoute } from '@hono/zod-openapi';
import {
  createSavedFilter,
  deleteSavedFilter,
  listSavedFilters,
  maxSavedFilters,
  readSavedFilter,
  updateSavedFilter,
} from '#db/queries/saved-filters.ts';
import { withOrganization } from '#db/tenant.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { newSavedFilterSchema, savedFilterChangeSchema, savedFilterSchema } from '../schemas/saved-filter.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Saved filters'];
const managers = requireRole('manager');

const list = createRoute({
  method: 'get',
  path: '/saved-filters',
  tags,
  summary: 'List the saved filters, by name',
  security,
  responses: { 200: json(page(savedFilterSchema), 'All of them.'), ...signedIn },
});

const read = createRoute({
  method: 'get',
  path: '/saved-filters/{id}',
  tags,
  summary: 'Read a saved filter',
  security,
  request: { params: idParam },
  responses: {
    200: json(savedFilterSchema, 'The filter.'),
    ...signedIn,
    ...problems({ 404: ['SAVED_FILTER_NOT_FOUND'] }),
  },
});

const create = createRoute({
  method: 'post',
  path: '/saved-filters',
  tags,
  summary: 'Save a filter of leads under a name',
  security,
  middleware: managers,
  request: { body: body(newSavedFilterSchema) },
  responses: {
    201: json(savedFilterSchema, 'The filter.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 409: ['NAME_TAKEN'], 422: ['VALIDATION_FAILED', 'TOO_MANY_FILTERS'] }),
  },
});

const change = createRoute({
  method: 'patch',
  path: '/saved-filters/{id}',
  tags,
  summary: 'Rename a saved filter, or change what it means',
  description: 'Launches that were made with it keep the leads that it meant then.',
  security,
  middleware: managers,
  request: { params: idParam, body: body(savedFilterChangeSchema) },
  responses: {
    200: json(savedFilterSchema, 'The filter as it is now.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['SAVED_FILTER_NOT_FOUND'],
      409: ['NAME_TAKEN'],
      422: ['VALIDATION_FAILED'],
    }),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/saved-filters/{id}',
  tags,
  summary: 'Delete a saved filter',
  security,
  middleware: requireRole('admin'),
  request: { params: idParam },
  responses: {
    204: { description: 'It is deleted.' },
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['SAVED_FILTER_NOT_FOUND'] }),
  },
});

/** Filters of leads under a name. */
export function savedFilterRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      return c.json(
        { items: await listSavedFilters(c.var.deps.database, c.var.scope), nextCursor: null },
        200,
      );
    })
    .openapi(read, async (c) => {
      const found = await readSavedFilter(c.var.deps.database, c.var.scope, c.req.valid('param').id);
      if (!found) throw notFound('saved filter');
      return c.json(found, 200);
    })
    .openapi(create, async (c) => {
      const { scope } = c.var;
      const given = c.req.valid('json');
      const made = await withOrganization(c.var.deps.database, scope, (tx) =>
        createSavedFilter(tx, scope.organizationId, given, actorOf(c)),
      );
      if (made === 'TOO_MANY_FILTERS') {
        throw invalid('name', made, `There are ${maxSavedFilters} saved filters already.`);
      }
      return c.json(orTaken(made), 201);
    })
    .openapi(change, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      const given = c.req.valid('json');
      const changed = await withOrganization(c.var.deps.database, scope, (tx) =>
        updateSavedFilter(tx, scope.organizationId, id, given, actorOf(c)),
      );
      if (!changed) throw notFound('saved filter');
      return c.json(orTaken(changed), 200);
    })
    .openapi(remove, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      const deleted = await withOrganization(c.var.deps.database, scope, (tx) =>
        deleteSavedFilter(tx, scope.organizationId, id, actorOf(c)),
      );
      if (!deleted) throw notFound('saved filter');
      return c.body(null, 204);
    });
}

function orTaken<Row>(row: Row | 'NAME_TAKEN'): Row {
  if (row !== 'NAME_TAKEN') return row;
  throw new Problem(409, 'NAME_TAKEN', 'There is a filter of that name already.', { field: 'name' });
}
