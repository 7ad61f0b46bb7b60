import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { setCampaignPaused } from '#db/queries/campaigns.ts';
import { withOrganization } from '#db/tenant.ts';
import type { ApiEnv } from '../context.ts';
import { requireRole } from '../middleware/auth.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { campaignSchema } from '../schemas/campaign.ts';
import { idParam } from '../schemas/common.ts';
import { actorOf } from './actor.ts';
import { json, problems, security, signedIn } from './describe.ts';

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
  security,
  middleware: managers,
  request: { params: idParam },
  responses: {
    200: json(campaignSchema, 'The campaign; journeys that were held are being woken.'),
    ...refused,
    ...problems({ 503: ['TEMPORAL_UNAVAILABLE'] }),
  },
});

export function campaignPausingRoutes() {
  return createRouter()
    .openapi(pause, async (c) => c.json(await setPaused(c, c.req.valid('param').id, true), 200))
    .openapi(resume, async (c) => {
      const { id } = c.req.valid('param');
      const campaign = await setPaused(c, id, false);
      // Also when it was not paused: an earlier request may have failed between the row and this.
      await c.var.deps.workflows.tellJourneys({
        organizationId: c.var.scope.organizationId,
        audience: { campaignId: id },
        heldOnly: true,
        message: { tell: 'wake' },
      });
      return c.json(campaign, 200);
    });
}

async function setPaused(c: Context<ApiEnv>, id: string, paused: boolean) {
  const { scope } = c.var;
  const result = await withOrganization(c.var.deps.database, scope, (tx) =>
    setCampaignPaused(tx, scope.organizationId, id, paused, actorOf(c)),
  );
  if (!result) throw notFound('campaign');
  return result.campaign;
}
