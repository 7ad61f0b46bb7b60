import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { changeLaunch } from '#db/queries/launch-changes.ts';
import type { LaunchChange } from '#db/queries/launch-changes.ts';
import { readLaunchRowIn } from '#db/queries/launches.ts';
import type { LaunchRow } from '#db/queries/launches.ts';
import { withOrganization } from '#db/tenant.ts';
import type { TellJourneysInput } from '#workflows/tell-journeys/messages.ts';
import type { ApiEnv } from '../context.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam } from '../schemas/common.ts';
import { launchSchema } from '../schemas/launch.ts';
import { actorOf } from './actor.ts';
import { json, problems, security, signedIn } from './describe.ts';

const action = <Path extends string>(path: Path, summary: string, description: string) =>
  createRoute({
    method: 'post',
    path,
    tags: ['Launches'],
    summary,
    description,
    security,
    middleware: requireRole('manager'),
    request: { params: idParam },
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
  });

const pause = action(
  '/launches/{id}/pause',
  'Stop all sending of a launch at once',
  'Nothing is sent to its leads until it is resumed, and no further journeys are started.',
);
const resume = action(
  '/launches/{id}/resume',
  'Let a paused launch go on',
  'Journeys that were held are woken.',
);
const cancel = action(
  '/launches/{id}/cancel',
  'Cancel a launch for good',
  'Nothing more is sent at once; running journeys are removed, and leads that were not started yet are refused.',
);

export function launchActionRoutes() {
  return createRouter()
    .openapi(pause, async (c) => c.json(await change(c, c.req.valid('param').id, 'pause'), 200))
    .openapi(resume, async (c) => c.json(await change(c, c.req.valid('param').id, 'resume'), 200))
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
async function change(c: Context<ApiEnv>, launchId: string, what: LaunchChange): Promise<LaunchRow> {
  const { database, workflows } = c.var.deps;
  const { scope } = c.var;
  const { organizationId } = scope;
  const launch = await withOrganization(database, scope, async (tx) => {
    const result = await changeLaunch(tx, organizationId, launchId, what, actorOf(c));
    if (!result) throw notFound('launch');
    if (result.cancelled && what !== 'cancel') {
      throw new Problem(409, 'LAUNCH_CANCELLED', 'The launch was cancelled and stays so.');
    }
    return readLaunchRowIn(tx, launchId);
  });
  await workflows.signalLaunch({ organizationId, launchId }, what);
  const message = messages[what];
  if (message) await workflows.tellJourneys({ organizationId, audience: { launchId }, ...message });
  return launch;
}
