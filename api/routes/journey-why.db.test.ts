import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findRefusal } from '#domain/compliance/refusals.ts';
import type { TouchReasons } from '#domain/compliance/touch-reasons.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const definition: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hi {{first_name}}', next: 'listen' },
    { id: 'listen', kind: 'wait_for_reply', timeout: '1d', onReply: 'branch', onTimeout: 'stage' },
    { id: 'branch', kind: 'branch', cases: [], otherwise: 'end' },
    { id: 'stage', kind: 'set_stage', stage: 'Contacted', next: 'pause' },
    { id: 'pause', kind: 'wait', for: '2h', next: 'call' },
    { id: 'call', kind: 'call', say: 'Hello {{company}}', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

/** 02:30 in New York, 01:30 in Chicago. */
const now = new Date('2026-11-20T07:30:00Z');
let db: TestDatabase;
let api: TestApi;
let me: Caller;
let stranger: Caller;
let organizationId: string;
let campaign: { campaignId: string; versionId: string };

beforeAll(async () => {
  db = await createTestDatabase({ clock: { now: async () => now } });
  api = createTestApi({ database: db.database, temporal: createRecordingTemporal().client });
  ({ organizationId } = await mintOrganization(db.database));
  campaign = await mintCampaign(db.database, organizationId, { definition });
  me = await api.as(organizationId, 'viewer');
  const other = await mintOrganization(db.database);
  stranger = await api.as(other.organizationId, 'owner');
});
afterAll(async () => {
  await api.stop();
  await db.close();
});

async function journey(values: Record<string, unknown>, lead: Parameters<typeof mintLead>[2] = {}) {
  const timeZones = ['America/New_York', 'America/Chicago'];
  const { leadId, phone } = await mintLead(db.database, organizationId, { timeZones, ...lead });
  const { journeyId } = await mintJourney(db.database, organizationId, campaign, leadId);
  const names = Object.keys(values);
  await db.asOwner(
    `update journeys set ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} where id = $1`,
    [journeyId, ...Object.values(values)],
  );
  return { journeyId, leadId, phone };
}

const why = async (journeyId: string) => (await me(`/v1/journeys/${journeyId}/why`)).body;
const codes = (body: { blocks: { by: string; code: string }[] }) =>
  body.blocks.map(({ by, code }) => `${by} ${code}`);

test('a text that waits for morning: the rule, its source, and until when on every clock', async () => {
  const { journeyId } = await journey({
    step_id: 'text',
    waiting_for: 'defer',
    waiting_code: 'QUIET_HOURS',
    waiting_until: '2026-11-20T14:00:00Z',
  });
  const { label, message, action } = findRefusal('QUIET_HOURS')!;
  expect(await why(journeyId)).toEqual({
    at: now.toISOString(),
    status: 'active',
    version: { id: campaign.versionId, number: 1 },
    stepId: 'text',
    waitingFor: 'defer',
    waitingUntil: '2026-11-20T14:00:00.000Z',
    waitingUntilLocal: { 'America/New_York': '2026-11-20 09:00', 'America/Chicago': '2026-11-20 08:00' },
    nextTouch: { stepId: 'text', kind: 'sms', certain: true },
    blocks: [
      {
        by: 'gate',
        code: 'QUIET_HOURS',
        label,
        message,
        action,
        decision: 'wait',
        until: '2026-11-20T14:00:00.000Z',
        untilLocal: { 'America/New_York': '2026-11-20 09:00', 'America/Chicago': '2026-11-20 08:00' },
        rule: {
          code: 'QUIET_HOURS',
          ruleVersion: expect.stringMatching(/\d/),
          source: expect.stringContaining('64.1200'),
        },
      },
    ],
    notBefore: '2026-11-20T14:00:00.000Z',
  });
});

test('everything in its way at once: a person, its own wait, and the gate’s reasons in the gate’s order', async () => {
  const { journeyId, leadId, phone } = await journey({
    status: 'paused',
    step_id: 'listen',
    waiting_for: 'reply',
    waiting_until: '2026-11-21T07:00:00Z',
  });
  await db.asOwner(`insert into dnc_entries (organization_id, phone, list) values ($1, $2, 'own')`, [
    organizationId,
    phone,
  ]);
  await db.asOwner(`insert into lead_blocks (organization_id, lead_id, reason) values ($1, $2, 'x')`, [
    organizationId,
    leadId,
  ]);
  const body = await why(journeyId);
  expect(codes(body)).toEqual([
    'person paused',
    'journey reply',
    'gate LEAD_BLOCKED',
    'gate DNC_VIOLATION',
    'gate QUIET_HOURS',
    'gate MISSING_VARIABLE',
  ]);
  // A paused wait stands still; and nothing is known to be over at a time.
  expect(body.blocks[1].until).toBeNull();
  expect(body.notBefore).toBeNull();
  expect(body.nextTouch).toEqual({ stepId: 'call', kind: 'call', certain: false });
});

test('its own wait ends when it ends, and later than the gate’s is later', async () => {
  const { journeyId } = await journey(
    { step_id: 'pause', waiting_for: 'timer', waiting_until: '2026-11-20T16:30:00Z' },
    { company: 'Leadway' },
  );
  const body = await why(journeyId);
  expect(codes(body)).toEqual(['journey timer', 'gate QUIET_HOURS']);
  expect(body.blocks[0].untilLocal).toEqual({
    'America/New_York': '2026-11-20 11:30',
    'America/Chicago': '2026-11-20 10:30',
  });
  expect(body.notBefore).toBe('2026-11-20T16:30:00.000Z');
});

test('the text that it asks for again is not counted against itself', async () => {
  const { journeyId, leadId, phone } = await journey(
    {
      step_id: 'text',
      waiting_for: 'defer',
      waiting_code: 'RATE_LIMITED',
      waiting_until: '2026-11-20T07:31:00Z',
    },
    { timeZones: ['Asia/Tokyo'] },
  );
  await db.asOwner(
    `insert into journey_events (organization_id, journey_id, seq, kind, step_id, data, at)
     values ($1, $2, 1, 'text-deferred', 'text', '{"touchKey": "text:1", "code": "RATE_LIMITED"}', $3)`,
    [organizationId, journeyId, now],
  );
  await db.asOwner(
    `insert into sms_messages (organization_id, direction, kind, body, phone, lead_id, journey_id, touch_key, state, created_at)
     values ($1, 'outbound', 'automated', 'x', $2, $3, $4, 'text:1', 'reserved', $5)`,
    [organizationId, phone, leadId, journeyId, now],
  );
  expect(codes(await why(journeyId))).toEqual(['gate RATE_LIMITED']);
});

test.each([
  ['a journey that has ended', { status: 'completed', step_id: 'end' }, null],
  ['a branch that decides', { step_id: 'branch' }, null],
  ['a call that is going on', { step_id: 'call', waiting_for: 'call', waiting_until: now }, ['journey call']],
])('%s has no next touch to tell of', async (_what, values, blocks) => {
  const { journeyId } = await journey(values);
  const body = await why(journeyId);
  expect([body.nextTouch, codes(body)]).toEqual([null, blocks ?? []]);
});

async function touch(values: Record<string, unknown>, table = 'sms_messages'): Promise<string> {
  const { journeyId, leadId, phone } = await journey({ step_id: 'listen' });
  const id = randomUUID();
  const columns: Record<string, unknown> = {
    organization_id: organizationId,
    id,
    direction: 'outbound',
    lead_id: leadId,
    journey_id: journeyId,
    campaign_id: campaign.campaignId,
    phone,
    created_at: now,
    ...(table === 'sms_messages' ? { kind: 'automated', body: 'Hi Ada', touch_key: 'text:1' } : {}),
    ...values,
  };
  const names = Object.keys(columns);
  for (const [kind, at] of [
    ['opt_in', '2026-11-01T10:00:00Z'],
    ['opt_out', '2026-11-20T09:00:00Z'],
  ])
    await db.asOwner(
      `insert into consents (organization_id, phone, kind, source, text, created_at) values ($1, $2, $3, 'import', 'Yes please', $4)`,
      [organizationId, phone, kind, at],
    );
  const { consent } = (columns.reasons as TouchReasons | undefined) ?? {};
  if (consent) {
    const [row] = await db.asOwner<{ id: string }>('select id from consents where phone = $1 and kind = $2', [
      phone,
      consent.kind,
    ]);
    consent.id = row!.id;
  }
  await db.asOwner(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(columns),
  );
  return id;
}

test('why a text was sent: what the gate saw, what was said, and what became of it', async () => {
  const rule = { code: 'QUIET_HOURS', ruleVersion: '2021-01-01', source: '47 CFR 64.1200(c)(1)' };
  const reasons: TouchReasons = {
    at: '2026-11-20T07:29:59.000Z',
    localTimes: { 'America/Chicago': '2026-11-20 01:29' },
    states: ['IL'],
    rules: [rule],
    consent: { id: '', kind: 'opt_in', source: 'import', at: '2026-11-01T10:00:00Z' },
    dncLists: [{ list: 'national', scrubbedOn: '2026-11-10' }],
    versionId: campaign.versionId,
    stepId: 'text',
    number: { e164: '+13125550100', because: 'local_presence' },
  };
  const id = await touch({
    state: 'sent',
    reasons,
    requests: 1,
    sending_at: '2026-11-20T07:30:01Z',
    sent_at: '2026-11-20T07:30:02Z',
    status_history: JSON.stringify([{ status: 'delivered', at: '2026-11-20T07:30:05Z' }]),
  });
  const { body, status } = await me(`/v1/touches/${id}/why`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    channel: 'sms',
    state: 'sent',
    version: { id: campaign.versionId, number: 1 },
    stepId: 'text',
    template: 'Hi {{first_name}}',
    text: 'Hi Ada',
    refusal: null,
    decidedAt: reasons.at,
    // As it was then: the opt-out came later.
    consent: { kind: 'opt_in', source: 'import', text: 'Yes please', at: '2026-11-01T10:00:00.000Z' },
    dnc: { lists: reasons.dncLists, found: [] },
    hours: { localTimes: reasons.localTimes, states: ['IL'], rules: [rule] },
    number: reasons.number,
    requests: 1,
  });
  expect(body.history.map(({ by, status: what }: { by: string; status: string }) => `${by} ${what}`)).toEqual(
    ['ledger reserved', 'ledger sending', 'ledger sent', 'carrier delivered'],
  );
});

test('why a call was refused: the code, and the word of the ledger that ruled then', async () => {
  const reasons: TouchReasons = {
    at: '2026-11-20T10:00:00.000Z',
    localTimes: { 'America/Chicago': '2026-11-20 04:00' },
    states: ['IL'],
    rules: [],
    consent: { id: '', kind: 'opt_out', source: 'import', at: '2026-11-20T09:00:00Z' },
    dncLists: [],
    versionId: campaign.versionId,
    stepId: 'call',
    number: null,
  };
  const id = await touch(
    {
      reasons,
      state: 'refused',
      refusal_code: 'OPTED_OUT',
      touch_key: 'call:1:1',
      created_at: '2026-11-20T10:00:00Z',
    },
    'call_logs',
  );
  const { label, message, action } = findRefusal('OPTED_OUT')!;
  expect((await me(`/v1/touches/${id}/why`)).body).toMatchObject({
    channel: 'call',
    stepId: 'call',
    template: 'Hello {{company}}',
    text: null,
    refusal: { code: 'OPTED_OUT', label, message, action },
    consent: { kind: 'opt_out', at: '2026-11-20T09:00:00.000Z' },
    hours: { localTimes: reasons.localTimes, states: ['IL'], rules: [] },
    number: null,
    history: [{ status: 'refused' }],
  });
});

test('neither is found by others, nor is what somebody wrote to us a touch', async () => {
  const { journeyId } = await journey({ step_id: 'text' });
  const id = await touch({ state: 'sent' });
  expect((await stranger(`/v1/journeys/${journeyId}/why`)).body.code).toBe('JOURNEY_NOT_FOUND');
  expect((await stranger(`/v1/touches/${id}/why`)).body.code).toBe('TOUCH_NOT_FOUND');
  const reply = await touch({ state: 'received', direction: 'inbound', kind: 'inbound' });
  expect((await me(`/v1/touches/${reply}/why`)).status).toBe(404);
});
