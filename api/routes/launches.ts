import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { listLaunches, listMembers, readLaunchRow } from '#db/queries/launches.ts';
import type { LaunchRow } from '#db/queries/launches.ts';
import { withOrganization } from '#db/tenant.ts';
import { decodeNumber, encodeNumber, pageRequest, toPage } from '../cursor.ts';
import type { ApiEnv } from '../context.ts';
import { createLaunchWithMembers } from '../launches/create-launch.ts';
import type { LaunchRequest } from '../launches/create-launch.ts';
import { requireRole } from '../middleware/auth.ts';
import { toMember } from '../present.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page, pageQuery } from '../schemas/common.ts';
import {
  idempotencyHeader,
  launchMemberSchema,
  launchSchema,
  membersQuery,
  newLaunchSchema,
  relaunchSchema,
} from '../schemas/launch.ts';
import { actorOf } from './actor.ts';
import { body, json, optionalBody, problems, security, signedIn } from './describe.ts';

const tags = ['Launches'];

const create = createRoute({
  method: 'post',
  path: '/launches',
  tags,
  summary: 'Launch a cohort into a campaign',
  description:
    'Every lead gets at most one journey in a campaign, however often it is launched. Whom a filter means is decided now: leads that fit it later are not added. When Temporal cannot be reached the launch is kept and started later; the same request with the same Idempotency-Key finds it.',
  security,
  middleware: requireRole('manager'),
  request: { headers: idempotencyHeader, body: body(newLaunchSchema) },
  responses: {
    201: json(launchSchema, 'The launch; its journeys are being started.'),
    200: json(
      launchSchema,
      'The launch that the same request has made before (`Idempotent-Replayed: true`).',
    ),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['CAMPAIGN_NOT_FOUND', 'IMPORT_NOT_FOUND', 'SAVED_FILTER_NOT_FOUND', 'LEAD_NOT_FOUND'],
      409: ['CAMPAIGN_NOT_PUBLISHED', 'IMPORT_NOT_DONE'],
      422: ['VALIDATION_FAILED', 'EMPTY_COHORT', 'IDEMPOTENCY_KEY_REUSED'],
      503: ['TEMPORAL_UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
    }),
  },
});

const relaunch = createRoute({
  method: 'post',
  path: '/launches/{id}/relaunch',
  tags,
  summary: 'Launch those again whom a launch has refused',
  description:
    'Into the same campaign, by its version of now, once what kept them out is mended. Those who have a journey in the campaign by now are left out.',
  security,
  middleware: requireRole('manager'),
  request: { params: idParam, headers: idempotencyHeader, body: optionalBody(relaunchSchema) },
  responses: {
    201: json(launchSchema, 'The new launch; its journeys are being started.'),
    200: json(
      launchSchema,
      'The launch that the same request has made before (`Idempotent-Replayed: true`).',
    ),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['LAUNCH_NOT_FOUND', 'CAMPAIGN_NOT_FOUND'],
      409: ['NOTHING_TO_RELAUNCH', 'CAMPAIGN_NOT_PUBLISHED'],
      422: ['VALIDATION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
      503: ['TEMPORAL_UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
    }),
  },
});

const list = createRoute({
  method: 'get',
  path: '/launches',
  tags,
  summary: 'List launches with their progress, newest first',
  security,
  request: { query: pageQuery },
  responses: {
    200: json(page(launchSchema), 'A page of launches.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const read = createRoute({
  method: 'get',
  path: '/launches/{id}',
  tags,
  summary: 'Read a launch with its progress',
  security,
  request: { params: idParam },
  responses: {
    200: json(launchSchema, 'The launch.'),
    ...signedIn,
    ...problems({ 404: ['LAUNCH_NOT_FOUND'] }),
  },
});

const members = createRoute({
  method: 'get',
  path: '/launches/{id}/members',
  tags,
  summary: 'List the leads of a launch, in the order of the cohort',
  description: 'A refused lead names every reason.',
  security,
  request: { params: idParam, query: membersQuery },
  responses: {
    200: json(page(launchMemberSchema), 'A page of members.'),
    ...signedIn,
    ...problems({ 404: ['LAUNCH_NOT_FOUND'], 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

export function launchRoutes() {
  return createRouter()
    .openapi(create, async (c) => {
      const { launch, replayed } = await launchCohort(
        c,
        c.req.valid('json'),
        c.req.valid('header')['idempotency-key'],
      );
      return replayed ? c.json(launch, 200) : c.json(launch, 201);
    })
    .openapi(relaunch, async (c) => {
      const relaunchOf = c.req.valid('param').id;
      const earlier = await readLaunchRow(c.var.deps.database, c.var.scope, relaunchOf);
      if (!earlier) throw notFound('launch');
      const { launch, replayed } = await launchCohort(
        c,
        { campaignId: earlier.campaign.id, cohort: { relaunchOf: earlier.id }, ...c.req.valid('json') },
        c.req.valid('header')['idempotency-key'],
      );
      return replayed ? c.json(launch, 200) : c.json(launch, 201);
    })
    .openapi(list, async (c) => {
      const found = await listLaunches(c.var.deps.database, c.var.scope, pageRequest(c.req.valid('query')));
      return c.json(
        toPage(found, (row) => row),
        200,
      );
    })
    .openapi(read, async (c) => {
      const launch = await readLaunchRow(c.var.deps.database, c.var.scope, c.req.valid('param').id);
      if (!launch) throw notFound('launch');
      return c.json(launch, 200);
    })
    .openapi(members, async (c) => {
      const { limit, cursor, state } = c.req.valid('query');
      const query = {
        launchId: c.req.valid('param').id,
        state,
        limit,
        afterPosition: decodeNumber(cursor, -1),
      };
      const found = await listMembers(c.var.deps.database, c.var.scope, query);
      if (!found) throw notFound('launch');
      return c.json({ items: found.rows.map(toMember), nextCursor: encodeNumber(found.nextPosition) }, 200);
    });
}

/** Writes the launch, or finds the one that the same request has made, and has its journeys started. */
async function launchCohort(
  c: Context<ApiEnv>,
  request: LaunchRequest,
  key: string | undefined,
): Promise<{ launch: LaunchRow; replayed: boolean }> {
  const { database, metrics, workflows } = c.var.deps;
  const { scope } = c.var;
  const { organizationId } = scope;
  const made = await withOrganization(database, scope, (tx) =>
    createLaunchWithMembers(tx, organizationId, request, key, actorOf(c)),
  );
  if (made.starting) {
    await workflows.startLaunch({ organizationId, launchId: made.launchId, campaignId: made.campaignId });
    metrics.launchesStarted.inc({ by: 'request' });
  }
  if (made.replayed) c.header('Idempotent-Replayed', 'true');
  return { launch: (await readLaunchRow(database, scope, made.launchId))!, replayed: made.replayed };
}
