import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordProjection } from '#db/queries/journey-projection.ts';
import { systemScope } from '#db/tenant.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
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
let campaign: { campaignId: string; versionId: string };

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  temporal.signals.length = 0;
  temporal.state.down = false;
  ({ organizationId } = await mintOrganization(db.database));
  campaign = await mintCampaign(db.database, organizationId);
  me = await api.as(organizationId, 'agent');
});

async function mint(names: { firstName?: string; lastName?: string } = {}) {
  const { leadId, phone } = await mintLead(db.database, organizationId, names);
  return { leadId, phone, ...(await mintJourney(db.database, organizationId, campaign, leadId)) };
}

async function rest(journeyId: string, waitingFor: string | null, more: Record<string, unknown> = {}) {
  await recordProjection(db.database, systemScope(organizationId), {
    journeyId,
    revision: 1,
    status: 'active',
    endReason: null,
    stepId: 'wait',
    waitingFor,
    waitingUntilMs: waitingFor === null ? null : Date.parse('2030-01-01T00:00:00Z'),
    waitingCode: null,
    wait: null,
    lastDisposition: null,
    firstSeq: 0,
    timeline: [],
    ...more,
  });
}

test('a journey is shown with its lead, its rest in words and the way into Temporal Web', async () => {
  const { journeyId, leadId, launchId, phone, workflowId } = await mint({
    firstName: 'Ada',
    lastName: 'Lovelace',
  });
  await rest(journeyId, 'hold', { waitingCode: 'CAMPAIGN_PAUSED', lastDisposition: 'voicemail' });
  const { body } = await me(`/v1/journeys/${journeyId}`);
  expect(body).toEqual({
    id: journeyId,
    lead: {
      id: leadId,
      name: 'Ada Lovelace',
      phone,
      phoneFormatted: expect.stringMatching(/^\(202\) /),
      timeZones: [expect.any(String)],
    },
    campaign: { id: campaign.campaignId, name: `Campaign ${campaign.campaignId}` },
    launchId,
    versionId: campaign.versionId,
    status: 'active',
    endReason: null,
    stepId: 'wait',
    stepKind: 'wait',
    waitingFor: 'hold',
    waitingUntil: '2030-01-01T00:00:00.000Z',
    waitingCode: 'CAMPAIGN_PAUSED',
    waitingMessage: 'The campaign is paused.',
    lastDisposition: 'voicemail',
    workflowId,
    temporalUrl: `http://temporal.example.com:8233/namespaces/leadway/workflows/${encodeURIComponent(workflowId)}`,
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/),
    updatedAt: expect.any(String),
    endedAt: null,
  });
});

test('the list is filtered and paged', async () => {
  const ada = await mint({ firstName: 'Ada', lastName: 'Lovelace' });
  const alan = await mint({ firstName: 'Alan', lastName: 'Turing' });
  await rest(ada.journeyId, 'reply');
  await rest(alan.journeyId, null, { status: 'completed', endReason: 'done' });
  const ids = async (query: string) => {
    const { status, body } = await me(`/v1/journeys?${query}`);
    expect(status).toBe(200);
    return body.items.map(({ id }: any) => id);
  };
  expect(await ids('')).toEqual([alan.journeyId, ada.journeyId]);
  expect(await ids('status=completed')).toEqual([alan.journeyId]);
  expect(await ids('waitingFor=reply&status=')).toEqual([ada.journeyId]);
  expect(await ids(`launchId=${ada.launchId}`)).toEqual([ada.journeyId]);
  expect(await ids(`leadId=${alan.leadId}&campaignId=${campaign.campaignId}`)).toEqual([alan.journeyId]);
  expect(await ids('search=love')).toEqual([ada.journeyId]);
  expect(await ids(`search=${encodeURIComponent(alan.phone.slice(-7))}`)).toEqual([alan.journeyId]);
  expect(await ids('search=100%25')).toEqual([]);
  const { body } = await me('/v1/journeys?limit=1');
  expect(await ids(`limit=1&cursor=${body.nextCursor}`)).toEqual([ada.journeyId]);
});

describe('what a person does reaches the workflow, and the log says who', () => {
  test.each([
    ['pause', undefined, 'pause', []],
    ['resume', undefined, 'resume', []],
    ['remove', undefined, 'remove', [{ reason: 'manual' }]],
    ['remove', { reason: 'duplicate' }, 'remove', [{ reason: 'manual' }]],
    [
      'reschedule',
      { until: '2030-02-01T09:00:00+01:00' },
      'reschedule',
      [{ untilMs: Date.parse('2030-02-01T08:00:00Z') }],
    ],
  ])('%s %j', async (action, json, name, args) => {
    const { journeyId, workflowId } = await mint();
    await rest(journeyId, 'timer');
    const answer = await me(`/v1/journeys/${journeyId}/${action}`, {
      method: 'POST',
      ...(json ? { json } : {}),
    });
    expect([answer.status, answer.body.id]).toEqual([202, journeyId]);
    expect(temporal.signals).toEqual([{ workflowId, name, args }]);
    const log = await db.asOwner('select action, subject_id from audit_log where organization_id = $1', [
      organizationId,
    ]);
    expect(log).toEqual([{ action: `journey.${action}`, subject_id: journeyId }]);
  });

  test.each([null, 'call', 'hold'])(
    'a journey that waits for %s cannot be rescheduled',
    async (waitingFor) => {
      const { journeyId } = await mint();
      await rest(journeyId, waitingFor);
      const json = { until: '2030-02-01T09:00:00Z' };
      const { body } = await me(`/v1/journeys/${journeyId}/reschedule`, { method: 'POST', json });
      expect(body).toMatchObject({ status: 409, code: 'NOT_WAITING' });
      expect(temporal.signals).toEqual([]);
    },
  );

  test('an instant that is none is refused', async () => {
    const { journeyId } = await mint();
    const { body } = await me(`/v1/journeys/${journeyId}/reschedule`, {
      method: 'POST',
      json: { until: 'tomorrow' },
    });
    expect(body).toMatchObject({ status: 422, code: 'VALIDATION_FAILED', field: 'until' });
  });
});

describe('a finished journey answers with a clear value, and nothing breaks', () => {
  const actions: [string, object | undefined][] = [
    ['pause', undefined],
    ['resume', undefined],
    ['remove', {}],
    ['reschedule', { until: '2030-02-01T09:00:00Z' }],
    ['skip-step', undefined],
    ['dispositions', { disposition: 'interested' }],
  ];

  test.each(actions)('%s, when the row says that it has ended', async (action, json) => {
    const { journeyId } = await mint();
    await rest(journeyId, null, { status: 'removed', endReason: 'OPTED_OUT' });
    const { body } = await me(`/v1/journeys/${journeyId}/${action}`, {
      method: 'POST',
      ...(json ? { json } : {}),
    });
    expect(body).toMatchObject({ status: 409, code: 'JOURNEY_ENDED' });
    expect(temporal.signals).toEqual([]);
  });

  test.each(actions)('%s, when only its workflow has ended', async (action, json) => {
    const { journeyId, workflowId } = await mint();
    await rest(journeyId, 'timer');
    temporal.ended.add(workflowId);
    const { body } = await me(`/v1/journeys/${journeyId}/${action}`, {
      method: 'POST',
      ...(json ? { json } : {}),
    });
    expect(body).toMatchObject({ status: 409, code: 'JOURNEY_ENDED' });
  });
});

test('without Temporal the answer is to come back', async () => {
  const { journeyId } = await mint();
  temporal.state.down = true;
  const { body } = await me(`/v1/journeys/${journeyId}/pause`, { method: 'POST' });
  expect(body).toMatchObject({ status: 503, code: 'TEMPORAL_UNAVAILABLE' });
});

test('the timeline holds what the journey told, its touches with their words, and the replies', async () => {
  const { journeyId, leadId, phone } = await mint();
  const at = (second: number) => Date.parse('2030-01-01T10:00:00Z') + second * 1000;
  await db.asOwner("update journeys set created_at = '2030-01-01T09:59:00Z' where id = $1", [journeyId]);
  await rest(journeyId, 'reply', {
    timeline: [
      { atMs: at(0), kind: 'journey-started', stepId: null, data: {} },
      { atMs: at(1), kind: 'text-sent', stepId: 'text', data: { touchKey: 'text:1' } },
      { atMs: at(60), kind: 'reply-received', stepId: 'wait', data: { intent: 'yes' } },
    ],
  });
  const touch = (columns: Record<string, unknown>) => {
    const row = { organization_id: organizationId, lead_id: leadId, phone, kind: 'automated', ...columns };
    const names = Object.keys(row);
    return db.asOwner(
      `insert into sms_messages (${names.join()}) values (${names.map((_, index) => `$${index + 1}`).join()})`,
      Object.values(row),
    );
  };
  await touch({
    direction: 'outbound',
    journey_id: journeyId,
    touch_key: 'text:1',
    state: 'sent',
    body: 'Hello Ada',
    sent_at: new Date(at(1)),
    carrier_status: 'delivered',
  });
  await touch({
    direction: 'inbound',
    kind: 'inbound',
    state: 'received',
    body: 'Yes please',
    created_at: new Date(at(59)),
  });
  await touch({
    direction: 'inbound',
    kind: 'inbound',
    state: 'received',
    body: 'Before it began',
    created_at: new Date(at(-300)),
  });
  await touch({
    direction: 'outbound',
    journey_id: journeyId,
    touch_key: 'more:2',
    state: 'sending',
    body: 'More',
    created_at: new Date(at(90)),
  });
  const { body } = await me(`/v1/journeys/${journeyId}/timeline`);
  expect(
    body.items.map(({ title, stepId, detail, message }: any) => [title, stepId, detail, message?.body]),
  ).toEqual([
    ['Journey started', null, null, undefined],
    ['Text sent', 'text', null, 'Hello Ada'],
    ['Reply received', 'wait', 'Understood as: yes', 'Yes please'],
    ['Text is being sent', 'more', null, 'More'],
  ]);
  expect(body.items[1].message).toMatchObject({
    direction: 'outbound',
    state: 'sent',
    carrierStatus: 'delivered',
  });
});

test('dispositions and counts', async () => {
  const { body } = await me('/v1/dispositions');
  expect(body.items.map(({ code }: any) => code)).toContain('appointment_set');
  expect(body.nextCursor).toBeNull();
  await mint();
  expect((await me('/v1/stats')).body).toEqual({
    leads: 1,
    journeys: { active: 1, paused: 0, completed: 0, removed: 0, failed: 0 },
    texts: { sent: 0, received: 0 },
    calls: { answered: 0, voicemail: 0, busy: 0, no_answer: 0, failed: 0 },
  });
});

test('a journey that nobody has is not found', async () => {
  for (const path of ['', '/timeline']) {
    expect((await me(`/v1/journeys/${randomUUID()}${path}`)).body).toMatchObject({
      status: 404,
      code: 'JOURNEY_NOT_FOUND',
    });
  }
});
