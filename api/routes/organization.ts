import { createRoute } from '@hono/zod-openapi';
import { changeOrganizationSettings, readOrganizationSettings } from '#db/queries/organization.ts';
import { withOrganization } from '#db/tenant.ts';
import { requireRole } from '../middleware/auth.ts';
import { createRouter } from '../router.ts';
import { organizationChangeSchema, organizationSchema } from '../schemas/organization.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Organization'];

const read = createRoute({
  method: 'get',
  path: '/organization',
  tags,
  summary: 'Read how the organisation contacts people',
  security,
  responses: {
    200: json(organizationSchema, 'Name and settings; defaults where nothing is set.'),
    ...signedIn,
  },
});

const change = createRoute({
  method: 'patch',
  path: '/organization',
  tags,
  summary: 'Change how the organisation contacts people',
  description: 'What is not given stays as it is. Everything follows it from its next touch on.',
  security,
  middleware: requireRole('admin'),
  request: { body: body(organizationChangeSchema) },
  responses: {
    200: json(organizationSchema, 'The organisation as it is now.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 422: ['VALIDATION_FAILED'] }),
  },
});

/** The organisation's own settings; its name belongs to whoever runs the installation. */
export function organizationRoutes() {
  return createRouter()
    .openapi(read, async (c) => c.json(await readOrganizationSettings(c.var.deps.database, c.var.scope), 200))
    .openapi(change, async (c) => {
      const { settings } = c.req.valid('json');
      const { scope, deps } = c.var;
      const organization = await withOrganization(deps.database, scope, (tx) =>
        changeOrganizationSettings(tx, scope.organizationId, settings, actorOf(c)),
      );
      return c.json(organization, 200);
    });
}
