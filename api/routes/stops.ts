import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { setPaused } from '#db/queries/pauses.ts';
import type { PauseChange } from '#db/queries/pauses.ts';
import { withOrganization } from '#db/tenant.ts';
import type { ApiEnv } from '../context.ts';
import { requireRole } from '../middleware/auth.ts';
import { createRouter } from '../router.ts';
import { resumeSchema, sendingSchema } from '../schemas/pause.ts';
import { actorOf } from './actor.ts';
import { json, optionalBody, problems, security, signedIn } from './describe.ts';

const common = {
  method: 'post' as const,
  tags: ['Organization'],
  security,
  middleware: requireRole('admin'),
};
const refused = { ...signedIn, ...problems({ 403: ['FORBIDDEN'] }) };

const stop = createRoute({
  ...common,
  path: '/organization/stop',
  summary: 'Stop all sending of the organisation at once',
  description:
    'For owners and admins. Journeys stay where they are: no campaign sends anything until sending is resumed.',
  responses: { 200: json(sendingSchema, 'Since when sending is stopped.'), ...refused },
});

const resume = createRoute({
  ...common,
  path: '/organization/resume',
  summary: 'Let the organisation send again',
  description: 'For owners and admins. Without a policy it is `keep`. Campaigns that are paused stay so.',
  request: { body: optionalBody(resumeSchema) },
  responses: {
    200: json(sendingSchema, 'Sending is free; journeys that were held are being woken.'),
    ...refused,
    ...problems({ 422: ['VALIDATION_FAILED'], 503: ['TEMPORAL_UNAVAILABLE'] }),
  },
});

/** The organisation's own stop-all. The whole installation's is a command, because no organisation may stop the others. */
export function stopRoutes() {
  return createRouter()
    .openapi(stop, async (c) => c.json(await change(c, { change: 'pause' }), 200))
    .openapi(resume, async (c) => {
      const sending = await change(c, { change: 'resume', policy: c.req.valid('json').policy ?? null });
      // Also when it was not stopped: an earlier request may have failed between the row and this.
      await c.var.deps.workflows.tellJourneys({
        organizationId: c.var.scope.organizationId,
        audience: { organizationWide: true },
        heldOnly: true,
        message: { tell: 'wake' },
      });
      return c.json(sending, 200);
    });
}

async function change(c: Context<ApiEnv>, what: PauseChange): Promise<{ stoppedAt: string | null }> {
  const { scope } = c.var;
  const { organizationId } = scope;
  const result = await withOrganization(c.var.deps.database, scope, (tx) =>
    setPaused(tx, organizationId, { kind: 'organization', id: organizationId }, what, actorOf(c)),
  );
  if (!result) throw new Error('The organisation of this request does not exist');
  return { stoppedAt: result.pausedAt };
}
