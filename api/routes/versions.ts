import { createRoute } from '@hono/zod-openapi';
import { diffDefinitions } from '#domain/journey/diff.ts';
import { validateDefinition } from '#domain/journey/validate.ts';
import {
  createVersion,
  deleteDraft,
  listVersions,
  lockVersion,
  publishVersion,
  readTwoVersions,
  readVersion,
  updateDraft,
} from '#db/queries/journey-versions.ts';
import type { VersionRow } from '#db/queries/journey-versions.ts';
import { withOrganization } from '#db/tenant.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page, pageQuery } from '../schemas/common.ts';
import {
  definitionBody,
  diffQuery,
  diffSchema,
  validationSchema,
  versionParams,
  versionSchema,
} from '../schemas/version.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Journey versions'];
const managers = requireRole('manager');

const list = createRoute({
  method: 'get',
  path: '/campaigns/{id}/versions',
  tags,
  summary: "List a campaign's journey versions, newest first",
  security,
  request: { params: idParam, query: pageQuery },
  responses: {
    200: json(page(versionSchema), 'A page of versions.'),
    ...signedIn,
    ...problems({ 404: ['CAMPAIGN_NOT_FOUND'], 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const create = createRoute({
  method: 'post',
  path: '/campaigns/{id}/versions',
  tags,
  summary: 'Save a draft',
  description: 'A draft must have the shape of a definition; other faults are allowed until it is published.',
  security,
  middleware: managers,
  request: { params: idParam, body: body(definitionBody) },
  responses: {
    201: json(versionSchema, 'The draft, under the next number.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['CAMPAIGN_NOT_FOUND'], 422: ['VALIDATION_FAILED'] }),
  },
});

const read = createRoute({
  method: 'get',
  path: '/campaigns/{id}/versions/{versionId}',
  tags,
  summary: 'Read a version',
  security,
  request: { params: versionParams },
  responses: {
    200: json(versionSchema, 'The version.'),
    ...signedIn,
    ...problems({ 404: ['JOURNEY_VERSION_NOT_FOUND'] }),
  },
});

const edit = createRoute({
  method: 'put',
  path: '/campaigns/{id}/versions/{versionId}',
  tags,
  summary: 'Write a draft anew',
  security,
  middleware: managers,
  request: { params: versionParams, body: body(definitionBody) },
  responses: {
    200: json(versionSchema, 'The draft as it is now.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['JOURNEY_VERSION_NOT_FOUND'],
      409: ['VERSION_PUBLISHED'],
      422: ['VALIDATION_FAILED'],
    }),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/campaigns/{id}/versions/{versionId}',
  tags,
  summary: 'Delete a draft',
  security,
  middleware: managers,
  request: { params: versionParams },
  responses: {
    204: { description: 'It is gone.' },
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['JOURNEY_VERSION_NOT_FOUND'],
      409: ['VERSION_PUBLISHED'],
    }),
  },
});

const diff = createRoute({
  method: 'get',
  path: '/campaigns/{id}/versions/{versionId}/diff',
  tags,
  summary: 'What a version has changed',
  description: 'Steps are the same by their id, whatever their order.',
  security,
  request: { params: versionParams, query: diffQuery },
  responses: {
    200: json(diffSchema, 'What is in this version and not in the other, and the other way round.'),
    ...signedIn,
    ...problems({ 404: ['JOURNEY_VERSION_NOT_FOUND'], 422: ['VALIDATION_FAILED'] }),
  },
});

const publish = createRoute({
  method: 'post',
  path: '/campaigns/{id}/versions/{versionId}/publish',
  tags,
  summary: 'Publish a version',
  description:
    'From then on it never changes, and new launches use it; journeys that run stay on theirs. Publishing an older version again makes it the current one.',
  security,
  middleware: managers,
  request: { params: versionParams },
  responses: {
    200: json(versionSchema, 'The published version.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['JOURNEY_VERSION_NOT_FOUND'], 422: ['INVALID_DEFINITION'] }),
  },
});

const validate = createRoute({
  method: 'post',
  path: '/journey-definitions/validate',
  tags,
  summary: 'Check a definition',
  description: 'Every fault at once, each with step, field, code and message. Nothing is stored.',
  security,
  request: { body: body(definitionBody) },
  responses: {
    200: json(validationSchema, 'Whether it could be published.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED'] }),
  },
});

export function versionRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { id } = c.req.valid('param');
      const found = await listVersions(
        c.var.deps.database,
        c.var.scope,
        id,
        pageRequest(c.req.valid('query')),
      );
      if (!found) throw notFound('campaign');
      return c.json(
        toPage(found, (row) => row),
        200,
      );
    })
    .openapi(create, async (c) => {
      const { id } = c.req.valid('param');
      const { definition } = c.req.valid('json');
      const { scope } = c.var;
      const version = await withOrganization(c.var.deps.database, scope, (tx) =>
        createVersion(tx, scope.organizationId, id, definition, actorOf(c)),
      );
      if (!version) throw notFound('campaign');
      return c.json(version, 201);
    })
    .openapi(read, async (c) => {
      const { id: campaignId, versionId } = c.req.valid('param');
      const version = await readVersion(c.var.deps.database, c.var.scope, { campaignId, versionId });
      if (!version) throw notFound('journey version');
      return c.json(version, 200);
    })
    .openapi(edit, async (c) => {
      const { id: campaignId, versionId } = c.req.valid('param');
      const { definition } = c.req.valid('json');
      const { scope } = c.var;
      const version = await withOrganization(c.var.deps.database, scope, async (tx) => {
        const draft = await lockDraft(tx, { campaignId, versionId });
        return updateDraft(tx, scope.organizationId, draft, definition, actorOf(c));
      });
      return c.json(version, 200);
    })
    .openapi(remove, async (c) => {
      const { id: campaignId, versionId } = c.req.valid('param');
      const { scope } = c.var;
      // The product deletes it in the person's name: a manager may write drafts, but may delete no rows.
      await withOrganization(c.var.deps.database, { ...scope, role: 'system' }, async (tx) => {
        const draft = await lockDraft(tx, { campaignId, versionId });
        await deleteDraft(tx, scope.organizationId, draft, actorOf(c));
      });
      return c.body(null, 204);
    })
    .openapi(diff, async (c) => {
      const { id: campaignId, versionId } = c.req.valid('param');
      const { against } = c.req.valid('query');
      const key = { campaignId, versionIds: [against, versionId] as [string, string] };
      const [before, after] = await readTwoVersions(c.var.deps.database, c.var.scope, key);
      if (!before || !after) throw notFound('journey version');
      return c.json({ against: before.id, ...diffDefinitions(before.definition, after.definition) }, 200);
    })
    .openapi(publish, async (c) => {
      const { id: campaignId, versionId } = c.req.valid('param');
      const { scope } = c.var;
      const published = await withOrganization(c.var.deps.database, scope, async (tx) => {
        const version = await lockVersion(tx, { campaignId, versionId });
        if (!version) throw notFound('journey version');
        const faults = validateDefinition(version.definition);
        if (faults.length > 0) {
          throw new Problem(422, 'INVALID_DEFINITION', 'The definition has faults and cannot be published.', {
            field: 'definition',
            errors: faults,
          });
        }
        return publishVersion(tx, scope.organizationId, version, actorOf(c));
      });
      return c.json(published, 200);
    })
    .openapi(validate, (c) => {
      const found = validateDefinition(c.req.valid('json').definition);
      return c.json({ valid: found.length === 0, problems: found }, 200);
    });
}

async function lockDraft(
  tx: TenantTransaction,
  key: { campaignId: string; versionId: string },
): Promise<VersionRow> {
  const version = await lockVersion(tx, key);
  if (!version) throw notFound('journey version');
  if (version.status === 'published') {
    throw new Problem(409, 'VERSION_PUBLISHED', 'A published version never changes: save a new draft.');
  }
  return version;
}
