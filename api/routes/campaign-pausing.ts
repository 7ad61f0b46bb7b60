import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { readCampaign } from '#db/queries/campaigns.ts';
import { setPaused } from '#db/queries/pauses.ts';
import type { PauseChange } from '#db/queries/pauses.ts';
import { withOrganization } from '#db/tenant.ts';
import type { ApiEnv } from '../context.ts';
import { requireRole } from '../middleware/auth.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { campaignSchema } from '../schemas/campaign.ts';
import { idParam } from '../schemas/common.ts';
import { resumeSchema } from '../schemas/pause.ts';
import { actorOf } from './actor.ts';
import { json, optionalBody, problems, security, signedIn } from './describe.ts';

const tags = ['Campaigns'];
const managers = requireRole('manager');
const refused = { ...signedIn, ...problems({ 403: ['FORBIDDEN'], 404: ['CAMPAIGN_NOT_FOUND'] }) };

const pause = createRoute({
  method: 'post',
  path: '/campaigns/{id}/pause',
  tags,
  summary: 'Stop all sending of a campaign at once',
  description: 'Journeys stay where they are: nothing of this campaign is sent until it is resumed.',
  security,
  middleware: managers,
  request: { params: idParam },
  responses: { 200: json(campaignSchema, 'The campaign.'), ...refused },
});

const resume = createRoute({
  method: 'post',
  path: '/campaigns/{id}/resume',
  tags,
  summary: 'Let a paused campaign send again',
  description: 'Journeys that were held are woken at the pace that the numbers bear.',
  security,
  middleware: managers,
  request: { params: idParam, body: optionalBody(resumeSchema) },
  responses: {
    200: json(campaignSchema, 'The campaign; journeys that were held are being woken.'),
    ...refused,
    ...problems({ 422: ['VALIDATION_FAILED'], 503: ['TEMPORAL_UNAVAILABLE'] }),
  },
});

export function campaignPausingRoutes() {
  return createRouter()
    .openapi(pause, async (c) => {
      const { id } = c.req.valid('param');
      await change(c, id, { change: 'pause' });
      return c.json(await campaign(c, id), 200);
    })
    .openapi(resume, async (c) => {
      const { id } = c.req.valid('param');
      await change(c, id, { change: 'resume', policy: c.req.valid('json').policy ?? null });
      // Also when it was not paused: an earlier request may have failed between the row and this.
      await c.var.deps.workflows.tellJourneys({
        organizationId: c.var.scope.organizationId,
        audience: { campaignId: id },
        heldOnly: true,
        message: { tell: 'wake' },
      });
      return c.json(await campaign(c, id), 200);
    });
}

async function change(c: Context<ApiEnv>, id: string, what: PauseChange): Promise<void> {
  const { scope } = c.var;
  const result = await withOrganization(c.var.deps.database, scope, (tx) =>
    setPaused(tx, scope.organizationId, { kind: 'campaign', id }, what, actorOf(c)),
  );
  if (!result) throw notFound('campaign');
}

async function campaign(c: Context<ApiEnv>, id: string) {
  const found = await readCampaign(c.var.deps.database, c.var.scope, id);
  if (!found) throw notFound('campaign');
  return found;
}
