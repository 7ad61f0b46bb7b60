import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { recordAuditAlone } from '#db/queries/audit.ts';
import { noteRemoval, readJourney } from '#db/queries/journeys.ts';
import type { JourneyRow } from '#db/queries/journeys.ts';
import {
  pauseSignal,
  removeSignal,
  rescheduleSignal,
  resumeSignal,
} from '#workflows/lead-journey/messages.ts';
import type { ApiEnv } from '../context.ts';
import { requireRole } from '../middleware/auth.ts';
import { toJourney } from '../present.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam } from '../schemas/common.ts';
import { journeySchema, removeBody, rescheduleBody } from '../schemas/journey.ts';
import type { Journey } from '../schemas/journey.ts';
import { journeyEnded, notWaiting } from '../workflows.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const common = {
  method: 'post' as const,
  tags: ['Journeys'],
  security,
  middleware: requireRole('agent'),
};
const responses = {
  202: json(journeySchema, 'It is done; the journey is shown as last told and changes in a moment.'),
  ...signedIn,
  ...problems({
    403: ['FORBIDDEN'],
    404: ['JOURNEY_NOT_FOUND'],
    409: ['JOURNEY_ENDED', 'NOT_WAITING'],
    503: ['TEMPORAL_UNAVAILABLE', 'WORKER_UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
  }),
};
const params = idParam;

const pause = createRoute({
  ...common,
  path: '/journeys/{id}/pause',
  summary: 'Pause a journey',
  description: 'Its waits stand still until it is resumed.',
  request: { params },
  responses,
});
const resume = createRoute({
  ...common,
  path: '/journeys/{id}/resume',
  summary: 'Resume a paused journey',
  request: { params },
  responses,
});
const remove = createRoute({
  ...common,
  path: '/journeys/{id}/remove',
  summary: 'End a journey',
  request: { params, body: body(removeBody) },
  responses,
});
const reschedule = createRoute({
  ...common,
  path: '/journeys/{id}/reschedule',
  summary: 'Move the end of the present wait',
  request: { params, body: body(rescheduleBody) },
  responses,
});
const skipStep = createRoute({
  ...common,
  path: '/journeys/{id}/skip-step',
  summary: 'Leave the step that the journey rests in',
  request: { params },
  responses,
});

export function journeyActionRoutes() {
  return createRouter()
    .openapi(pause, async (c) => {
      const { workflows } = c.var.deps;
      const journey = await act(c, 'pause', ({ workflowId }) =>
        delivered(workflows.signal(workflowId, pauseSignal)),
      );
      return c.json(journey, 202);
    })
    .openapi(resume, async (c) => {
      const { workflows } = c.var.deps;
      const journey = await act(c, 'resume', ({ workflowId }) =>
        delivered(workflows.signal(workflowId, resumeSignal)),
      );
      return c.json(journey, 202);
    })
    .openapi(remove, async (c) => {
      const { database, workflows } = c.var.deps;
      const { reason } = c.req.valid('json');
      const journey = await act(c, 'remove', async ({ id, workflowId }) => {
        // The words stay with the journey's row, out of Temporal's history.
        await noteRemoval(database, c.var.scope, id, reason);
        await delivered(workflows.signal(workflowId, removeSignal, { reason: byHand }));
      });
      return c.json(journey, 202);
    })
    .openapi(reschedule, async (c) => {
      const { workflows } = c.var.deps;
      const untilMs = Date.parse(c.req.valid('json').until);
      const journey = await act(c, 'reschedule', ({ workflowId, waitingFor }) => {
        if (waitingFor === null || unmovable.has(waitingFor)) throw notWaiting();
        return delivered(workflows.signal(workflowId, rescheduleSignal, { untilMs }));
      });
      return c.json(journey, 202);
    })
    .openapi(skipStep, async (c) => {
      const { workflows } = c.var.deps;
      return c.json(await act(c, 'skip_step', ({ workflowId }) => workflows.skipStep(workflowId)), 202);
    });
}

/** Why a journey ended that a person has ended; with words of their own, those are shown instead. */
const byHand = 'manual';

/** What the carrier or the gate decides has no end that a person could move. */
const unmovable = new Set<string>(['call', 'hold']);

/** A signal that finds nobody means that the workflow has ended before its row says so. */
async function delivered(sent: Promise<boolean>): Promise<void> {
  if (!(await sent)) throw journeyEnded();
}

/** Finds the journey, does it, and puts on record who did it. @throws Problem JOURNEY_NOT_FOUND, JOURNEY_ENDED */
async function act(
  c: Context<ApiEnv>,
  action: string,
  how: (journey: JourneyRow) => Promise<unknown>,
): Promise<Journey> {
  const { config, database } = c.var.deps;
  const { scope } = c.var;
  const journey = await readJourney(database, scope, c.req.param('id')!);
  if (!journey) throw notFound('journey');
  if (journey.endedAt !== null) throw journeyEnded();
  await how(journey);
  await recordAuditAlone(database, scope, actorOf(c), {
    action: `journey.${action}`,
    subjectType: 'journey',
    subjectId: journey.id,
  });
  return toJourney(journey, config);
}
