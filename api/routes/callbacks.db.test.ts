import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callbackTouchKey } from '#domain/callback.ts';
import type { CallStep } from '#domain/journey/definition.ts';
import { applyDisposition } from '#db/queries/dispositions.ts';
import { settleCallback } from '#db/queries/callbacks.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
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
let leadId: string;
let phone: string;
let agent: Caller;

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
  temporal.signals.length = 0;
  temporal.state.down = false;
  ({ organizationId } = await mintOrganization(db.database));
  ({ leadId, phone } = await mintLead(db.database, organizationId, { timeZones: ['America/Chicago'] }));
  agent = await api.as(organizationId, 'agent');
});

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const hourMs = 3_600_000;
const promise = (json: object = {}, key?: string) =>
  agent('/v1/callbacks', {
    method: 'POST',
    json: { leadId, dueAt: inMs(hourMs), ...json },
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });
const act = (id: string, action: string, json: object = {}) =>
  agent(`/v1/callbacks/${id}/${action}`, { method: 'POST', json });
const eventsOf = async () =>
  (
    await db.asOwner<{ type: string }>('select type from events where lead_id = $1 order by id', [leadId])
  ).map(({ type }) => type);
const inTenant = <T>(work: Parameters<typeof withOrganization<T>>[2]) =>
  withOrganization(db.database, systemScope(organizationId), work);

describe('a promise', () => {
  test('is made once a key, by an agent, and its workflow begun', async () => {
    const dueAt = inMs(hourMs);
    const first = await promise({ dueAt, note: 'after work' }, 'once');
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      lead: { id: leadId, name: 'Ada Test', timeZones: ['America/Chicago'] },
      dueAt,
      status: 'scheduled',
      late: null,
      note: 'after work',
      attempts: 0,
    });
    const { id } = first.body;
    expect(temporal.started).toMatchObject([
      {
        type: 'callback',
        workflowId: `${organizationId}/callback/${id}`,
        args: [{ organizationId, callbackId: id }],
      },
    ]);
    const all = await Promise.all([promise({}, 'once'), promise({}, 'once'), promise({}, 'once')]);
    expect(all.map(({ status, body }) => [status, body.id])).toEqual(Array(3).fill([200, id]));
    expect(await db.asOwner('select id from callbacks where lead_id = $1', [leadId])).toHaveLength(1);
    expect(await eventsOf()).toEqual(['callback.scheduled']);
    const together = await Promise.all([1, 2, 3, 4].map(() => promise({}, 'together')));
    expect(new Set(together.map(({ body }) => body.id)).size).toBe(1);
    expect(together.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('is for a time on the lead’s own clock', async () => {
    const year = new Date().getUTCFullYear() + (new Date().getUTCMonth() >= 6 ? 1 : 0);
    const localTime = `${year}-06-15T15:00`;
    expect((await promise({ dueAt: undefined, localTime })).body.dueAt).toBe(`${year}-06-15T20:00:00.000Z`);
    const named = await promise({ dueAt: undefined, localTime, timeZone: 'America/New_York' });
    expect(named.body.dueAt).toBe(`${year}-06-15T19:00:00.000Z`);
  });

  test.each([
    [{ dueAt: '2020-01-01T00:00:00Z' }, 'dueAt', 'NOT_IN_THE_FUTURE'],
    [{ dueAt: '2099-01-01T00:00:00Z' }, 'dueAt', 'TOO_FAR_AWAY'],
    [{ dueAt: undefined }, 'dueAt', 'VALIDATION_FAILED'],
    [{ localTime: '2026-12-24T10:00' }, 'dueAt', 'VALIDATION_FAILED'],
    [{ dueAt: undefined, localTime: '2027-02-30T10:00' }, 'localTime', 'BAD_LOCAL_TIME'],
    [{ dueAt: undefined, localTime: '2027-02-03T10:00', timeZone: 'Mars' }, 'timeZone', 'UNKNOWN_TIME_ZONE'],
    [{ say: 'Hello {{nobody}}' }, 'say', 'UNKNOWN_VARIABLE'],
  ])('of %j is refused at %s: %s', async (json, field, code) => {
    const { status, body } = await promise(json);
    expect(status).toBe(422);
    expect([body.code, body.errors[0].field]).toEqual([code, field]);
    expect(temporal.started).toEqual([]);
  });

  test('outlives a Temporal that is away: the sweeper begins it, until a workflow has it in hand', async () => {
    temporal.state.down = true;
    const { status, body } = await promise();
    expect(status).toBe(201);
    temporal.state.down = false;
    await api.callbacks.sweep();
    expect(temporal.started).toEqual([]);
    await db.asOwner("update callbacks set created_at = now() - interval '1 minute' where id = $1", [
      body.id,
    ]);
    await api.callbacks.sweep();
    expect(temporal.started.map(({ workflowId }) => workflowId)).toEqual([
      `${organizationId}/callback/${body.id}`,
    ]);
    await db.asOwner('update callbacks set started_at = now() where id = $1', [body.id]);
    temporal.started.length = 0;
    await api.callbacks.sweep();
    expect(temporal.started).toEqual([]);
    // A workflow that was lost: nobody has settled it a day later.
    await db.asOwner("update callbacks set due_at = now() - interval '26 hours' where id = $1", [body.id]);
    await api.callbacks.sweep();
    expect(temporal.started).toHaveLength(1);
  });

  test('is cancelled once, and then stays so', async () => {
    const { id } = (await promise()).body;
    expect((await act(id, 'cancel', { reason: 'bought already' })).body).toMatchObject({
      status: 'cancelled',
      note: 'bought already',
    });
    expect(temporal.signals).toMatchObject([
      { workflowId: `${organizationId}/callback/${id}`, name: 'callback-changed' },
    ]);
    expect((await act(id, 'cancel')).status).toBe(200);
    const moved = await act(id, 'reschedule', { dueAt: inMs(hourMs) });
    expect([moved.status, moved.body.code]).toEqual([409, 'CALLBACK_SETTLED']);
    expect(await eventsOf()).toEqual(['callback.scheduled', 'callback.cancelled']);
    const viewer = await api.as(organizationId, 'viewer');
    expect((await viewer(`/v1/callbacks/${id}/cancel`, { method: 'POST', json: {} })).status).toBe(403);
  });

  test('is moved, and whoever could not be told hears that it may be asked again', async () => {
    const { id } = (await promise()).body;
    const dueAt = inMs(3 * hourMs);
    expect((await act(id, 'reschedule', { dueAt })).body).toMatchObject({ status: 'scheduled', dueAt });
    expect((await act(id, 'reschedule', { dueAt: '2020-01-01T00:00:00Z' })).body.code).toBe(
      'NOT_IN_THE_FUTURE',
    );
    temporal.state.down = true;
    expect((await act(id, 'reschedule', { dueAt })).status).toBe(503);
    expect((await act(id, 'cancel')).body.status).toBe('cancelled');
  });
});

describe('a disposition that promises a callback', () => {
  test('makes one promise, of the journey’s campaign, however often it is applied', async () => {
    const campaign = await mintCampaign(db.database, organizationId);
    const { journeyId } = await mintJourney(db.database, organizationId, campaign, leadId);
    const request = {
      leadId,
      journeyId,
      disposition: 'callback_requested',
      setBy: 'manual' as const,
      userId: null,
      confidence: null,
      applicationKey: 'call:1:1',
      metadata: {},
    };
    for (let times = 0; times < 2; times += 1) await inTenant((tx) => applyDisposition(tx, request));
    const { items } = (await agent(`/v1/callbacks?leadId=${leadId}&status=scheduled`)).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ journeyId, campaignId: campaign.campaignId, source: 'manual' });
    expect(Date.parse(items[0].dueAt) - Date.now()).toBeGreaterThan(23 * hourMs);
    expect(await eventsOf()).toContain('callback.scheduled');
  });
});

describe('what became of promises', () => {
  type Status = 'kept' | 'missed' | 'cancelled';
  async function settled(status: Status, dueInMs: number, campaignId: string) {
    const { id } = (await promise({ campaignId })).body;
    await db.asOwner('update callbacks set due_at = $2 where id = $1', [id, inMs(dueInMs)]);
    const [row] = await db.asOwner<{ due_at: Date }>('select due_at from callbacks where id = $1', [id]);
    const settlement = {
      callbackId: id as string,
      dueAtMs: row!.due_at.getTime(),
      touchKey: callbackTouchKey(id, 1),
      attempt: 1,
      status,
      reason: status === 'kept' ? null : 'busy',
    };
    const settle = (change = {}) => inTenant((tx) => settleCallback(tx, { ...settlement, ...change }));
    return { id: id as string, settle };
  }

  test('is counted, is settled once, and a missed one is one task, which can be done', async () => {
    const { campaignId } = await mintCampaign(db.database, organizationId);
    const onTime = await settled('kept', -60_000, campaignId);
    const late = await settled('kept', -20 * 60_000, campaignId);
    const missed = await settled('missed', -25 * hourMs, campaignId);
    const cancelled = await settled('cancelled', -60_000, campaignId);
    await promise({ campaignId });
    // Meant for another time than the one that stands: nothing but the try is written.
    expect(await onTime.settle({ dueAtMs: Date.now() + hourMs })).toEqual({
      status: 'scheduled',
      settled: null,
    });
    expect(await onTime.settle()).toEqual({ status: 'kept', settled: 'kept' });
    expect(await late.settle()).toEqual({ status: 'kept', settled: 'late' });
    expect(await cancelled.settle()).toEqual({ status: 'cancelled', settled: 'cancelled' });
    const both = await Promise.all([missed.settle(), missed.settle()]);
    expect(both.map((one) => one.settled).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      'missed',
      null,
    ]);

    const summary = async (query = '') => (await agent(`/v1/callbacks/summary?${query}`)).body;
    const counts = { scheduled: 1, keptOnTime: 1, keptLate: 1, missed: 1, cancelled: 1 };
    expect(await summary()).toEqual(counts);
    expect(await summary(`campaignId=${campaignId}&from=${inMs(-hourMs)}&to=${inMs(0)}`)).toEqual({
      ...counts,
      scheduled: 0,
      missed: 0,
    });
    const { items } = (await agent('/v1/tasks?status=open&kind=callback_missed')).body;
    expect(items).toMatchObject([{ kind: 'callback_missed', lead: { id: leadId, name: 'Ada Test' } }]);
    const done = () => agent(`/v1/tasks/${items[0].id}/done`, { method: 'POST' });
    expect((await done()).body).toMatchObject({ status: 'done' });
    expect((await done()).status).toBe(200);
    expect((await agent(`/v1/tasks?status=open&leadId=${leadId}`)).body.items).toEqual([]);
    expect((await eventsOf()).filter((type) => type === 'task.done')).toHaveLength(1);
  });

  test('is listed page by page, the latest time first', async () => {
    for (const hours of [1, 3, 2]) await promise({ dueAt: inMs(hours * hourMs) });
    const first = (await agent('/v1/callbacks?limit=2')).body;
    const second = (await agent(`/v1/callbacks?limit=2&cursor=${first.nextCursor}`)).body;
    const dueAts = [...first.items, ...second.items].map(({ dueAt }: { dueAt: string }) => dueAt);
    expect(dueAts).toHaveLength(3);
    expect(dueAts).toEqual([...dueAts].sort().reverse());
    expect(second.nextCursor).toBeNull();
  });
});

describe('a callback’s call', () => {
  const callStep: CallStep = { id: 'ring', kind: 'call', say: 'Hello {{first_name}}, it is us', next: 'end' };
  const definition = { start: 'ring', steps: [callStep, { id: 'end', kind: 'end' as const }] };

  async function underWay(json: object = {}) {
    const { id } = (await promise(json)).body;
    const [call] = await db.asOwner<{ id: string }>(
      `insert into call_logs (organization_id, direction, lead_id, touch_key, phone, state, provider_sid, carrier_status,
         attempt, callback_id) values ($1, 'outbound', $2, $3, $4, 'sent', $5, 'queued', 1, $6) returning id`,
      [organizationId, leadId, callbackTouchKey(id, 1), phone, `CA${id.replaceAll('-', '')}`, id],
    );
    const path = (kind: string) =>
      `/webhooks/twilio/${kind}?organizationId=${organizationId}&touchId=${call!.id}`;
    return { id: id as string, path, sid: `CA${id.replaceAll('-', '')}` };
  }

  test('tells the callback’s workflow how it ended, also when it is told twice', async () => {
    const { id, path, sid } = await underWay();
    const form = { CallSid: sid, CallStatus: 'completed', AnsweredBy: 'human' };
    for (let times = 0; times < 2; times += 1) await api.webhook(path('voice-status'), form);
    await expect.poll(() => temporal.signals.length).toBeGreaterThan(0);
    const told = {
      workflowId: `${organizationId}/callback/${id}`,
      name: 'call-status',
      args: [{ touchKey: callbackTouchKey(id, 1), outcome: 'answered' }],
    };
    for (const signal of temporal.signals) expect(signal).toEqual(told);
  });

  test('says what was promised, else what the campaign’s first call says, else who is calling', async () => {
    const { campaignId } = await mintCampaign(db.database, organizationId, { definition });
    const said = async (json: object, AnsweredBy = 'human') => {
      const { path, sid } = await underWay(json);
      return (await api.webhook(path('voice'), { CallSid: sid, CallStatus: 'in-progress', AnsweredBy })).text;
    };
    expect(await said({ campaignId, say: 'The {{organization}} offer' })).toContain(
      '<Say>The Test offer</Say>',
    );
    expect(await said({ campaignId })).toContain('<Say>Hello Ada, it is us</Say>');
    expect(await said({})).toContain('<Say>This is Test, calling you back as promised.</Say>');
    expect(await said({ campaignId }, 'machine_start')).not.toContain('<Say>');
  });
});
