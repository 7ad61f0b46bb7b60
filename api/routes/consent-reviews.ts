import { createRoute } from '@hono/zod-openapi';
import { listConsentReviews, resolveConsentReview } from '#db/queries/consent-reviews.ts';
import { withOrganization } from '#db/tenant.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { consentReviewQuery, consentReviewSchema, resolutionSchema } from '../schemas/consent.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Consent'];

const list = createRoute({
  method: 'get',
  path: '/consent-reviews',
  tags,
  summary: 'List replies that may be refusals, newest first',
  description: 'While one of a number is open, nothing automated goes to that number.',
  security,
  request: { query: consentReviewQuery },
  responses: {
    200: json(page(consentReviewSchema), 'A page of reviews.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const resolve = createRoute({
  method: 'post',
  path: '/consent-reviews/{id}/resolve',
  tags,
  summary: 'Say whether a reply was an opt-out',
  description:
    '`opt_out` goes into the ledger, answers every open review of the number and ends its journeys; `continue` lets those that were held go on.',
  security,
  middleware: requireRole('agent'),
  request: { params: idParam, body: body(resolutionSchema) },
  responses: {
    200: json(consentReviewSchema, 'The review; also when it was resolved like that already.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['CONSENT_REVIEW_NOT_FOUND'],
      409: ['RESOLVED_OTHERWISE'],
      422: ['VALIDATION_FAILED'],
    }),
  },
});

/** Replies in doubt, and a person's word about them. */
export function consentReviewRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { status, leadId, ...query } = c.req.valid('query');
      const { deps, scope } = c.var;
      const found = await listConsentReviews(deps.database, scope, { status, leadId }, pageRequest(query));
      return c.json(
        toPage(found, (row) => row),
        200,
      );
    })
    .openapi(resolve, async (c) => {
      const { id } = c.req.valid('param');
      const { resolution } = c.req.valid('json');
      const { deps, scope } = c.var;
      // Agents read replies, but may insert nothing: the product writes it in their name.
      const result = await withOrganization(deps.database, { ...scope, role: 'system' }, (tx) =>
        resolveConsentReview(tx, scope.organizationId, id, resolution, actorOf(c)),
      );
      switch (result.outcome) {
        case 'not_found':
          throw notFound('consent review');
        case 'resolved_otherwise':
          throw new Problem(409, 'RESOLVED_OTHERWISE', 'Somebody has resolved it otherwise already.');
        case 'resolved':
          deps.inbox.hurry(scope.organizationId);
          return c.json(result.review, 200);
      }
    });
}
