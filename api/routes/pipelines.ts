import { createRoute } from '@hono/zod-openapi';
import { createPipeline, listPipelines, maxPipelines, updatePipeline } from '#db/queries/pipelines.ts';
import type { PipelineRefusal } from '#db/queries/pipelines.ts';
import { withOrganization } from '#db/tenant.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { newPipelineSchema, pipelineChangeSchema, pipelineSchema } from '../schemas/pipeline.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Pipelines'];
const managers = requireRole('manager');

const list = createRoute({
  method: 'get',
  path: '/pipelines',
  tags,
  summary: 'List all pipelines with their stages',
  description: 'The default one first, archived ones last.',
  security,
  responses: { 200: json(page(pipelineSchema), 'All of them.'), ...signedIn },
});

const create = createRoute({
  method: 'post',
  path: '/pipelines',
  tags,
  summary: 'Create a pipeline',
  security,
  middleware: managers,
  request: { body: body(newPipelineSchema) },
  responses: {
    201: json(pipelineSchema, 'The pipeline; the first of an organisation is its default.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      409: ['NAME_TAKEN'],
      422: ['VALIDATION_FAILED', 'TOO_MANY_PIPELINES'],
    }),
  },
});

const update = createRoute({
  method: 'patch',
  path: '/pipelines/{id}',
  tags,
  summary: 'Rename a pipeline, make it the default, archive it or bring it back',
  description:
    'What is not given stays as it is. One that holds leads, and the default one, cannot be archived. Journeys of its campaigns then use the default pipeline.',
  security,
  middleware: managers,
  request: { params: idParam, body: body(pipelineChangeSchema) },
  responses: {
    200: json(pipelineSchema, 'The pipeline as it is now.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['PIPELINE_NOT_FOUND'],
      409: ['NAME_TAKEN', 'PIPELINE_IS_DEFAULT', 'PIPELINE_ARCHIVED', 'PIPELINE_NOT_EMPTY'],
      422: ['VALIDATION_FAILED'],
    }),
  },
});

export function pipelineRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const items = await listPipelines(c.var.deps.database, c.var.scope);
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(create, async (c) => {
      const { scope } = c.var;
      const given = c.req.valid('json');
      const made = await withOrganization(c.var.deps.database, scope, (tx) =>
        createPipeline(tx, scope.organizationId, given, actorOf(c)),
      );
      if (made === 'name_taken') throw refusals.name_taken();
      if (made === 'too_many') {
        const detail = `An organisation has at most ${maxPipelines} pipelines.`;
        throw invalid('name', 'TOO_MANY_PIPELINES', detail);
      }
      return c.json(made, 201);
    })
    .openapi(update, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      const change = c.req.valid('json');
      const result = await withOrganization(c.var.deps.database, scope, (tx) =>
        updatePipeline(tx, scope.organizationId, id, change, actorOf(c)),
      );
      if (typeof result === 'string') throw refusals[result]();
      return c.json(result, 200);
    });
}

const conflict = (code: string, detail: string, field: string) => () =>
  new Problem(409, code, detail, { field });

const refusals: Record<PipelineRefusal, () => Problem> = {
  not_found: () => notFound('pipeline'),
  name_taken: conflict('NAME_TAKEN', 'Another pipeline has that name.', 'name'),
  is_default: conflict('PIPELINE_IS_DEFAULT', 'Make another pipeline the default first.', 'isDefault'),
  archived: conflict('PIPELINE_ARCHIVED', 'An archived pipeline cannot be the default.', 'isDefault'),
  not_empty: conflict('PIPELINE_NOT_EMPTY', 'Leads are in its stages: move them first.', 'archived'),
};
