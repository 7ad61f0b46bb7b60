import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { recordAudit } from '#db/queries/audit.ts';
import { countCallbacks, listCallbacks, readCallback } from '#db/queries/callback-list.ts';
import type { CallbackRow } from '#db/queries/callback-list.ts';
import { changeCallback, factsOfCallback } from '#db/queries/callbacks.ts';
import { withOrganization } from '#db/tenant.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { dueAtOf, makeCallback } from '../callbacks/make-callback.ts';
import type { ApiEnv } from '../context.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import {
  callbackCancelSchema,
  callbackSchema,
  callbackSummaryQuery,
  callbackSummarySchema,
  callbackTimeSchema,
  callbacksQuery,
  newCallbackSchema,
} from '../schemas/callback.ts';
import { idParam, page } from '../schemas/common.ts';
import { idempotencyHeader } from '../schemas/launch.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Callbacks'];
const timeProblems = [
  'VALIDATION_FAILED',
  'BAD_LOCAL_TIME',
  'UNKNOWN_TIME_ZONE',
  'TIME_ZONE_NOT_KNOWN',
  'NOT_IN_THE_FUTURE',
  'TOO_FAR_AWAY',
];

const create = createRoute({
  method: 'post',
  path: '/callbacks',
  tags,
  summary: 'Promise to call a lead at a time',
  description:
    'The call is placed once, when it is due and the lead may be called; a busy line, no answer or voicemail is tried again up to twice, 15 minutes apart. What cannot be kept within 24 hours becomes a task. The same Idempotency-Key again for the same lead makes no second promise.',
  security,
  middleware: requireRole('agent'),
  request: { headers: idempotencyHeader, body: body(newCallbackSchema) },
  responses: {
    201: json(callbackSchema, 'It is promised.'),
    200: json(callbackSchema, 'The same request had promised it before.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['LEAD_NOT_FOUND', 'JOURNEY_NOT_FOUND', 'CAMPAIGN_NOT_FOUND'],
      422: [...timeProblems, 'BAD_TEMPLATE', 'UNKNOWN_VARIABLE'],
    }),
  },
});

const list = createRoute({
  method: 'get',
  path: '/callbacks',
  tags,
  summary: 'List promised callbacks, the latest time first',
  security,
  request: { query: callbacksQuery },
  responses: {
    200: json(page(callbackSchema), 'A page of callbacks.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const summary = createRoute({
  method: 'get',
  path: '/callbacks/summary',
  tags,
  summary: 'Count what became of promised callbacks',
  security,
  request: { query: callbackSummaryQuery },
  responses: {
    200: json(callbackSummarySchema, 'The counts.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED'] }),
  },
});

const change = { tags, security, middleware: requireRole('agent') };
const changed = {
  200: json(callbackSchema, 'The callback as it is now.'),
  ...signedIn,
  ...problems({
    403: ['FORBIDDEN'],
    404: ['CALLBACK_NOT_FOUND'],
    409: ['CALLBACK_SETTLED'],
    422: timeProblems,
    503: ['TEMPORAL_UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
  }),
};

const cancel = createRoute({
  ...change,
  method: 'post',
  path: '/callbacks/{id}/cancel',
  summary: 'Take a promise back',
  description:
    'No further call is placed from then on; one that is under way goes on. Again, it changes nothing.',
  request: { params: idParam, body: body(callbackCancelSchema) },
  responses: changed,
});

const reschedule = createRoute({
  ...change,
  method: 'post',
  path: '/callbacks/{id}/reschedule',
  summary: 'Promise another time instead',
  request: { params: idParam, body: body(callbackTimeSchema) },
  responses: changed,
});

export function callbackRoutes() {
  return createRouter()
    .openapi(create, async (c) => {
      const { database, logger, workflows } = c.var.deps;
      const { scope } = c.var;
      const { organizationId } = scope;
      const key = c.req.valid('header')['idempotency-key'];
      const { id, replayed } = await asProduct(c, (tx) =>
        makeCallback(tx, organizationId, c.req.valid('json'), key, actorOf(c)),
      );
      const row = (await readCallback(database, scope, id))!;
      if (row.status === 'scheduled') {
        const { lead, campaignId } = row;
        await workflows
          .startCallback({ organizationId, callbackId: id, leadId: lead.id, campaignId })
          // The promise stands in its row; the sweeper starts what could not be started here.
          .catch((error: unknown) =>
            logger.warn({ code: codeOf(error) }, 'a callback will be started later'),
          );
      }
      if (!replayed) return c.json(row, 201);
      c.header('Idempotent-Replayed', 'true');
      return c.json(row, 200);
    })
    .openapi(list, async (c) => {
      const { status, leadId, ...query } = c.req.valid('query');
      const filter = { status, leadId };
      const found = await listCallbacks(c.var.deps.database, c.var.scope, filter, pageRequest(query));
      return c.json(
        toPage(found, (row) => row),
        200,
      );
    })
    .openapi(summary, async (c) =>
      c.json(await countCallbacks(c.var.deps.database, c.var.scope, c.req.valid('query')), 200),
    )
    .openapi(cancel, async (c) => {
      const { id } = c.req.valid('param');
      const { reason } = c.req.valid('json');
      return c.json(await changeTo(c, id, async () => ({ cancel: { note: reason ?? null } })), 200);
    })
    .openapi(reschedule, async (c) => {
      const { id } = c.req.valid('param');
      const time = c.req.valid('json');
      const row = await changeTo(c, id, async (tx) => {
        const facts = await factsOfCallback(tx, id);
        if (!facts) throw notFound('callback');
        return { dueAt: dueAtOf(time, facts) };
      });
      return c.json(row, 200);
    });
}

/** The product writes row, event and audit in the person's name: an agent may insert nothing. */
function asProduct<T>(c: Context<ApiEnv>, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  return withOrganization(c.var.deps.database, { ...c.var.scope, role: 'system' }, work);
}

/** Changes the row, which decides; then tells the workflow, which would also see it when its time comes. */
async function changeTo(
  c: Context<ApiEnv>,
  id: string,
  changeFor: (tx: TenantTransaction) => Promise<Parameters<typeof changeCallback>[2]>,
): Promise<CallbackRow> {
  const { database, logger, workflows } = c.var.deps;
  const { scope } = c.var;
  const { organizationId } = scope;
  const outcome = await asProduct(c, async (tx) => {
    const wanted = await changeFor(tx);
    const cancels = 'cancel' in wanted;
    if (!(await changeCallback(tx, id, wanted))) return { cancels, changed: false };
    await recordAudit(tx, organizationId, actorOf(c), {
      action: cancels ? 'callback.cancel' : 'callback.reschedule',
      subjectType: 'callback',
      subjectId: id,
      data: cancels ? {} : { dueAt: wanted.dueAt.toISOString() },
    });
    return { cancels, changed: true };
  });
  const row = await readCallback(database, scope, id);
  if (!row) throw notFound('callback');
  if (outcome.changed) {
    await workflows.tellCallback({ organizationId, callbackId: id }).catch((error: unknown) => {
      // Before the call it looks at the row, so a cancellation holds; a new time it has to hear of.
      if (!outcome.cancels) throw error;
      logger.warn({ code: codeOf(error) }, 'a cancelled callback will end later');
    });
  } else if (!(outcome.cancels && row.status === 'cancelled')) {
    throw new Problem(
      409,
      'CALLBACK_SETTLED',
      `The callback is ${row.status}: nothing about it can be changed.`,
    );
  }
  return row;
}

function codeOf(error: unknown): string {
  return error instanceof Problem ? error.code : error instanceof Error ? error.name : 'unknown';
}
