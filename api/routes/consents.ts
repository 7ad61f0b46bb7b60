import { createRoute } from '@hono/zod-openapi';
import { addConsent, listConsents } from '#db/queries/consents.ts';
import { lockLane } from '#db/queries/lanes.ts';
import { withOrganization } from '#db/tenant.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { invalid } from '../problem.ts';
import { createRouter } from '../router.ts';
import { page } from '../schemas/common.ts';
import { consentQuery, consentSchema, newConsentSchema } from '../schemas/consent.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Consent'];

const list = createRoute({
  method: 'get',
  path: '/consents',
  tags,
  summary: 'Read the ledger of a number, newest first',
  description: 'The newest row that is about a channel (and campaign) says whether it may be used.',
  security,
  request: { query: consentQuery },
  responses: {
    200: json(page(consentSchema), 'A page of the ledger.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const record = createRoute({
  method: 'post',
  path: '/consents',
  tags,
  summary: 'Record an opt-in or an opt-out',
  description:
    'It follows the number, whoever has it, and takes effect with the answer: an opt-out ends every running journey of the number. After the person’s own STOP an opt-in needs their written words.',
  security,
  middleware: requireRole('manager'),
  request: { body: body(newConsentSchema) },
  responses: {
    201: json(consentSchema, 'The new row of the ledger.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      422: ['VALIDATION_FAILED', 'WRITTEN_WORDS_REQUIRED', 'UNKNOWN_CAMPAIGN'],
    }),
  },
});

/** The ledger of opt-ins and opt-outs. */
export function consentRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { phone, ...query } = c.req.valid('query');
      const found = await listConsents(c.var.deps.database, c.var.scope, phone, pageRequest(query));
      return c.json(
        toPage(found, (row) => row),
        200,
      );
    })
    .openapi(record, async (c) => {
      const given = c.req.valid('json');
      const { scope, deps } = c.var;
      const result = await withOrganization(deps.database, scope, async (tx) => {
        await lockLane(tx, scope.organizationId, given.phone);
        return addConsent(tx, scope.organizationId, given, actorOf(c));
      });
      if (result === 'words_required') {
        const message = 'The person has opted out in their own words: only their own written words undo it.';
        throw invalid('text', 'WRITTEN_WORDS_REQUIRED', message);
      }
      if (result === 'unknown_campaign') {
        const message = 'There is no such campaign, or the organisation does not keep consent by campaign.';
        throw invalid('campaignId', 'UNKNOWN_CAMPAIGN', message);
      }
      deps.inbox.hurry(scope.organizationId);
      return c.json(result, 201);
    });
}
