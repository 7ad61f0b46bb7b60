import { randomUUID } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import { recordAudit } from '#db/queries/audit.ts';
import { bulkLeadIds, changeManyLeads, lockStage, maxBulkLeads } from '#db/queries/lead-bulk.ts';
import { withOrganization } from '#db/tenant.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, invalid } from '../problem.ts';
import { createRouter } from '../router.ts';
import { bulkResultSchema, bulkSchema } from '../schemas/lead-bulk.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const change = createRoute({
  method: 'post',
  path: '/leads/bulk',
  tags: ['Leads'],
  summary: 'Make one change to many leads',
  description:
    'By their ids, or by a filter as it means now; 100,000 at most. All of them are changed or none. Ids that are nobody’s are passed over. Deleting needs an admin.',
  security,
  middleware: requireRole('manager'),
  request: { body: body(bulkSchema) },
  responses: {
    200: json(bulkResultSchema, 'How many were meant, and how many changed.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['PIPELINE_STAGE_NOT_FOUND'],
      409: ['STAGE_ARCHIVED'],
      422: ['VALIDATION_FAILED', 'TOO_MANY_LEADS'],
    }),
  },
});

export function leadBulkRoutes() {
  return createRouter().openapi(change, async (c) => {
    const { scope, deps, identity } = c.var;
    const { cohort, ...asked } = c.req.valid('json');
    if (asked.action === 'delete' && identity.role !== 'owner' && identity.role !== 'admin') {
      throw new Problem(403, 'FORBIDDEN', 'Your role does not allow this.');
    }
    // Notes and the inbox are the product's to write.
    const writer = { ...scope, role: 'system' } as const;
    const result = await withOrganization(deps.database, writer, async (tx) => {
      if (asked.action === 'set_stage') await requireStage(tx, asked.stageId);
      const leadIds = await bulkLeadIds(tx, cohort);
      if (leadIds.length > maxBulkLeads) {
        throw invalid('cohort', 'TOO_MANY_LEADS', `These are more than ${maxBulkLeads} leads.`);
      }
      const changed = await changeManyLeads(tx, leadIds, asked, actorOf(c));
      await recordAudit(tx, scope.organizationId, actorOf(c), {
        action: `lead.bulk_${asked.action}`,
        subjectType: 'leads',
        subjectId: randomUUID(),
        data: { ...asked, matched: leadIds.length, changed },
      });
      return { matched: leadIds.length, changed };
    });
    if (asked.action === 'delete') deps.inbox.hurry(scope.organizationId);
    return c.json(result, 200);
  });
}

async function requireStage(tx: TenantTransaction, stageId: string): Promise<void> {
  const stage = await lockStage(tx, stageId);
  if (!stage) {
    throw new Problem(404, 'PIPELINE_STAGE_NOT_FOUND', 'There is no such stage.', { field: 'stageId' });
  }
  if (stage.archived) {
    throw new Problem(409, 'STAGE_ARCHIVED', 'The stage is archived: nobody moves into it.', {
      field: 'stageId',
    });
  }
}
