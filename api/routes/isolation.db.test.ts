import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintCampaign, mintJourney, mintLead, mintOrganization, tinyJourney } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi, upload } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let theirs: Awaited<ReturnType<typeof mintEverything>>;
let mine: Awaited<ReturnType<typeof mintEverything>>;
let me: Caller;

/** An organisation with one of everything that has an id of its own. */
async function mintEverything() {
  const { organizationId, pipelineId } = await mintOrganization(db.database);
  const [stage] = await db.asOwner<{ id: string }>(
    'select id from pipeline_stages where pipeline_id = $1 limit 1',
    [pipelineId],
  );
  const [number] = await db.asOwner<{ id: string }>(
    'select id from phone_numbers where organization_id = $1',
    [organizationId],
  );
  const campaign = await mintCampaign(db.database, organizationId);
  const { leadId } = await mintLead(db.database, organizationId, { externalId: 'crm-1' });
  const { journeyId, launchId } = await mintJourney(db.database, organizationId, campaign, leadId);
  const owner = await api.as(organizationId, 'owner');
  const { body } = await owner('/v1/imports', upload('name,phone\nAda,504-621-8927\n'));
  const [review] = await db.asOwner<{ id: string }>(
    `with text as (
       insert into sms_messages (organization_id, direction, kind, state, phone, body)
       values ($1, 'inbound', 'inbound', 'received', '+15046218927', 'maybe') returning id)
     insert into consent_reviews (organization_id, phone, message_id) select $1, '+15046218927', id from text returning id`,
    [organizationId],
  );
  const [callback] = await db.asOwner<{ id: string }>(
    `insert into callbacks (organization_id, lead_id, due_at, source) values ($1, $2, now() + interval '1 hour', 'test')
     returning id`,
    [organizationId, leadId],
  );
  const [task] = await db.asOwner<{ id: string }>(
    `insert into tasks (organization_id, lead_id, kind, title) values ($1, $2, 'follow_up', 'Call') returning id`,
    [organizationId, leadId],
  );
  const [text] = await db.asOwner<{ id: string }>(
    `insert into sms_messages (organization_id, direction, kind, state, phone, body)
     values ($1, 'outbound', 'manual', 'sent', '+15046218927', 'Hello') returning id`,
    [organizationId],
  );
  const made = async (path: string, json: object): Promise<string> =>
    (await owner(path, { method: 'POST', json })).body.id;
  const others = {
    noteId: await made(`/v1/leads/${leadId}/notes`, { body: 'A note' }),
    blockId: await made(`/v1/leads/${leadId}/blocks`, { reason: 'A block' }),
    savedFilterId: await made('/v1/saved-filters', { name: 'A filter', filter: {} }),
    customFieldId: await made('/v1/custom-fields', { name: 'field', label: 'A field', type: 'text' }),
    touchId: text!.id,
    importId: body.id as string,
    reviewId: review!.id,
    callbackId: callback!.id,
    taskId: task!.id,
    pipelineId,
    stageId: stage!.id,
    numberId: number!.id,
  };
  return { organizationId, ...campaign, leadId, journeyId, launchId, ...others };
}

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: temporal.client });
  theirs = await mintEverything();
  mine = await mintEverything();
  me = await api.as(mine.organizationId, 'owner');
  // Their imports were started; what comes from here on is what these tests are about.
  temporal.started.length = 0;
});
afterAll(async () => {
  await api.stop();
  await db.close();
});

/** Routes that name something by its id; how a request for it is filled in. */
const bodies: Record<string, object | undefined> = {
  'patch /v1/leads/{id}': { firstName: 'Taken over' },
  'post /v1/leads/{id}/merge': { duplicateId: '0b0c7a52-6c0e-4b5e-9a55-3f1f5e0a7c11' },
  'post /v1/leads/{id}/stage': { stageId: '0b0c7a52-6c0e-4b5e-9a55-3f1f5e0a7c11' },
  'post /v1/leads/{id}/notes': { body: 'Taken over' },
  'patch /v1/leads/{id}/notes/{noteId}': { body: 'Taken over' },
  'post /v1/leads/{id}/blocks': { reason: 'Taken over' },
  'patch /v1/saved-filters/{id}': { name: 'Taken over' },
  'patch /v1/custom-fields/{id}': { label: 'Taken over' },
  'patch /v1/imports/{id}': { source: 'x' },
  'patch /v1/campaigns/{id}': { name: 'Taken over' },
  'post /v1/campaigns/{id}/versions': { definition: tinyJourney },
  'post /v1/campaigns/{id}/preflight': { leadIds: [] },
  'post /v1/campaigns/{id}/preflight/leads': { leadIds: [] },
  'put /v1/campaigns/{id}/versions/{versionId}': { definition: tinyJourney },
  'post /v1/launches/{id}/relaunch': {},
  'patch /v1/pipelines/{id}': { name: 'Taken over' },
  'post /v1/pipelines/{id}/stages': { name: 'Taken over' },
  'put /v1/pipelines/{id}/stages/order': { stageIds: [] },
  'patch /v1/pipelines/{id}/stages/{stageId}': { name: 'Taken over' },
  'patch /v1/numbers/{id}': { canSms: false },
  'post /v1/callbacks/{id}/cancel': {},
  'post /v1/callbacks/{id}/reschedule': { dueAt: '2030-01-01T00:00:00Z' },
  'post /v1/consent-reviews/{id}/resolve': { resolution: 'continue' },
  'post /v1/journeys/{id}/remove': {},
  'post /v1/journeys/{id}/reschedule': { until: '2030-01-01T00:00:00Z' },
  'post /v1/journeys/{id}/dispositions': { disposition: 'interested' },
};

/** What such a route asks for beside its path. */
const queries: Record<string, string> = {
  'post /v1/campaigns/{id}/preflight/leads': '?code=OPTED_OUT',
  'get /v1/campaigns/{id}/versions/{versionId}/diff': '?against=00000000-0000-4000-8000-000000000000',
};

function idFor(path: string, of: typeof mine): string {
  const kind = path.split('/')[2]!;
  return {
    leads: of.leadId,
    imports: of.importId,
    campaigns: of.campaignId,
    launches: of.launchId,
    journeys: of.journeyId,
    'consent-reviews': of.reviewId,
    callbacks: of.callbackId,
    tasks: of.taskId,
    touches: of.touchId,
    pipelines: of.pipelineId,
    numbers: of.numberId,
    'saved-filters': of.savedFilterId,
    'custom-fields': of.customFieldId,
  }[kind]!;
}

test('on every route that takes an id, another organisation’s is not found, and nothing happens', async () => {
  const document = (await api.call('/openapi.json')).body;
  const routes = Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, methods]) =>
    path.startsWith('/v1/') && path.includes('{id}')
      ? Object.keys(methods).map((method) => ({ method, path }))
      : [],
  );
  expect(routes.length).toBeGreaterThan(20);
  const before = await fingerprint();
  for (const { method, path } of routes) {
    const request = {
      method: method.toUpperCase(),
      ...(bodies[`${method} ${path}`] ? { json: bodies[`${method} ${path}`]! } : {}),
    };
    const of = (owner: typeof mine) =>
      path
        .replace('{id}', idFor(path, owner))
        .replace('{versionId}', owner.versionId)
        .replace('{noteId}', owner.noteId)
        .replace('{blockId}', owner.blockId)
        .replace('{stageId}', owner.stageId) + (queries[`${method} ${path}`] ?? '');
    const answer = await me(of(theirs), request);
    expect([method, path, answer.status]).toEqual([method, path, 404]);
    expect(answer.body.code).toMatch(/_NOT_FOUND$/);
  }
  expect(await fingerprint()).toEqual(before);
  expect(temporal.signals).toEqual([]);
  expect(temporal.started).toEqual([]);
});

test('my campaign with their version is not found', async () => {
  const path = `/v1/campaigns/${mine.campaignId}/versions/${theirs.versionId}`;
  expect((await me(path)).status).toBe(404);
  expect((await me(`${path}/publish`, { method: 'POST' })).status).toBe(404);
});

test('their stages, numbers and saved filters are as unknown as their leads', async () => {
  const send = (method: string, path: string, json: object) => me(path, { method, json });
  const stage = { stageId: theirs.stageId };
  expect((await send('POST', `/v1/leads/${mine.leadId}/stage`, stage)).body.code).toBe(
    'PIPELINE_STAGE_NOT_FOUND',
  );
  const myPipeline = `/v1/pipelines/${mine.pipelineId}/stages`;
  expect((await me(`${myPipeline}/${theirs.stageId}/leads`)).status).toBe(404);
  expect((await send('PATCH', `${myPipeline}/${theirs.stageId}`, { name: 'x' })).status).toBe(404);
  const settings = { numberIds: [theirs.numberId] };
  expect((await send('PATCH', `/v1/campaigns/${mine.campaignId}`, { settings })).body.code).toBe(
    'NUMBER_NOT_FOUND',
  );
  const savedFilterId = theirs.campaignId;
  const launch = { campaignId: mine.campaignId, cohort: { savedFilterId } };
  expect((await send('POST', '/v1/launches', launch)).body.code).toBe('SAVED_FILTER_NOT_FOUND');
});

test('their ids in a body are as unknown as in a path', async () => {
  const launch = (json: object) => me('/v1/launches', { method: 'POST', json });
  const cohort = { leadIds: [mine.leadId] };
  expect((await launch({ campaignId: theirs.campaignId, cohort })).body.code).toBe('CAMPAIGN_NOT_FOUND');
  expect(
    (await launch({ campaignId: mine.campaignId, cohort: { importId: theirs.importId } })).body.code,
  ).toBe('IMPORT_NOT_FOUND');
  expect(
    (await launch({ campaignId: mine.campaignId, cohort: { leadIds: [mine.leadId, theirs.leadId] } })).body,
  ).toMatchObject({
    code: 'LEAD_NOT_FOUND',
    missing: 1,
  });
  const merge = { method: 'POST', json: { duplicateId: theirs.leadId } };
  expect((await me(`/v1/leads/${mine.leadId}/merge`, merge)).body.code).toBe('LEAD_NOT_FOUND');
  const bulk = { action: 'set_status', cohort: { leadIds: [theirs.leadId] }, status: 'taken over' };
  expect((await me('/v1/leads/bulk', { method: 'POST', json: bulk })).body).toEqual({
    matched: 0,
    changed: 0,
  });
  for (const [kind, id] of [
    ['notes', theirs.noteId],
    ['blocks', theirs.blockId],
  ] as const) {
    expect((await me(`/v1/leads/${mine.leadId}/${kind}/${id}`, { method: 'DELETE' })).status).toBe(404);
  }
});

test('lists and filters show only what is mine', async () => {
  const lists = [
    'leads',
    'saved-filters',
    'custom-fields',
    'campaigns',
    'launches',
    'journeys',
    'callbacks',
    'tasks',
    'events?limit=200',
  ];
  for (const path of lists.map((list) => `/v1/${list}`)) {
    const { text, body } = await me(path);
    expect(body.items.length).toBeGreaterThan(0);
    for (const id of Object.values(theirs)) expect(text).not.toContain(id);
  }
  expect((await me(`/v1/journeys?launchId=${theirs.launchId}`)).body.items).toEqual([]);
  expect((await me(`/v1/callbacks?leadId=${theirs.leadId}`)).body.items).toEqual([]);
  expect((await me(`/v1/callbacks/summary?campaignId=${theirs.campaignId}`)).body.scheduled).toBe(0);
  expect((await me('/v1/callbacks/summary')).body.scheduled).toBe(1);
  expect((await me('/v1/stats')).body.leads).toBe(2);
});

test('the same external id is another lead in another organisation', async () => {
  const json = { phone: '504-621-8000', firstName: 'Mine' };
  const { body } = await me('/v1/leads/by-external-id/crm-1', { method: 'PUT', json });
  expect(body).toMatchObject({ id: mine.leadId, firstName: 'Mine' });
  const [row] = await db.asOwner('select first_name from leads where id = $1', [theirs.leadId]);
  expect(row).toEqual({ first_name: 'Ada' });
});

/** Everything that the other organisation has. */
async function fingerprint() {
  const tables = [
    'leads',
    'lead_notes',
    'lead_blocks',
    'saved_filters',
    'custom_fields',
    'campaigns',
    'journey_versions',
    'launches',
    'launch_members',
    'journeys',
    'callbacks',
    'tasks',
    'events',
    'audit_log',
    'pipelines',
    'pipeline_stages',
    'stage_moves',
    'phone_numbers',
  ];
  return Promise.all(
    tables.map((table) =>
      db.asOwner(
        `select md5(string_agg(t::text, '' order by t::text)) as rows from ${table} t where organization_id = $1`,
        [theirs.organizationId],
      ),
    ),
  );
}
