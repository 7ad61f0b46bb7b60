import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  mintCampaign,
  mintJourney,
  mintLaunch,
  mintLead,
  mintOrganization,
  mintPhone,
} from '#db/testing/factories.ts';
import { nextPendingMembers } from '#db/queries/launch-members.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let number: string;
let admin: Caller;

beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 10 });
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  // Whatever was asked, answered and went wrong above: nobody's number or words are in the log.
  expect(api.logs.join('')).not.toMatch(/\+1\d{10}|take me off|Secret words/i);
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  temporal.signals.length = 0;
  temporal.started.length = 0;
  temporal.state.down = false;
  ({ organizationId, number } = await mintOrganization(db.database));
  admin = await api.as(organizationId);
});

const inbound = async (from: string, body: string, more: Record<string, string> = {}) => {
  const MessageSid = `SM${randomUUID().replaceAll('-', '')}`;
  const form = { MessageSid, From: from, To: number, Body: body, ...more };
  expect((await api.webhook('/webhooks/twilio/sms', form)).status).toBe(200);
  await api.inbox.drain();
};
const settings = (given: object) => admin('/v1/organization', { method: 'PATCH', json: { settings: given } });
const post = (path: string, json: object, as = admin) => as(path, { method: 'POST', json });

async function enrolled(phone?: string, campaign?: { campaignId: string; versionId: string }) {
  const lead = await mintLead(db.database, organizationId, phone ? { phone } : {});
  const into = campaign ?? (await mintCampaign(db.database, organizationId));
  return { ...lead, ...into, ...(await mintJourney(db.database, organizationId, into, lead.leadId)) };
}

/** A text that a campaign has sent. */
const texted = (journey: Awaited<ReturnType<typeof enrolled>>, ago = '1 minute') =>
  db.asOwner<{ id: string }>(
    `insert into sms_messages (organization_id, direction, kind, lead_id, journey_id, campaign_id, touch_key, phone,
       our_number, body, state, created_at)
     values ($1, 'outbound', 'automated', $2, $3, $4, $8, $5, $6, 'Hello', 'sent', now() - $7::interval) returning id`,
    [
      organizationId,
      journey.leadId,
      journey.journeyId,
      journey.campaignId,
      journey.phone,
      number,
      ago,
      randomUUID(),
    ],
  );
/** What preflight and gate know of the consent of leads in a campaign. */
async function looksOf(campaign: { campaignId: string; versionId: string }, leadIds: string[]) {
  const { campaignId, versionId } = campaign;
  const launchId = await mintLaunch(db.database, organizationId, { campaignId, versionId }, leadIds);
  return withOrganization(db.database, systemScope(organizationId), (tx) =>
    nextPendingMembers(tx, launchId, 10),
  );
}
const signalled = () => temporal.signals.map(({ name, workflowId }) => `${name} ${workflowId}`).toSorted();
const notices = () => temporal.started.filter(({ type }) => type === 'notice');
const consentsOf = async (phone: string) =>
  (await admin(`/v1/consents?phone=${encodeURIComponent(phone)}`)).body.items;

describe('an opt-out', () => {
  test('follows the number, not the lead record: every lead that has it, and whoever is imported with it', async () => {
    const one = await enrolled();
    const other = await enrolled(one.phone);
    const moved = await enrolled();
    // The number that says STOP was this lead's until a moment ago.
    const newNumber = mintPhone();
    await db.asOwner('update leads set phone = $2 where id = $1', [moved.leadId, newNumber]);
    await inbound(one.phone, 'STOP');
    await inbound(moved.phone, 'STOP');
    expect(signalled()).toEqual([one, other].map(({ workflowId }) => `opt-out ${workflowId}`).toSorted());
    expect(await consentsOf(one.phone)).toMatchObject([
      { kind: 'opt_out', source: 'keyword', campaignId: null },
    ]);
    expect(await consentsOf(newNumber)).toEqual([]);
    // Imported anew, and launched: the ledger has the number, whatever the new record says.
    const file = { method: 'POST', headers: { 'content-type': 'text/csv' } };
    const { body } = await admin('/v1/imports', { ...file, body: `name,phone\nAnew,${one.phone}\n` });
    expect(body).toMatchObject({ created: 1, rejected: [] });
    const leads = await db.asOwner<{ id: string }>('select id from leads where phone = $1', [one.phone]);
    const campaign = await mintCampaign(db.database, organizationId);
    const members = await looksOf(
      campaign,
      leads.map(({ id }) => id),
    );
    expect(members.map(({ consent }) => consent)).toEqual(
      Array.from({ length: 3 }, () => ({ sms: 'opt_out', call: 'opt_out' })),
    );
  });

  test('of one campaign, where the organisation keeps consent so, ends that campaign’s journeys only', async () => {
    await settings({ optOutScope: 'campaign' });
    const first = await enrolled();
    const second = await enrolled(first.phone);
    await texted(first, '2 days');
    await texted(second, '1 hour');
    await inbound(first.phone, 'Stop texting me');
    expect(signalled()).toEqual([`opt-out ${second.workflowId}`]);
    expect(await consentsOf(first.phone)).toMatchObject([
      { kind: 'opt_out', source: 'reply', campaignId: second.campaignId },
    ]);
    const consentIn = async (journey: typeof first) =>
      (await looksOf(journey, [journey.leadId])).map(({ consent }) => consent.sms);
    expect([await consentIn(first), await consentIn(second)]).toEqual([[null], ['opt_out']]);
    // YES to a campaign that they have not left is an answer; it is no opt-in.
    await texted(first, '0 seconds');
    temporal.signals.length = 0;
    await inbound(first.phone, 'YES');
    expect(await consentsOf(first.phone)).toHaveLength(1);
    expect(temporal.signals.map(({ name }) => name)).toEqual(['inbound-sms', 'inbound-sms']);
  });

  test('that the carrier reports is on record once, whichever text of the number it refuses', async () => {
    const journey = await enrolled();
    const other = await enrolled(journey.phone);
    const report = async (text: { id: string }, status = 'failed') => {
      const MessageSid = `SM${text.id.replaceAll('-', '')}`;
      await db.asOwner('update sms_messages set provider_sid = $2 where id = $1', [text.id, MessageSid]);
      const path = `/webhooks/twilio/sms-status?organizationId=${organizationId}&touchId=${text.id}`;
      return (await api.webhook(path, { MessageSid, MessageStatus: status, ErrorCode: '21610' })).status;
    };
    await settings({ optOutConfirmation: 'You are out.' });
    const [[first], [second]] = [await texted(journey), await texted(other)];
    expect(await Promise.all([report(first!), report(second!)])).toEqual([204, 204]);
    await api.inbox.drain();
    await report(first!, 'undelivered');
    await api.inbox.drain();
    expect(await consentsOf(journey.phone)).toMatchObject([{ kind: 'opt_out', source: 'carrier' }]);
    expect(new Set(signalled())).toEqual(
      new Set([journey, other].map(({ workflowId }) => `opt-out ${workflowId}`)),
    );
    // Back in, and refused anew: a new opt-out. And nothing of it is ever confirmed to the person.
    await inbound(journey.phone, 'START');
    const [third] = await texted(journey);
    await report(third!);
    await api.inbox.drain();
    expect((await consentsOf(journey.phone)).map(({ kind }: { kind: string }) => kind)).toEqual([
      'opt_out',
      'opt_in',
      'opt_out',
    ]);
    expect(notices()).toEqual([]);
  });

  test('that a refused request has put on record reaches every journey of the number, whoever died meanwhile', async () => {
    const one = await enrolled();
    const other = await enrolled(one.phone);
    // What `markFailed` writes, in the worker's transaction.
    await db.asOwner(
      `insert into consents (organization_id, phone, kind, source, text) values ($1, $2, 'opt_out', 'carrier', '21610')`,
      [organizationId, one.phone],
    );
    temporal.state.down = true;
    api.inbox.hurry(organizationId);
    const attempts = () =>
      db.asOwner('select attempts from webhook_inbox where organization_id = $1', [organizationId]);
    await expect.poll(attempts).toEqual([{ attempts: 1 }]);
    temporal.state.down = false;
    await api.inbox.drain();
    expect(signalled()).toEqual([one, other].map(({ workflowId }) => `opt-out ${workflowId}`).toSorted());
  });
});

describe('the answer to a STOP', () => {
  test('is asked for once an opt-out, and never for one that changed nothing', async () => {
    await settings({ optOutConfirmation: 'You are out.', helpReply: 'Call us.' });
    const { phone } = await mintLead(db.database, organizationId);
    await inbound(phone, 'STOP');
    expect(notices()).toHaveLength(1);
    await inbound(phone, 'STOP');
    await inbound(phone, 'Take me off your list');
    expect(notices()).toHaveLength(1);
    await inbound(phone, 'HELP');
    expect(notices()).toHaveLength(2);
    await inbound(phone, 'START');
    await inbound(phone, 'stop');
    expect(notices()).toHaveLength(3);
    const ids = notices().map(({ workflowId }) => workflowId);
    expect(new Set(ids).size).toBe(3);
    for (const { workflowId, args } of notices()) {
      expect(workflowId).toBe(`${organizationId}/notice/${(args[0] as { messageId: string }).messageId}`);
    }
    // Ledger: who says STOP twice has said it twice.
    expect((await consentsOf(phone)).map(({ kind }: { kind: string }) => kind)).toEqual([
      'opt_out',
      'opt_in',
      'opt_out',
      'opt_out',
      'opt_out',
    ]);
  });

  test('is asked for again by whoever takes up what a killed process left, under the same id', async () => {
    await settings({ optOutConfirmation: 'You are out.' });
    const { phone } = await mintLead(db.database, organizationId);
    await inbound(phone, 'STOP');
    await db.asOwner('update webhook_inbox set processed_at = null where organization_id = $1', [
      organizationId,
    ]);
    await api.inbox.drain();
    const [first, second] = notices();
    expect(second).toEqual(first);
  });

  test('is not asked for where nothing is set, where the carrier answers itself, or by a short code', async () => {
    const { phone } = await mintLead(db.database, organizationId);
    await inbound(phone, 'STOP');
    await settings({ optOutConfirmation: 'You are out.', helpReply: 'Call us.' });
    await inbound(mintPhone(), 'STOP', { OptOutType: 'STOP' });
    await inbound(mintPhone(), 'HELP', { OptOutType: 'HELP' });
    await inbound('72345', 'STOP');
    expect(notices()).toEqual([]);
  });
});

describe('a reply that may be a refusal', () => {
  const doubt = "Please don't text me at work. Secret words";
  const open = async () => (await admin('/v1/consent-reviews?status=open')).body.items;
  const tasks = () =>
    db.asOwner('select status from tasks where organization_id = $1 and kind = $2', [
      organizationId,
      'consent_review',
    ]);

  test('asks a person once, and "continue" wakes what it held', async () => {
    const held = await enrolled();
    const resting = await enrolled(held.phone);
    await db.asOwner(
      `update journeys set waiting_for = 'hold', waiting_code = 'CONSENT_UNCLEAR' where id = $1`,
      [held.journeyId],
    );
    await inbound(held.phone, doubt);
    await db.asOwner('update webhook_inbox set processed_at = null where organization_id = $1', [
      organizationId,
    ]);
    await api.inbox.drain();
    await inbound(held.phone, "don't call me before 5");
    const reviews = await open();
    expect(reviews).toHaveLength(2);
    expect(reviews[1]).toMatchObject({ phone: held.phone, message: { body: doubt }, resolution: null });
    expect(await tasks()).toEqual([{ status: 'open' }]);
    expect(await consentsOf(held.phone)).toEqual([]);

    temporal.signals.length = 0;
    const agent = await api.as(organizationId, 'agent');
    const resolve = (id: string, resolution: string, as = agent) =>
      post(`/v1/consent-reviews/${id}/resolve`, { resolution }, as);
    expect((await resolve(reviews[0].id, 'continue', await api.as(organizationId, 'viewer'))).status).toBe(
      403,
    );
    for (const { id } of reviews) expect((await resolve(id, 'continue')).status).toBe(200);
    // Said again, and contradicted.
    expect((await resolve(reviews[0].id, 'continue')).status).toBe(200);
    expect((await resolve(reviews[0].id, 'opt_out')).body.code).toBe('RESOLVED_OTHERWISE');
    await api.inbox.drain();
    expect(new Set(signalled())).toEqual(new Set([`wake ${held.workflowId}`]));
    expect(signalled().join()).not.toContain(resting.workflowId);
    expect(await open()).toEqual([]);
    expect(await tasks()).toEqual([{ status: 'done' }]);
  });

  test('"opt_out" goes into the ledger with the words, answers the others, and ends the journeys', async () => {
    await settings({ optOutConfirmation: 'You are out.' });
    const journey = await enrolled();
    await inbound(journey.phone, doubt);
    await inbound(journey.phone, 'don’t call me before 5');
    temporal.signals.length = 0;
    const [{ id }] = await open();
    temporal.state.down = true;
    // Temporal is away: the word counts all the same, and the journeys hear of it when it is back.
    expect((await post(`/v1/consent-reviews/${id}/resolve`, { resolution: 'opt_out' })).status).toBe(200);
    temporal.state.down = false;
    await api.inbox.drain();
    expect(new Set(signalled())).toEqual(new Set([`opt-out ${journey.workflowId}`]));
    expect(await consentsOf(journey.phone)).toMatchObject([
      {
        kind: 'opt_out',
        source: 'review',
        messageId: expect.any(String),
        text: expect.stringContaining('call me'),
      },
    ]);
    expect(await open()).toEqual([]);
    expect(notices()).toEqual([]);
  });

  test('is answered by the person’s own STOP; and nobody is asked about somebody who is out', async () => {
    const { phone } = await enrolled();
    await inbound(phone, doubt);
    await inbound(phone, 'STOP');
    expect(await open()).toEqual([]);
    expect(await tasks()).toEqual([{ status: 'done' }]);
    await inbound(phone, doubt);
    expect(await open()).toEqual([]);
  });
});

describe('POST /v1/consents', () => {
  test('an opt-out by hand ends the journeys of the number; an opt-in after the person’s own STOP needs their words', async () => {
    const journey = await enrolled();
    const entry = { phone: journey.phone, source: 'phone_call' };
    expect((await post('/v1/consents', { ...entry, kind: 'opt_out' })).status).toBe(201);
    await api.inbox.drain();
    expect(signalled()).toEqual([`opt-out ${journey.workflowId}`]);
    // That was somebody's entry, and may be corrected.
    expect((await post('/v1/consents', { ...entry, kind: 'opt_in' })).status).toBe(201);
    await inbound(journey.phone, 'STOP');
    const refused = await post('/v1/consents', { ...entry, kind: 'opt_in', text: '  ' });
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([
      422,
      'WRITTEN_WORDS_REQUIRED',
      'text',
    ]);
    // An opt-in for calls does not open texts.
    const voice = { ...entry, kind: 'opt_in', channel: 'voice', text: 'You may ring me.' };
    expect((await post('/v1/consents', voice)).status).toBe(201);
    expect((await post('/v1/consents', { ...entry, kind: 'opt_in', channel: 'sms' })).status).toBe(422);
    const words = { ...entry, kind: 'opt_in', text: 'Please write again.' };
    expect((await post('/v1/consents', words)).body).toMatchObject({ kind: 'opt_in', channel: 'all' });
  });

  test.each([
    [{ kind: 'opt_in', source: 'keyword' }, 'source'],
    [{ kind: 'opt_in', source: 'web_form', phone: '123' }, 'phone'],
    [{ kind: 'maybe', source: 'web_form' }, 'kind'],
    [{ kind: 'opt_in', source: 'web_form', campaignId: randomUUID() }, 'campaignId'],
  ])('%j is refused', async (given, field) => {
    const { status, body } = await post('/v1/consents', { phone: mintPhone(), ...given });
    expect([status, body.field]).toEqual([422, field]);
  });

  test('is for managers, and only the own organisation’s ledger is seen', async () => {
    const phone = mintPhone();
    const given = { phone, kind: 'opt_in', source: 'web_form' };
    expect((await post('/v1/consents', given, await api.as(organizationId, 'agent'))).status).toBe(403);
    expect((await post('/v1/consents', given)).status).toBe(201);
    const stranger = await api.as((await mintOrganization(db.database)).organizationId);
    expect((await stranger(`/v1/consents?phone=${encodeURIComponent(phone)}`)).body.items).toEqual([]);
  });

  test('the ledger comes newest first, page by page', async () => {
    const phone = mintPhone();
    for (const kind of ['opt_in', 'opt_out', 'opt_in'])
      await post('/v1/consents', { phone, kind, source: 'web_form', text: 'words' });
    const path = `/v1/consents?phone=${encodeURIComponent(phone)}&limit=2`;
    const first = (await admin(path)).body;
    const second = (await admin(`${path}&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ kind }: { kind: string }) => kind)).toEqual([
      'opt_in',
      'opt_out',
      'opt_in',
    ]);
    expect(second.nextCursor).toBeNull();
  });
});

describe('the organisation’s settings', () => {
  test('have defaults, change field by field, and refuse what they do not know', async () => {
    const before = (await admin('/v1/organization')).body;
    expect(before.settings).toMatchObject({ optOutScope: 'organization', lane: { textsPerDay: 3 } });
    const after = await settings({ helpReply: 'Call us.', lane: { textsPerDay: 1 } });
    expect(after.body.settings).toEqual({
      ...before.settings,
      helpReply: 'Call us.',
      lane: { ...before.settings.lane, textsPerDay: 1 },
    });
    expect((await settings({ helpReply: null })).body.settings.lane.textsPerDay).toBe(1);
    for (const wrong of [
      { optOutScope: 'nobody' },
      { touchesPerSecond: 0 },
      { unknown: 1 },
      { lane: { x: 1 } },
    ]) {
      expect((await settings(wrong)).status).toBe(422);
    }
    const manager = await api.as(organizationId, 'manager');
    expect((await manager('/v1/organization', { method: 'PATCH', json: { settings: {} } })).status).toBe(403);
    expect(
      (await admin('/v1/organization', { method: 'PATCH', json: { name: 'X', settings: {} } })).status,
    ).toBe(422);
  });
});
