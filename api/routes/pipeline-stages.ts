import { createRoute } from '@hono/zod-openapi';
import { createStage, maxStages, orderStages, updateStage } from '#db/queries/pipeline-stages.ts';
import type { StageRefusal } from '#db/queries/pipeline-stages.ts';
import { withOrganization } from '#db/tenant.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam } from '../schemas/common.ts';
import {
  newStageSchema,
  pipelineSchema,
  stageChangeSchema,
  stageOrderSchema,
  stageParams,
} from '../schemas/pipeline.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Pipelines'];
const managers = requireRole('manager');

const create = createRoute({
  method: 'post',
  path: '/pipelines/{id}/stages',
  tags,
  summary: 'Add a stage',
  security,
  middleware: managers,
  request: { params: idParam, body: body(newStageSchema) },
  responses: {
    201: json(pipelineSchema, 'The pipeline with it.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['PIPELINE_NOT_FOUND'],
      409: ['NAME_TAKEN'],
      422: ['VALIDATION_FAILED', 'TOO_MANY_STAGES'],
    }),
  },
});

const update = createRoute({
  method: 'patch',
  path: '/pipelines/{id}/stages/{stageId}',
  tags,
  summary: 'Change a stage, archive it or bring it back',
  description:
    'What is not given stays as it is. A stage that holds leads is archived only with `moveLeadsTo`; one that comes back stands at the end.',
  security,
  middleware: managers,
  request: { params: stageParams, body: body(stageChangeSchema) },
  responses: {
    200: json(pipelineSchema, 'The pipeline as it is now.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['PIPELINE_NOT_FOUND', 'PIPELINE_STAGE_NOT_FOUND'],
      409: ['NAME_TAKEN', 'STAGE_NOT_EMPTY'],
      422: ['VALIDATION_FAILED', 'TOO_MANY_STAGES', 'PIPELINE_STAGE_NOT_FOUND'],
    }),
  },
});

const order = createRoute({
  method: 'put',
  path: '/pipelines/{id}/stages/order',
  tags,
  summary: 'Put the live stages into an order',
  security,
  middleware: managers,
  request: { params: idParam, body: body(stageOrderSchema) },
  responses: {
    200: json(pipelineSchema, 'The pipeline as it is now.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['PIPELINE_NOT_FOUND'],
      409: ['STAGES_CHANGED'],
      422: ['VALIDATION_FAILED'],
    }),
  },
});

/** The stages of a pipeline; every change answers with the whole pipeline. */
export function pipelineStageRoutes() {
  return createRouter()
    .openapi(create, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      const given = c.req.valid('json');
      const actors = { organizationId: scope.organizationId, actor: actorOf(c) };
      const result = await withOrganization(c.var.deps.database, scope, (tx) =>
        createStage(tx, actors, id, given),
      );
      if (typeof result === 'string') throw refusals[result]();
      return c.json(result, 201);
    })
    .openapi(order, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      const { stageIds } = c.req.valid('json');
      const actors = { organizationId: scope.organizationId, actor: actorOf(c) };
      const result = await withOrganization(c.var.deps.database, scope, (tx) =>
        orderStages(tx, actors, id, stageIds),
      );
      if (typeof result === 'string') throw refusals[result]();
      return c.json(result, 200);
    })
    .openapi(update, async (c) => {
      const { scope } = c.var;
      const { id: pipelineId, stageId } = c.req.valid('param');
      const change = c.req.valid('json');
      const actors = { organizationId: scope.organizationId, actor: actorOf(c) };
      const result = await withOrganization(c.var.deps.database, scope, (tx) =>
        updateStage(tx, actors, { pipelineId, stageId }, change),
      );
      if (typeof result === 'string') throw refusals[result]();
      return c.json(result, 200);
    });
}

const conflict = (code: string, detail: string, field: string) => () =>
  new Problem(409, code, detail, { field });

const refusals: Record<StageRefusal, () => Problem> = {
  pipeline_not_found: () => notFound('pipeline'),
  stage_not_found: () => notFound('pipeline stage'),
  name_taken: conflict('NAME_TAKEN', 'Another stage of the pipeline has that name.', 'name'),
  not_empty: conflict('STAGE_NOT_EMPTY', 'Leads are in it: say where they go (moveLeadsTo).', 'moveLeadsTo'),
  stages_changed: conflict(
    'STAGES_CHANGED',
    'These are not the live stages, each once: read them again.',
    'stageIds',
  ),
  no_such_target: () =>
    invalid('moveLeadsTo', 'PIPELINE_STAGE_NOT_FOUND', 'It is no other live stage of this pipeline.'),
  too_many: () => invalid('name', 'TOO_MANY_STAGES', `A pipeline has at most ${maxStages} stages.`),
};
