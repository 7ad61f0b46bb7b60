import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sampleJourney } from '#domain/journey/sample-journey.ts';
import { mintCampaign, mintOrganization, tinyJourney } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let me: Caller;

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  temporal.started.length = 0;
  ({ organizationId } = await mintOrganization(db.database));
  me = await api.as(organizationId, 'manager');
});

const post = (path: string, json?: object) => me(path, { method: 'POST', ...(json ? { json } : {}) });

test('a campaign is created with sane settings, renamed and read', async () => {
  const created = await post('/v1/campaigns', { name: ' Autumn ', settings: { recentSmsHours: 12 } });
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    name: 'Autumn',
    settings: { recentSmsHours: 12, recentReplyHours: 4, requireConsent: false },
    currentVersion: null,
    pausedAt: null,
  });
  const json = { name: 'Winter', settings: { requireConsent: true } };
  const changed = await me(`/v1/campaigns/${created.body.id}`, { method: 'PATCH', json });
  expect(changed.body).toMatchObject({
    name: 'Winter',
    settings: { recentSmsHours: 12, requireConsent: true },
  });
  expect((await me(`/v1/campaigns/${created.body.id}`)).body).toEqual(changed.body);
  const log = await db.asOwner(
    'select action from audit_log where organization_id = $1 order by created_at',
    [organizationId],
  );
  expect(log.map(({ action }) => action)).toEqual(['campaign.create', 'campaign.update']);
});

test('a name is given once in an organisation', async () => {
  const { body: first } = await post('/v1/campaigns', { name: 'Autumn' });
  const { body: second } = await post('/v1/campaigns', { name: 'Winter' });
  expect((await post('/v1/campaigns', { name: 'Autumn' })).body).toMatchObject({
    status: 409,
    code: 'NAME_TAKEN',
    field: 'name',
  });
  const rename = (id: string) => me(`/v1/campaigns/${id}`, { method: 'PATCH', json: { name: 'Autumn' } });
  expect((await rename(second.id)).status).toBe(409);
  expect((await rename(first.id)).status).toBe(200);
});

describe('versions', () => {
  test('a draft may have faults, a published version may not, and then it never changes', async () => {
    const { body: campaign } = await post('/v1/campaigns', { name: 'Autumn' });
    const versions = `/v1/campaigns/${campaign.id}/versions`;
    const broken = {
      start: 'text',
      steps: [{ id: 'text', kind: 'sms', body: 'Hi {{nickname}}', next: 'nowhere' }],
    };

    const draft = await post(versions, { definition: broken });
    expect([draft.status, draft.body.number, draft.body.status]).toEqual([201, 1, 'draft']);
    const refused = await post(`${versions}/${draft.body.id}/publish`);
    expect(refused.body).toMatchObject({ status: 422, code: 'INVALID_DEFINITION', field: 'definition' });
    expect(refused.body.errors).toEqual(
      expect.arrayContaining([
        { stepId: 'text', field: 'next', code: 'MISSING_TARGET', message: expect.any(String) },
        { stepId: 'text', field: 'body', code: 'UNKNOWN_VARIABLE', message: expect.any(String) },
      ]),
    );

    const good = await post(versions, { definition: sampleJourney });
    const published = await post(`${versions}/${good.body.id}/publish`);
    expect(published.body).toMatchObject({ number: 2, status: 'published', definition: sampleJourney });
    expect((await me(`/v1/campaigns/${campaign.id}`)).body.currentVersion).toEqual({
      id: good.body.id,
      number: 2,
      publishedAt: published.body.publishedAt,
    });
    // Again: the same version, as it was.
    expect((await post(`${versions}/${good.body.id}/publish`)).body).toEqual(published.body);

    const newest = await me(`${versions}?limit=1`);
    expect(newest.body.items.map(({ number }: any) => number)).toEqual([2]);
    const older = await me(`${versions}?limit=1&cursor=${newest.body.nextCursor}`);
    expect(older.body).toMatchObject({ items: [{ number: 1 }], nextCursor: null });
    expect((await me(`${versions}/${draft.body.id}`)).body).toEqual(draft.body);
  });

  test('an older version can be made the current one again', async () => {
    const { body: campaign } = await post('/v1/campaigns', { name: 'Autumn' });
    const versions = `/v1/campaigns/${campaign.id}/versions`;
    const ids: string[] = [];
    for (let number = 1; number <= 2; number += 1) {
      const { body } = await post(versions, { definition: tinyJourney });
      ids.push(body.id);
      await post(`${versions}/${body.id}/publish`);
    }
    await post(`${versions}/${ids[0]}/publish`);
    expect((await me(`/v1/campaigns/${campaign.id}`)).body.currentVersion.id).toBe(ids[0]);
  });

  test('numbers are given out one by one, also to drafts that are saved at once', async () => {
    const { campaignId } = await mintCampaign(db.database, organizationId);
    const drafts = await Promise.all(
      Array.from({ length: 5 }, () =>
        post(`/v1/campaigns/${campaignId}/versions`, { definition: tinyJourney }),
      ),
    );
    expect(drafts.map(({ body }) => body.number).toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6]);
  });

  test('what has not the shape of a definition is no draft', async () => {
    const { campaignId } = await mintCampaign(db.database, organizationId);
    const definition = { start: 'a', steps: [{ id: 'a', kind: 'fax', next: 'b' }] };
    const { body } = await post(`/v1/campaigns/${campaignId}/versions`, { definition });
    expect(body).toMatchObject({ status: 422, code: 'VALIDATION_FAILED', field: 'definition.steps.0.kind' });
  });

  test('a definition can be checked without storing it', async () => {
    expect((await post('/v1/journey-definitions/validate', { definition: tinyJourney })).body).toEqual({
      valid: true,
      problems: [],
    });
    const loop = {
      start: 'a',
      steps: [
        { id: 'a', kind: 'set_stage', stage: 'x', next: 'b' },
        { id: 'b', kind: 'set_stage', stage: 'y', next: 'a' },
      ],
    };
    const { body } = await post('/v1/journey-definitions/validate', { definition: loop });
    expect(body.valid).toBe(false);
    expect(body.problems.map(({ code }: any) => code)).toContain('LOOP_WITHOUT_WAIT');
  });
});

test('pausing is a row at once; resuming also wakes what was held', async () => {
  const { campaignId } = await mintCampaign(db.database, organizationId);
  const paused = await post(`/v1/campaigns/${campaignId}/pause`);
  expect(paused.body.pausedAt).toMatch(/Z$/);
  expect((await post(`/v1/campaigns/${campaignId}/pause`)).body).toEqual(paused.body);
  expect(temporal.started).toEqual([]);
  expect((await post(`/v1/campaigns/${campaignId}/resume`)).body.pausedAt).toBeNull();
  expect(temporal.started).toMatchObject([
    {
      type: 'tellJourneys',
      args: [{ organizationId, audience: { campaignId }, heldOnly: true, message: { tell: 'wake' } }],
    },
  ]);
  expect(temporal.started[0]!.workflowId.startsWith(`${organizationId}/tell/${campaignId}/`)).toBe(true);
});

test('a resume names the policy, and nothing else', async () => {
  const { campaignId } = await mintCampaign(db.database, organizationId);
  const resume = (json: object) => post(`/v1/campaigns/${campaignId}/resume`, json);
  await post(`/v1/campaigns/${campaignId}/pause`);
  expect((await resume({ policy: 'later' })).body).toMatchObject({ status: 422, field: 'policy' });
  expect((await resume({ policy: 'expire' })).body.pausedAt).toBeNull();
  const pauses = await db.asOwner('select policy from sending_pauses where subject_id = $1', [campaignId]);
  expect(pauses).toEqual([{ policy: 'expire' }]);
});

test('an organisation’s sending is stopped and resumed by owners and admins', async () => {
  expect((await post('/v1/organization/stop')).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  me = await api.as(organizationId, 'admin');
  const stopped = await post('/v1/organization/stop');
  expect(stopped.body.stoppedAt).toMatch(/Z$/);
  expect((await post('/v1/organization/stop')).body).toEqual(stopped.body);
  expect((await me('/v1/organization')).body.sendingStoppedAt).toBe(stopped.body.stoppedAt);
  expect(temporal.started).toEqual([]);
  expect((await post('/v1/organization/resume', { policy: 'shift' })).body).toEqual({ stoppedAt: null });
  expect(temporal.started).toMatchObject([
    {
      type: 'tellJourneys',
      args: [{ organizationId, audience: { organizationWide: true }, heldOnly: true }],
    },
  ]);
});
