import { createRoute } from '@hono/zod-openapi';
import {
  createCustomField,
  listCustomFields,
  maxCustomFields,
  updateCustomField,
} from '#db/queries/custom-fields.ts';
import { withOrganization } from '#db/tenant.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { customFieldChangeSchema, customFieldSchema, newCustomFieldSchema } from '../schemas/custom-field.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Custom fields'];
const managers = requireRole('manager');

const list = createRoute({
  method: 'get',
  path: '/custom-fields',
  tags,
  summary: 'List the fields that the organisation has defined for its leads',
  description:
    'As they are ordered; archived ones last. Leads may have values under other names too: free text.',
  security,
  responses: { 200: json(page(customFieldSchema), 'All of them.'), ...signedIn },
});

const create = createRoute({
  method: 'post',
  path: '/custom-fields',
  tags,
  summary: 'Define a field',
  description: 'From now on what is written under its name must fit its type; values that are there stay.',
  security,
  middleware: managers,
  request: { body: body(newCustomFieldSchema) },
  responses: {
    201: json(customFieldSchema, 'The field.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 409: ['NAME_TAKEN'], 422: ['VALIDATION_FAILED', 'TOO_MANY_FIELDS'] }),
  },
});

const change = createRoute({
  method: 'patch',
  path: '/custom-fields/{id}',
  tags,
  summary: 'Rename, reorder or archive a field, or change its choices',
  description: 'An archived field is free text again.',
  security,
  middleware: managers,
  request: { params: idParam, body: body(customFieldChangeSchema) },
  responses: {
    200: json(customFieldSchema, 'The field as it is now.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['CUSTOM_FIELD_NOT_FOUND'], 422: ['VALIDATION_FAILED'] }),
  },
});

/** Fields of leads that an organisation has defined. */
export function customFieldRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      return c.json(
        { items: await listCustomFields(c.var.deps.database, c.var.scope), nextCursor: null },
        200,
      );
    })
    .openapi(create, async (c) => {
      const { scope } = c.var;
      const { options = [], ...given } = c.req.valid('json');
      const field = await withOrganization(c.var.deps.database, scope, (tx) =>
        createCustomField(tx, scope.organizationId, { ...given, options }, actorOf(c)),
      );
      if (field === 'NAME_TAKEN') {
        throw new Problem(409, field, 'There is a field of that name already.', { field: 'name' });
      }
      if (field === 'TOO_MANY_FIELDS') {
        throw invalid('name', field, `There are ${maxCustomFields} fields already.`);
      }
      return c.json(field, 201);
    })
    .openapi(change, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      const given = c.req.valid('json');
      const field = await withOrganization(c.var.deps.database, scope, async (tx) => {
        const changed = await updateCustomField(tx, scope.organizationId, id, given, actorOf(c));
        if (changed && changed.type !== 'select' && given.options !== undefined) {
          throw invalid('options', 'VALIDATION_FAILED', 'only a select has options');
        }
        return changed;
      });
      if (!field) throw notFound('custom field');
      return c.json(field, 200);
    });
}
