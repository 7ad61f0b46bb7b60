import { createRoute } from '@hono/zod-openapi';
import { dncWarnings } from '#domain/compliance/warnings.ts';
import { preflightReport } from '#domain/preflight-report.ts';
import type { PreflightWarning } from '#domain/preflight-report.ts';
import { readCampaignFacts, readCohort } from '#db/queries/cohort-facts.ts';
import type { CampaignFacts } from '#db/queries/cohort-facts.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam } from '../schemas/common.ts';
import { preflightBody, preflightSchema } from '../schemas/preflight.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const preflight = createRoute({
  method: 'post',
  path: '/campaigns/{id}/preflight',
  tags: ['Launches'],
  summary: 'Say what a launch of these leads would come to, without launching them',
  description:
    'Judges by the same rules as the gate: when nothing changes in between, the launch refuses the same leads for the same reasons. Nothing is written.',
  security,
  middleware: requireRole('manager'),
  request: { params: idParam, body: body(preflightBody) },
  responses: {
    200: json(preflightSchema, 'What it would come to now.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['CAMPAIGN_NOT_FOUND', 'IMPORT_NOT_FOUND', 'LEAD_NOT_FOUND'],
      409: ['CAMPAIGN_NOT_PUBLISHED'],
      422: ['VALIDATION_FAILED', 'EMPTY_COHORT'],
    }),
  },
});

export function preflightRoutes() {
  return createRouter().openapi(preflight, async (c) => {
    const { database } = c.var.deps;
    const { scope } = c.var;
    const campaignId = c.req.valid('param').id;
    const asked = c.req.valid('json');
    const importId = 'importId' in asked ? asked.importId : null;
    const facts = await readCampaignFacts(database, scope, { campaignId, importId });
    if (!facts) throw notFound('campaign');
    if (!facts.campaign) {
      const detail = 'The campaign has only drafts: publish a version first.';
      throw new Problem(409, 'CAMPAIGN_NOT_PUBLISHED', detail);
    }
    if (importId !== null && !facts.importFound) throw notFound('import');
    const cohort =
      'importId' in asked
        ? asked
        : { leadIds: [...new Set(asked.leadIds.map((each) => each.toLowerCase()))] };
    const leads = await readCohort(database, scope, campaignId, cohort);
    const missing = 'leadIds' in cohort ? cohort.leadIds.length - leads.length : 0;
    if (missing > 0) {
      const extensions = { missing };
      const detail = `${missing} of these leads do not exist.`;
      throw new Problem(404, 'LEAD_NOT_FOUND', detail, { field: 'leadIds', extensions });
    }
    if (leads.length === 0) throw invalid('leadIds', 'EMPTY_COHORT', 'There is nobody in this cohort.');
    const report = preflightReport(facts.campaign, leads);
    const warnings = [...staleLists(facts.dncLists, facts.campaign.now), ...report.warnings];
    return c.json({ ...report, warnings }, 200);
  });
}

/** One warning for all lists that are too old to rely on, which it names. */
function staleLists(lists: CampaignFacts['dncLists'], now: Date): PreflightWarning[] {
  const stale = dncWarnings(lists, now);
  const [first] = stale;
  if (!first) return [];
  const { code, message, action } = first;
  const named = `${message} (${stale.map(({ list }) => list).join(', ')})`;
  return [{ code, message: named, action, leads: null, stepId: null }];
}
