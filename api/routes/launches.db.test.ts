import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintCampaign, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi, upload } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let me: Caller;
let campaignId: string;

beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 10 });
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  temporal.started.length = 0;
  temporal.signals.length = 0;
  temporal.state.down = false;
  ({ organizationId } = await mintOrganization(db.database));
  ({ campaignId } = await mintCampaign(db.database, organizationId));
  me = await api.as(organizationId, 'manager');
});

const launch = (json: object, headers = {}) => me('/v1/launches', { method: 'POST', json, headers });
const cohortOf = async (count: number) => {
  const leadIds: string[] = [];
  for (let index = 0; index < count; index += 1)
    leadIds.push((await mintLead(db.database, organizationId)).leadId);
  return { leadIds };
};

test('a file is launched as a cohort, in the order of its lines', async () => {
  const file = await me(
    '/v1/imports',
    upload('name,phone\nAda L,504-621-8927\nBad,1\nAlan T,810-292-9388\n'),
  );
  temporal.started.length = 0;
  const { status, body } = await launch({ campaignId, name: 'First', cohort: { importId: file.body.id } });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    name: 'First',
    status: 'starting',
    campaign: { id: campaignId },
    members: { total: 2, pending: 2, started: 0, refused: 0 },
    journeys: { active: 0, paused: 0, completed: 0, removed: 0, failed: 0 },
  });
  expect(temporal.started).toMatchObject([
    {
      type: 'launch',
      workflowId: `${organizationId}/launch/${body.id}`,
      args: [{ organizationId, launchId: body.id }],
      options: {
        taskQueue: 'leadway',
        workflowIdConflictPolicy: 'USE_EXISTING',
        typedSearchAttributes: [
          { key: { name: 'OrganizationId' }, value: organizationId },
          { key: { name: 'CampaignId' }, value: campaignId },
          { key: { name: 'LaunchId' }, value: body.id },
        ],
      },
    },
  ]);
  const first = await me(`/v1/launches/${body.id}/members?limit=1`);
  expect(first.body.items).toMatchObject([
    { leadName: 'Ada L', state: 'pending', problems: [], journeyId: null },
  ]);
  const second = await me(`/v1/launches/${body.id}/members?limit=1&cursor=${first.body.nextCursor}`);
  expect(second.body).toMatchObject({ items: [{ leadName: 'Alan T' }], nextCursor: null });
  expect((await me(`/v1/launches/${body.id}/members?state=refused`)).body.items).toEqual([]);
});

describe('a launch that cannot be is refused, and nothing of it is kept', () => {
  test.each([
    ['an unknown campaign', () => ({ campaignId: randomUUID() }), 404, 'CAMPAIGN_NOT_FOUND', 'campaignId'],
    ['a draft', async () => ({ campaignId: await draft() }), 409, 'CAMPAIGN_NOT_PUBLISHED', 'campaignId'],
    [
      'an unknown file',
      () => ({ cohort: { importId: randomUUID() } }),
      404,
      'IMPORT_NOT_FOUND',
      'cohort.importId',
    ],
    [
      'a file that is not imported yet',
      async () => {
        const { body } = await me('/v1/imports?draft=true', upload('phone\n504-621-8927\n'));
        return { cohort: { importId: body.id } };
      },
      409,
      'IMPORT_NOT_DONE',
      'cohort.importId',
    ],
    ['nobody', () => ({ cohort: { leadIds: [] } }), 422, 'EMPTY_COHORT', 'cohort'],
    [
      'somebody who does not exist',
      () => ({ cohort: { leadIds: [randomUUID()] } }),
      404,
      'LEAD_NOT_FOUND',
      'cohort.leadIds',
    ],
    [
      'two cohorts',
      () => ({ cohort: { leadIds: [], importId: randomUUID() } }),
      422,
      'VALIDATION_FAILED',
      'cohort',
    ],
  ])('%s', async (_what, change, status, code, field) => {
    const cohort = await cohortOf(1);
    const answer = await launch(
      { campaignId, cohort, ...(await change()) },
      { 'idempotency-key': 'refused-once' },
    );
    expect(answer.body).toMatchObject({ status, code, field });
    expect((await me('/v1/launches')).body.items).toEqual([]);
    expect(temporal.started).toEqual([]);
    // The key was not used up.
    expect((await launch({ campaignId, cohort }, { 'idempotency-key': 'refused-once' })).status).toBe(201);
  });

  async function draft(): Promise<string> {
    const { body } = await me('/v1/campaigns', { method: 'POST', json: { name: 'Only a draft' } });
    return body.id;
  }
});

describe('the Idempotency-Key', () => {
  test('fifty times at once is one launch', async () => {
    const request = { campaignId, cohort: await cohortOf(3) };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => launch(request, { 'idempotency-key': 'once' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const replays = answers.filter(({ status }) => status === 200);
    expect(replays).toHaveLength(49);
    for (const { headers } of replays) expect(headers.get('idempotent-replayed')).toBe('true');
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(temporal.started.map(({ workflowId }) => workflowId)).size).toBe(1);
    expect(answers[0]!.body.members.total).toBe(3);
  });

  test('with another request is refused', async () => {
    const cohort = await cohortOf(1);
    await launch({ campaignId, cohort }, { 'idempotency-key': 'k' });
    const { body } = await launch({ campaignId, cohort, name: 'Other' }, { 'idempotency-key': 'k' });
    expect(body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED', field: 'Idempotency-Key' });
  });

  test('of another organisation is another key', async () => {
    await launch({ campaignId, cohort: await cohortOf(1) }, { 'idempotency-key': 'shared' });
    const other = await mintOrganization(db.database);
    const campaign = await mintCampaign(db.database, other.organizationId);
    const { leadId } = await mintLead(db.database, other.organizationId);
    const caller = await api.as(other.organizationId);
    const json = { campaignId: campaign.campaignId, cohort: { leadIds: [leadId] } };
    const answer = await caller('/v1/launches', {
      method: 'POST',
      json,
      headers: { 'idempotency-key': 'shared' },
    });
    expect(answer.status).toBe(201);
  });
});

describe('while Temporal is down', () => {
  test('the launch is kept; the same request starts it later', async () => {
    const request = { campaignId, cohort: await cohortOf(1) };
    temporal.state.down = true;
    const refused = await launch(request, { 'idempotency-key': 'k' });
    expect(refused.body).toMatchObject({ status: 503, code: 'TEMPORAL_UNAVAILABLE' });
    expect(refused.headers.get('retry-after')).toBe('1');
    temporal.state.down = false;
    const replayed = await launch(request, { 'idempotency-key': 'k' });
    expect(replayed.status).toBe(200);
    expect(temporal.started.map(({ workflowId }) => workflowId)).toEqual([
      `${organizationId}/launch/${replayed.body.id}`,
    ]);
  });

  test('the sweeper starts it when nobody asks again, and only then', async () => {
    temporal.state.down = true;
    await launch({ campaignId, cohort: await cohortOf(1) });
    temporal.state.down = false;
    await api.launches.sweep();
    const mine = () => temporal.started.filter(({ workflowId }) => workflowId.startsWith(organizationId));
    expect(mine()).toEqual([]);
    await db.asOwner(
      "update launches set created_at = now() - interval '11 seconds' where organization_id = $1",
      [organizationId],
    );
    await api.launches.sweep();
    expect(mine()).toHaveLength(1);
    expect(temporal.signals).toMatchObject([{ workflowId: mine()[0]!.workflowId, name: 'resume' }]);
    for (const change of ['paused_at = now()', "paused_at = null, status = 'running'"]) {
      await db.asOwner(`update launches set ${change} where organization_id = $1`, [organizationId]);
      await api.launches.sweep();
      expect(mine()).toHaveLength(1);
    }
  });
});

describe('pause, resume, cancel', () => {
  const act = (id: string, action: string) => me(`/v1/launches/${id}/${action}`, { method: 'POST' });
  const started = async () => (await launch({ campaignId, cohort: await cohortOf(2) })).body.id as string;

  test('the row says it, then the workflow is told, then the held are woken', async () => {
    const id = await started();
    temporal.started.length = 0;
    const paused = await act(id, 'pause');
    expect(paused.body).toMatchObject({ status: 'paused', pausedAt: expect.any(String) });
    expect(temporal.started).toEqual([]);
    expect((await act(id, 'resume')).body).toMatchObject({ status: 'starting', pausedAt: null });
    expect(temporal.signals.map(({ workflowId, name }) => [workflowId, name])).toEqual([
      [`${organizationId}/launch/${id}`, 'pause'],
      [`${organizationId}/launch/${id}`, 'resume'],
    ]);
    expect(temporal.started).toMatchObject([
      {
        type: 'tellJourneys',
        args: [{ audience: { launchId: id }, heldOnly: true, message: { tell: 'wake' } }],
      },
    ]);
  });

  test('cancelling refuses those who wait and removes the others, for good', async () => {
    const id = await started();
    temporal.started.length = 0;
    const cancelled = await act(id, 'cancel');
    expect(cancelled.body).toMatchObject({
      status: 'cancelled',
      cancelledAt: expect.any(String),
      members: { total: 2, pending: 0, refused: 2 },
    });
    const { body: members } = await me(`/v1/launches/${id}/members?state=refused`);
    expect(members.items[0].problems).toMatchObject([{ code: 'LAUNCH_CANCELLED' }]);
    expect(temporal.started).toMatchObject([
      {
        type: 'tellJourneys',
        args: [
          {
            audience: { launchId: id },
            heldOnly: false,
            message: { tell: 'remove', reason: 'LAUNCH_CANCELLED' },
          },
        ],
      },
    ]);
    expect((await act(id, 'resume')).body).toMatchObject({ status: 409, code: 'LAUNCH_CANCELLED' });
    expect((await act(id, 'pause')).status).toBe(409);
    expect((await act(id, 'cancel')).status).toBe(200);
  });

  test('a launch whose workflow has finished can still be paused: the gate reads the row', async () => {
    const id = await started();
    temporal.ended.add(`${organizationId}/launch/${id}`);
    expect((await act(id, 'pause')).body.status).toBe('paused');
  });

  test('when Temporal is down the row stands, and the same request tells the workflows later', async () => {
    const id = await started();
    temporal.state.down = true;
    expect((await act(id, 'cancel')).body).toMatchObject({ status: 503, code: 'TEMPORAL_UNAVAILABLE' });
    temporal.state.down = false;
    temporal.started.length = 0;
    expect((await act(id, 'cancel')).body.status).toBe('cancelled');
    expect(temporal.started).toMatchObject([{ type: 'tellJourneys' }]);
  });
});

test('progress and status follow from members and journeys', async () => {
  const { body } = await launch({ campaignId, cohort: await cohortOf(3) });
  const [first, second] = (await me(`/v1/launches/${body.id}/members`)).body.items;
  const enrol = (leadId: string, status: string) =>
    db.asOwner(
      `with j as (
         insert into journeys (organization_id, lead_id, campaign_id, launch_id, version_id, workflow_id, status)
         select organization_id, $2, campaign_id, id, version_id, 'w', $3 from launches where id = $1 returning id)
       update launch_members set state = 'started', journey_id = (select id from j) where launch_id = $1 and lead_id = $2`,
      [body.id, leadId, status],
    );
  await enrol(first.leadId, 'active');
  await enrol(second.leadId, 'completed');
  await db.asOwner("update launch_members set state = 'refused' where launch_id = $1 and state = 'pending'", [
    body.id,
  ]);
  await db.asOwner("update launches set status = 'running' where id = $1", [body.id]);
  const running = await me(`/v1/launches/${body.id}`);
  expect(running.body).toMatchObject({
    status: 'running',
    members: { total: 3, pending: 0, started: 2, refused: 1 },
    journeys: { active: 1, completed: 1, paused: 0, removed: 0, failed: 0 },
  });
  expect((await me('/v1/launches')).body.items).toEqual([running.body]);
  await db.asOwner("update journeys set status = 'removed' where launch_id = $1 and status = 'active'", [
    body.id,
  ]);
  expect((await me(`/v1/launches/${body.id}`)).body.status).toBe('completed');
});

test('a list is paged without gaps or repetitions, newest first', async () => {
  const cohort = await cohortOf(1);
  for (let index = 0; index < 5; index += 1) await launch({ campaignId, cohort, name: `Launch ${index}` });
  const names: string[] = [];
  let cursor: string | null = '';
  do {
    const { body } = await me(`/v1/launches?limit=2&cursor=${cursor}`);
    names.push(...body.items.map(({ name }: any) => name));
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(names).toEqual(['Launch 4', 'Launch 3', 'Launch 2', 'Launch 1', 'Launch 0']);
});
