import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import { changeLaunch } from '#db/queries/launch-changes.ts';
import type { LaunchChange } from '#db/queries/launch-changes.ts';
import { readLaunchRow } from '#db/queries/launches.ts';
import type { LaunchRow } from '#db/queries/launches.ts';
import { withOrganization } from '#db/tenant.ts';
import type { TellJourneysInput } from '#workflows/tell-journeys/messages.ts';
import type { ApiEnv } from '../context.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam } from '../schemas/common.ts';
import { launchSchema } from '../schemas/launch.ts';
import { resumeSchema } from '../schemas/pause.ts';
import { actorOf } from './actor.ts';
import { json, optionalBody, problems, security, signedIn } from './describe.ts';

const common = {
  method: 'post' as const,
  tags: ['Launches'],
  security,
  middleware: requireRole('manager'),
  responses: {
    200: json(launchSchema, 'The launch as it is now.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['LAUNCH_NOT_FOUND'],
      409: ['LAUNCH_CANCELLED'],
      503: ['TEMPORAL_UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
    }),
  },
};

const pause = createRoute({
  ...common,
  path: '/launches/{id}/pause',
  summary: 'Stop all sending of a launch at once',
  description: 'Nothing is sent to its leads until it is resumed, and no further journeys are started.',
  request: { params: idParam },
});
const resume = createRoute({
  ...common,
  path: '/launches/{id}/resume',
  summary: 'Let a paused launch go on',
  description: 'Journeys that were held are woken at the pace that the numbers bear.',
  request: { params: idParam, body: optionalBody(resumeSchema) },
  responses: { ...common.responses, ...problems({ 422: ['VALIDATION_FAILED'] }) },
});
const cancel = createRoute({
  ...common,
  path: '/launches/{id}/cancel',
  summary: 'Cancel a launch for good',
  description:
    'Nothing more is sent at once; running journeys are removed, and leads that were not started yet are refused.',
  request: { params: idParam },
});

export function launchActionRoutes() {
  return createRouter()
    .openapi(pause, async (c) => c.json(await change(c, c.req.valid('param').id, 'pause'), 200))
    .openapi(resume, async (c) => {
      const policy = c.req.valid('json').policy ?? null;
      return c.json(await change(c, c.req.valid('param').id, 'resume', policy), 200);
    })
    .openapi(cancel, async (c) => c.json(await change(c, c.req.valid('param').id, 'cancel'), 200));
}

const messages: Record<LaunchChange, Pick<TellJourneysInput, 'heldOnly' | 'message'> | null> = {
  // The gate holds them one by one as they come to it.
  pause: null,
  resume: { heldOnly: true, message: { tell: 'wake' } },
  cancel: { heldOnly: false, message: { tell: 'remove', reason: 'LAUNCH_CANCELLED' } },
};

/**
 * The row first, because the gate reads it: from the commit on nothing is sent. Then the workflows are told, also when the
 * row was so already, since an earlier request may have failed in between.
 */
async function change(
  c: Context<ApiEnv>,
  launchId: string,
  what: LaunchChange,
  policy: ResumePolicy | null = null,
): Promise<LaunchRow> {
  const { database, workflows } = c.var.deps;
  const { scope } = c.var;
  const { organizationId } = scope;
  const result = await withOrganization(database, scope, (tx) =>
    changeLaunch(tx, organizationId, launchId, what, actorOf(c), policy),
  );
  if (!result) throw notFound('launch');
  if (result.cancelled && what !== 'cancel') {
    throw new Problem(409, 'LAUNCH_CANCELLED', 'The launch was cancelled and stays so.');
  }
  await workflows.signalLaunch({ organizationId, launchId }, what);
  const message = messages[what];
  if (message) await workflows.tellJourneys({ organizationId, audience: { launchId }, ...message });
  const launch = await readLaunchRow(database, scope, launchId);
  if (!launch) throw notFound('launch');
  return launch;
}
