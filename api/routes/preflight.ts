import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { dncWarnings } from '#domain/compliance/warnings.ts';
import { formatPhone } from '#domain/phone.ts';
import { createReport, dependsOnOrder } from '#domain/preflight-report.ts';
import type { Finding, PreflightCampaign, PreflightWarning } from '#domain/preflight-report.ts';
import type { Cohort, FoundCohort } from '#db/queries/cohort.ts';
import { readCampaignFacts, walkCohort } from '#db/queries/cohort-facts.ts';
import type { CampaignFacts, CohortLead, CohortPlace } from '#db/queries/cohort-facts.ts';
import type { ApiEnv } from '../context.ts';
import { decodePlace, encodePlace } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { cohortSchema } from '../schemas/launch.ts';
import { preflightLeadSchema, preflightLeadsQuery, preflightSchema } from '../schemas/preflight.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const refused = {
  ...signedIn,
  ...problems({
    403: ['FORBIDDEN'],
    404: ['CAMPAIGN_NOT_FOUND', 'IMPORT_NOT_FOUND', 'SAVED_FILTER_NOT_FOUND', 'LEAD_NOT_FOUND'],
    409: ['CAMPAIGN_NOT_PUBLISHED', 'IMPORT_NOT_DONE'],
    422: ['VALIDATION_FAILED', 'EMPTY_COHORT'],
  }),
};

const preflight = createRoute({
  method: 'post',
  path: '/campaigns/{id}/preflight',
  tags: ['Launches'],
  summary: 'Say what a launch of these leads would come to, without launching them',
  description:
    'Judges by the same rules as the gate: when nothing changes in between, the launch refuses the same leads for the same reasons. Nothing is written.',
  security,
  middleware: requireRole('manager'),
  request: { params: idParam, body: body(cohortSchema) },
  responses: { 200: json(preflightSchema, 'What it would come to now.'), ...refused },
});

const leads = createRoute({
  method: 'post',
  path: '/campaigns/{id}/preflight/leads',
  tags: ['Launches'],
  summary: 'List the leads behind a code of a preflight',
  description:
    'Judged anew by the same rules: while nothing changes, as many as the preflight has counted under the code. A text with dear characters is listed once for each step.',
  security,
  middleware: requireRole('manager'),
  request: { params: idParam, query: preflightLeadsQuery, body: body(cohortSchema) },
  responses: {
    200: json(page(preflightLeadSchema), 'A page of them, in the order of the cohort.'),
    ...refused,
    ...problems({
      404: ['CAMPAIGN_NOT_FOUND', 'IMPORT_NOT_FOUND', 'SAVED_FILTER_NOT_FOUND'],
      422: ['VALIDATION_FAILED', 'BAD_CURSOR'],
    }),
  },
});

export function preflightRoutes() {
  return createRouter()
    .openapi(preflight, async (c) => {
      const campaignId = c.req.valid('param').id;
      const { cohort, campaign, dncLists } = await begin(c, campaignId, c.req.valid('json'));
      const { look, report } = createReport(campaign);
      await walkCohort(c.var.deps.database, c.var.scope, { campaignId, cohort }, (some) => {
        some.forEach(look);
        return true;
      });
      const found = report();
      const missing = 'leadIds' in cohort ? cohort.leadIds.length - found.members : 0;
      if (missing > 0) {
        const extensions = { missing };
        const detail = `${missing} of these leads do not exist.`;
        throw new Problem(404, 'LEAD_NOT_FOUND', detail, { field: 'leadIds', extensions });
      }
      if (found.members === 0) throw invalid('leadIds', 'EMPTY_COHORT', 'There is nobody in this cohort.');
      const warnings = [...staleLists(dncLists, campaign.now), ...found.warnings];
      return c.json({ ...found, warnings }, 200);
    })
    .openapi(leads, async (c) => {
      const campaignId = c.req.valid('param').id;
      const { code, limit, cursor } = c.req.valid('query');
      const after = decodePlace(cursor);
      const { cohort, campaign } = await begin(c, campaignId, c.req.valid('json'));
      const fromStart = dependsOnOrder(code);
      const { look } = createReport(campaign);
      const items: (Finding & { lead: CohortLead })[] = [];
      let [last, more]: [CohortPlace | null, boolean] = [null, false];
      const asked = { campaignId, cohort, after: fromStart ? null : after };
      await walkCohort(c.var.deps.database, c.var.scope, asked, (some) => {
        for (const lead of some) {
          const found = look(lead).filter((finding) => finding.code === code);
          if (found.length === 0 || (fromStart && !isAfter(lead.place, after))) continue;
          // A lead stands on one page with all that is found of it.
          if (items.length > 0 && items.length + found.length > limit) more = true;
          if (more) return false;
          items.push(...found.map((finding) => ({ ...finding, lead })));
          last = lead.place;
        }
        return true;
      });
      const nextCursor = more && last ? encodePlace(last) : null;
      return c.json({ items: items.map(toPreflightLead), nextCursor }, 200);
    });
}

/** Looks the campaign and the cohort up, and refuses what cannot be looked at. */
async function begin(
  c: Context<ApiEnv>,
  campaignId: string,
  asked: Exclude<Cohort, { relaunchOf: string }>,
): Promise<{ cohort: FoundCohort; campaign: PreflightCampaign; dncLists: CampaignFacts['dncLists'] }> {
  const importId = 'importId' in asked ? asked.importId : null;
  const savedFilterId = 'savedFilterId' in asked ? asked.savedFilterId : null;
  const wanted = { campaignId, importId, savedFilterId };
  const facts = await readCampaignFacts(c.var.deps.database, c.var.scope, wanted);
  if (!facts) throw notFound('campaign');
  const { campaign, dncLists, savedFilter } = facts;
  if (!campaign) {
    const detail = 'The campaign has only drafts: publish a version first.';
    throw new Problem(409, 'CAMPAIGN_NOT_PUBLISHED', detail);
  }
  if (importId !== null && facts.importStatus === null) throw notFound('import');
  if (importId !== null && facts.importStatus !== 'done') {
    const detail = 'That import has not been completed, so its leads are not all there.';
    throw new Problem(409, 'IMPORT_NOT_DONE', detail, { field: 'importId' });
  }
  if (!('savedFilterId' in asked)) {
    const cohort =
      'leadIds' in asked ? { leadIds: [...new Set(asked.leadIds.map((each) => each.toLowerCase()))] } : asked;
    return { cohort, campaign, dncLists };
  }
  if (savedFilter === null) throw notFound('saved filter');
  return { cohort: { filter: savedFilter }, campaign, dncLists };
}

function isAfter(place: CohortPlace, after: CohortPlace | null): boolean {
  if (after === null || place.position > after.position) return true;
  return place.position === after.position && place.leadId > after.leadId;
}

function toPreflightLead({ lead, ...finding }: Finding & { lead: CohortLead }) {
  const { leadId, leadName, phone } = lead;
  return { leadId, leadName, phoneFormatted: formatPhone(phone), ...finding };
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
