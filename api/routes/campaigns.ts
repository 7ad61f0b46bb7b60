import { createRoute } from '@hono/zod-openapi';
import { findJourneyTemplate } from '#domain/journey/templates/index.ts';
import { readCampaignStats } from '#db/queries/campaign-stats.ts';
import { createCampaign, listCampaigns, readCampaign, updateCampaign } from '#db/queries/campaigns.ts';
import type { CampaignRefusal } from '#db/queries/campaigns.ts';
import { createVersion } from '#db/queries/journey-versions.ts';
import { withOrganization } from '#db/tenant.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import {
  campaignChangeSchema,
  campaignSchema,
  campaignStatsSchema,
  newCampaignSchema,
} from '../schemas/campaign.ts';
import { idParam, page, pageQuery } from '../schemas/common.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Campaigns'];
const managers = requireRole('manager');
const refused = { ...signedIn, ...problems({ 403: ['FORBIDDEN'], 404: ['CAMPAIGN_NOT_FOUND'] }) };

const list = createRoute({
  method: 'get',
  path: '/campaigns',
  tags,
  summary: 'List campaigns, newest first',
  security,
  request: { query: pageQuery },
  responses: {
    200: json(page(campaignSchema), 'A page of campaigns.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const create = createRoute({
  method: 'post',
  path: '/campaigns',
  tags,
  summary: 'Create a campaign, with a draft of a ready-made journey if wished',
  security,
  middleware: managers,
  request: { body: body(newCampaignSchema) },
  responses: {
    201: json(campaignSchema, 'The campaign; nothing of it is published yet.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      409: ['NAME_TAKEN'],
      422: ['JOURNEY_TEMPLATE_NOT_FOUND', 'VALIDATION_FAILED', 'NUMBER_NOT_FOUND'],
    }),
  },
});

const read = createRoute({
  method: 'get',
  path: '/campaigns/{id}',
  tags,
  summary: 'Read a campaign',
  security,
  request: { params: idParam },
  responses: {
    200: json(campaignSchema, 'The campaign.'),
    ...signedIn,
    ...problems({ 404: ['CAMPAIGN_NOT_FOUND'] }),
  },
});

const stats = createRoute({
  method: 'get',
  path: '/campaigns/{id}/stats',
  tags,
  summary: 'What came of a campaign, in numbers',
  security,
  request: { params: idParam },
  responses: {
    200: json(campaignStatsSchema, 'The counts of now.'),
    ...signedIn,
    ...problems({ 404: ['CAMPAIGN_NOT_FOUND'] }),
  },
});

const update = createRoute({
  method: 'patch',
  path: '/campaigns/{id}',
  tags,
  summary: 'Change name or settings',
  description:
    'What is not given stays as it is. Running journeys follow the new settings from their next touch on.',
  security,
  middleware: managers,
  request: { params: idParam, body: body(campaignChangeSchema) },
  responses: {
    200: json(campaignSchema, 'The campaign as it is now.'),
    ...refused,
    ...problems({ 409: ['NAME_TAKEN'], 422: ['VALIDATION_FAILED', 'NUMBER_NOT_FOUND'] }),
  },
});

export function campaignRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const found = await listCampaigns(c.var.deps.database, c.var.scope, pageRequest(c.req.valid('query')));
      return c.json(
        toPage(found, (row) => row),
        200,
      );
    })
    .openapi(create, async (c) => {
      const given = c.req.valid('json');
      const { scope } = c.var;
      const { templateId, ...wanted } = given;
      const template = templateId === undefined ? null : findJourneyTemplate(templateId);
      if (template === undefined) {
        throw invalid('templateId', 'JOURNEY_TEMPLATE_NOT_FOUND', 'There is no such ready-made journey.');
      }
      const campaign = await withOrganization(c.var.deps.database, scope, async (tx) => {
        const made = await createCampaign(tx, scope.organizationId, wanted, actorOf(c));
        if (template && typeof made !== 'string')
          await createVersion(tx, scope.organizationId, made.id, template.definition, actorOf(c));
        return made;
      });
      if (typeof campaign === 'string') throw refusals[campaign]();
      return c.json(campaign, 201);
    })
    .openapi(read, async (c) => {
      const campaign = await readCampaign(c.var.deps.database, c.var.scope, c.req.valid('param').id);
      if (!campaign) throw notFound('campaign');
      return c.json(campaign, 200);
    })
    .openapi(stats, async (c) => {
      const found = await readCampaignStats(c.var.deps.database, c.var.scope, c.req.valid('param').id);
      if (!found) throw notFound('campaign');
      return c.json(found, 200);
    })
    .openapi(update, async (c) => {
      const { id } = c.req.valid('param');
      const change = c.req.valid('json');
      const { scope } = c.var;
      const result = await withOrganization(c.var.deps.database, scope, (tx) =>
        updateCampaign(tx, scope.organizationId, id, change, actorOf(c)),
      );
      if (result === 'not_found') throw notFound('campaign');
      if (typeof result === 'string') throw refusals[result]();
      return c.json(result, 200);
    });
}

const refusals: Record<CampaignRefusal, () => Problem> = {
  name_taken: () => new Problem(409, 'NAME_TAKEN', 'Another campaign has that name.', { field: 'name' }),
  unknown_numbers: () =>
    invalid('settings.numberIds', 'NUMBER_NOT_FOUND', 'Some of these numbers are not the organisation’s.'),
};
