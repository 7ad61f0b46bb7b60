import { createHash, randomUUID } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import { recordAuditAlone } from '#db/queries/audit.ts';
import { listDispositions } from '#db/queries/disposition-list.ts';
import { readJourney } from '#db/queries/journeys.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam } from '../schemas/common.ts';
import { dispositionBody, dispositionResultSchema } from '../schemas/journey.ts';
import { idempotencyHeader } from '../schemas/launch.ts';
import { journeyEnded } from '../workflows.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const apply = createRoute({
  method: 'post',
  path: '/journeys/{id}/dispositions',
  tags: ['Journeys'],
  summary: 'Apply a disposition by hand',
  description:
    'Status, stage, do-not-call, callback, task and metrics change together, or nothing does. The same Idempotency-Key again applies it once.',
  security,
  middleware: requireRole('agent'),
  request: { params: idParam, headers: idempotencyHeader, body: body(dispositionBody) },
  responses: {
    200: json(dispositionResultSchema, 'It is applied.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['JOURNEY_NOT_FOUND'],
      409: ['JOURNEY_ENDED'],
      422: ['VALIDATION_FAILED', 'UNKNOWN_DISPOSITION', 'PIPELINE_STAGE_NOT_FOUND'],
      503: ['TEMPORAL_UNAVAILABLE', 'WORKER_UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
    }),
  },
});

export function journeyDispositionRoutes() {
  return createRouter().openapi(apply, async (c) => {
    const { database, workflows } = c.var.deps;
    const { scope } = c.var;
    const { disposition, note } = c.req.valid('json');
    const journey = await readJourney(database, scope, c.req.valid('param').id);
    if (!journey) throw notFound('journey');
    if (journey.endedAt !== null) throw journeyEnded();
    // Before Temporal hears of it: what somebody has typed here could be anything, and would stay in the history.
    const known = await listDispositions(database, scope);
    if (!known.some(({ code }) => code === disposition)) throw refusal({ code: 'UNKNOWN_DISPOSITION' });
    const result = await workflows.applyDisposition(journey.workflowId, {
      disposition,
      setBy: 'manual',
      userId: scope.userId ?? null,
      confidence: null,
      applicationKey: applicationKeyOf(c.req.valid('header')['idempotency-key']),
    });
    if (result.outcome === 'refused') throw refusal(result);
    await recordAuditAlone(database, scope, actorOf(c), {
      action: 'journey.disposition',
      subjectType: 'journey',
      subjectId: journey.id,
      data: { disposition, ...(note ? { note } : {}) },
    });
    return c.json({ outcome: 'applied' as const, removedFromCampaigns: result.removedFromCampaigns }, 200);
  });
}

/** The client's own words for a request stay out of the history as well. */
function applicationKeyOf(idempotencyKey: string | undefined): string {
  if (idempotencyKey === undefined) return randomUUID();
  return createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32);
}

type Refusal =
  | { code: 'UNKNOWN_DISPOSITION' }
  | { code: 'PIPELINE_STAGE_NOT_FOUND'; stage: string; requiredAction: string };

function refusal(result: Refusal): Problem {
  if (result.code === 'UNKNOWN_DISPOSITION') {
    return invalid('disposition', result.code, 'There is no such disposition.');
  }
  const { code, requiredAction, stage } = result;
  return new Problem(
    422,
    code,
    `The disposition leads to the stage "${stage}", which the pipeline does not have.`,
    {
      field: 'disposition',
      extensions: { requiredAction, stage },
    },
  );
}
