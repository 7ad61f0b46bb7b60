import { createRoute } from '@hono/zod-openapi';
import { readLeadIn } from '#db/queries/leads.ts';
import { setStageByHand } from '#db/queries/stages.ts';
import { withOrganization } from '#db/tenant.ts';
import { requireRole } from '../middleware/auth.ts';
import { toLead } from '../present.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam } from '../schemas/common.ts';
import { leadSchema } from '../schemas/lead.ts';
import { leadStageSchema } from '../schemas/pipeline.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const move = createRoute({
  method: 'post',
  path: '/leads/{id}/stage',
  tags: ['Leads'],
  summary: 'Move a lead into a stage, of whichever pipeline',
  description: 'A lead that is there already stays as it is: the same request again changes nothing.',
  security,
  middleware: requireRole('agent'),
  request: { params: idParam, body: body(leadStageSchema) },
  responses: {
    200: json(leadSchema, 'The lead, in that stage.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['LEAD_NOT_FOUND', 'PIPELINE_STAGE_NOT_FOUND'],
      409: ['STAGE_ARCHIVED'],
      422: ['VALIDATION_FAILED'],
    }),
  },
});

export function leadStageRoutes() {
  return createRouter().openapi(move, async (c) => {
    const { scope } = c.var;
    const leadId = c.req.valid('param').id;
    const { stageId, reason = null } = c.req.valid('json');
    // The product writes the move in the person's name: an agent may move a card, but may insert nothing.
    const writer = { ...scope, role: 'system' } as const;
    const row = await withOrganization(c.var.deps.database, writer, async (tx) => {
      const moved = await setStageByHand(tx, scope.organizationId, { leadId, stageId, reason }, actorOf(c));
      if (moved === 'LEAD_NOT_FOUND') throw notFound('lead');
      if (moved === 'PIPELINE_STAGE_NOT_FOUND') {
        throw new Problem(404, moved, 'There is no such stage.', { field: 'stageId' });
      }
      if (moved === 'STAGE_ARCHIVED') {
        throw new Problem(409, moved, 'The stage is archived: nobody moves into it.', { field: 'stageId' });
      }
      return (await readLeadIn(tx, leadId))!;
    });
    return c.json(toLead(row), 200);
  });
}
