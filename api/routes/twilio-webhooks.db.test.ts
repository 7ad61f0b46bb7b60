import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storeInboundDelivery } from '#db/queries/webhook-inbox.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization, mintPhone } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { TestApi } from '../testing/test-api.ts';

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let number: string;

beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 10 });
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  temporal.signals.length = 0;
  temporal.state.down = false;
  ({ organizationId, number } = await mintOrganization(db.database));
});

const sid = (prefix: 'SM' | 'CA') => prefix + randomUUID().replaceAll('-', '');
const callback = (kind: string, touchId: string, organization = organizationId) =>
  `/webhooks/twilio/${kind}?organizationId=${organization}&touchId=${touchId}`;

async function journeyOf(leadId: string, definition?: Parameters<typeof mintCampaign>[2]) {
  const campaign = await mintCampaign(db.database, organizationId, definition);
  return { ...campaign, ...(await mintJourney(db.database, organizationId, campaign, leadId)) };
}

type Touch = { id: string; sid: string };
async function mintText(
  values: Record<string, unknown> = {},
): Promise<Touch & { phone: string; leadId: string; workflowId: string }> {
  const { leadId, phone } = await mintLead(db.database, organizationId);
  const { journeyId, workflowId } = await journeyOf(leadId);
  const row = { provider_sid: sid('SM'), state: 'sent', carrier_status: 'queued', requests: 1, ...values };
  const [made] = await db.asOwner<{ id: string }>(
    `insert into sms_messages (organization_id, direction, kind, lead_id, journey_id, touch_key, phone, our_number, body,
       state, provider_sid, carrier_status, requests)
     values ($1, 'outbound', 'automated', $2, $3, 'text:1', $4, $5, 'Hello', $6, $7, $8, $9) returning id`,
    [
      organizationId,
      leadId,
      journeyId,
      phone,
      number,
      row.state,
      row.provider_sid,
      row.carrier_status,
      row.requests,
    ],
  );
  return { id: made!.id, sid: row.provider_sid as string, phone, leadId, workflowId };
}

async function mintCall(
  values: Record<string, unknown> = {},
  definition?: Parameters<typeof mintCampaign>[2],
) {
  const { leadId, phone } = await mintLead(db.database, organizationId, { firstName: 'Ada', company: null });
  const { journeyId, workflowId } = await journeyOf(leadId, definition);
  const row = { provider_sid: sid('CA'), state: 'sent', carrier_status: 'queued', ...values };
  const [made] = await db.asOwner<{ id: string }>(
    `insert into call_logs (organization_id, direction, lead_id, journey_id, touch_key, phone, our_number, state,
       provider_sid, carrier_status, attempt, requests)
     values ($1, 'outbound', $2, $3, 'ring:1:1', $4, $5, $6, $7, $8, 1, 1) returning id`,
    [organizationId, leadId, journeyId, phone, number, row.state, row.provider_sid, row.carrier_status],
  );
  return { id: made!.id, sid: row.provider_sid as string, phone, workflowId };
}

const textStatus = (touch: Touch, status: string, more: Record<string, string> = {}) =>
  api.webhook(callback('sms-status', touch.id), { MessageSid: touch.sid, MessageStatus: status, ...more });
const callStatus = (touch: Touch, status: string, more: Record<string, string> = {}) =>
  api.webhook(callback('voice-status', touch.id), { CallSid: touch.sid, CallStatus: status, ...more });
const inbound = (from: string, body: string, messageSid = sid('SM'), to = number) =>
  api.webhook('/webhooks/twilio/sms', {
    MessageSid: messageSid,
    From: from,
    To: to,
    Body: body,
    NumSegments: '1',
  });

const rowOf = async (table: string, id: string) =>
  (await db.asOwner<any>(`select * from ${table} where id = $1`, [id]))[0];
const count = async (table: string, where = 'true') =>
  (
    await db.asOwner<{ n: number }>(
      `select count(*)::int as n from ${table} where organization_id = $1 and ${where}`,
      [organizationId],
    )
  )[0]!.n;

describe('only what the carrier has signed is taken', () => {
  test('a forged, an unsigned and a tampered request are refused, and nothing is stored', async () => {
    const touch = await mintText();
    const path = callback('sms-status', touch.id);
    const form = { MessageSid: touch.sid, MessageStatus: 'delivered' };
    const send = (headers: Record<string, string>) =>
      api.call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      });
    const answers = [
      await send({}),
      await send({ 'x-twilio-signature': 'forged' }),
      await api.webhook(path, form, { MessageStatus: 'failed' }),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, body.code]).toEqual([403, 'BAD_SIGNATURE']);
      expect(headers.get('content-type')).toBe('application/problem+json');
    }
    await api.inbox.drain();
    expect(await count('webhook_inbox')).toBe(0);
    expect((await rowOf('sms_messages', touch.id)).carrier_status).toBe('queued');
    expect((await api.call('/metrics')).text).toMatch(
      /leadway_webhooks_total\{kind="sms-status",result="forged"\} [3-9]/,
    );
  });

  test('a signature over another touch’s URL does not fit', async () => {
    const [mine, other] = [await mintText(), await mintText()];
    const signed = await textStatus(mine, 'delivered');
    expect(signed.status).toBe(204);
    const stolen = await api.call(callback('sms-status', other.id), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'x' },
      body: 'MessageSid=a',
    });
    expect(stolen.status).toBe(403);
  });
});

describe('authentic, but about nothing that is known: 404, and nothing changes', () => {
  test.each([
    [
      'a touch that does not exist',
      async () => textStatus({ id: randomUUID(), sid: sid('SM') }, 'delivered'),
    ],
    [
      'a sid that is another touch’s',
      async () => textStatus({ ...(await mintText()), sid: (await mintText()).sid }, 'delivered'),
    ],
    [
      'a sid that the touch does not have',
      async () => textStatus({ ...(await mintText()), sid: sid('SM') }, 'delivered'),
    ],
    [
      'a touch that never went out',
      async () =>
        textStatus(
          { ...(await mintText({ state: 'refused', provider_sid: null, requests: 0 })), sid: sid('SM') },
          'sent',
        ),
    ],
    [
      'no touch at all',
      async () =>
        api.webhook('/webhooks/twilio/sms-status', { MessageSid: sid('SM'), MessageStatus: 'sent' }),
    ],
    ['a call that does not exist', async () => callStatus({ id: randomUUID(), sid: sid('CA') }, 'completed')],
    [
      'another organisation’s touch',
      async () => {
        const touch = await mintText();
        const other = await mintOrganization(db.database);
        return api.webhook(callback('sms-status', touch.id, other.organizationId), {
          MessageSid: touch.sid,
          MessageStatus: 'failed',
        });
      },
    ],
  ])('%s', async (_what, send) => {
    const { status, body } = await send();
    expect([status, body.code]).toEqual([404, 'UNKNOWN_TOUCH']);
    expect(await count('webhook_inbox')).toBe(0);
    expect(await count('sms_messages', "carrier_status <> 'queued'")).toBe(0);
  });

  test('a text to a number that is nobody’s', async () => {
    const { status, body } = await inbound(mintPhone(), 'Hello', sid('SM'), '+12025550000');
    expect([status, body.code]).toEqual([404, 'UNKNOWN_NUMBER']);
    expect(api.logs.join('')).not.toContain('2025550000');
  });
});

describe('statuses of texts', () => {
  test('only move up: duplicates and late ones change nothing', async () => {
    const touch = await mintText();
    for (const status of ['sent', 'delivered', 'sent', 'queued', 'delivered', 'undelivered']) {
      expect((await textStatus(touch, status)).status).toBe(204);
      // One after the other: stored deliveries are worked on side by side, in any order.
      await api.inbox.drain();
    }
    const row = await rowOf('sms_messages', touch.id);
    expect(row.carrier_status).toBe('delivered');
    expect(row.status_history.map(({ status }: any) => status)).toEqual(['sent', 'delivered']);
    expect(await count('webhook_inbox', 'processed_at is null')).toBe(0);
    expect(await count('webhook_inbox')).toBe(4);
  });

  test('whatever their order of arrival, the highest stays', async () => {
    const touch = await mintText();
    await Promise.all(['delivered', 'sent', 'queued', 'sending'].map((status) => textStatus(touch, status)));
    await api.inbox.drain();
    expect((await rowOf('sms_messages', touch.id)).carrier_status).toBe('delivered');
  });

  test.each(['sending', 'unknown'])(
    'a touch in %s whose request never heard an answer takes the sid',
    async (state) => {
      const touch = await mintText({ state, provider_sid: null, carrier_status: null });
      const given = { ...touch, sid: sid('SM') };
      expect((await textStatus(given, 'sent')).status).toBe(204);
      await api.inbox.drain();
      expect(await rowOf('sms_messages', touch.id)).toMatchObject({
        state: 'sent',
        provider_sid: given.sid,
        sent_at: expect.any(Date),
      });
      // From now on another sid is another's.
      expect((await textStatus({ ...touch, sid: sid('SM') }, 'delivered')).status).toBe(404);
    },
  );

  test('error 21610 is an opt-out: it is on record once, and every journey of that number hears it', async () => {
    const touch = await mintText();
    await textStatus(touch, 'failed', { ErrorCode: '21610' });
    await api.inbox.drain();
    await textStatus(touch, 'undelivered', { ErrorCode: '21610' });
    await api.inbox.drain();
    expect(await rowOf('sms_messages', touch.id)).toMatchObject({
      carrier_status: 'failed',
      error_code: '21610',
    });
    const consents = await db.asOwner('select phone, kind, source from consents where organization_id = $1', [
      organizationId,
    ]);
    expect(consents).toEqual([{ phone: touch.phone, kind: 'opt_out', source: 'carrier' }]);
    expect(temporal.signals).toContainEqual({ workflowId: touch.workflowId, name: 'opt-out', args: [] });
  });

  test('another error is kept and nothing else', async () => {
    const touch = await mintText();
    await textStatus(touch, 'undelivered', { ErrorCode: '30007', Price: '-0.00790' });
    await api.inbox.drain();
    expect(await rowOf('sms_messages', touch.id)).toMatchObject({
      error_code: '30007',
      price_cents: '0.7900',
    });
    expect(await count('consents')).toBe(0);
  });
});

describe('statuses of calls', () => {
  test.each([
    ['completed', { AnsweredBy: 'human', CallDuration: '42' }, 'answered'],
    ['completed', { AnsweredBy: 'machine_start' }, 'voicemail'],
    ['completed', {}, 'answered'],
    ['busy', {}, 'busy'],
    ['no-answer', {}, 'no_answer'],
    ['failed', {}, 'failed'],
    ['canceled', {}, 'failed'],
  ])('%s %j is "%s", and the journey hears it', async (status, more, outcome) => {
    const call = await mintCall();
    await callStatus(call, 'ringing');
    await callStatus(call, status, more as Record<string, string>);
    await api.inbox.drain();
    const duration = 'CallDuration' in more ? 42 : null;
    expect(await rowOf('call_logs', call.id)).toMatchObject({
      carrier_status: status,
      outcome,
      duration_seconds: duration,
      ended_at: expect.any(Date),
    });
    expect(temporal.signals).toEqual([
      { workflowId: call.workflowId, name: 'call-status', args: [{ touchKey: 'ring:1:1', outcome }] },
    ]);
  });

  test('a call that is going on tells the journey nothing', async () => {
    const call = await mintCall();
    await callStatus(call, 'in-progress', { AnsweredBy: 'human' });
    await api.inbox.drain();
    expect(await rowOf('call_logs', call.id)).toMatchObject({
      answered_by: 'human',
      outcome: null,
      ended_at: null,
    });
    expect(temporal.signals).toEqual([]);
  });

  test('what answered counts also when the last status does not repeat it', async () => {
    const call = await mintCall();
    await callStatus(call, 'in-progress', { AnsweredBy: 'machine_end_beep' });
    await api.inbox.drain();
    await callStatus(call, 'completed');
    await api.inbox.drain();
    expect((await rowOf('call_logs', call.id)).outcome).toBe('voicemail');
  });

  test('the first final status stays; a journey that has ended is no error', async () => {
    const call = await mintCall();
    temporal.ended.add(call.workflowId);
    await callStatus(call, 'busy');
    await api.inbox.drain();
    await callStatus(call, 'completed', { AnsweredBy: 'human' });
    await api.inbox.drain();
    expect(await rowOf('call_logs', call.id)).toMatchObject({ carrier_status: 'busy', outcome: 'busy' });
    expect(await count('webhook_inbox', 'processed_at is null')).toBe(0);
  });
});

describe('texts from outside', () => {
  test('a reply is stored once, on the lead, and signals every running journey of that number once a delivery', async () => {
    const { leadId, phone } = await mintLead(db.database, organizationId);
    const running = await journeyOf(leadId);
    const ended = await journeyOf(leadId);
    await db.asOwner("update journeys set status = 'completed' where id = $1", [ended.journeyId]);
    const spouse = await mintLead(db.database, organizationId, { phone });
    const theirs = await journeyOf(spouse.leadId);
    const messageSid = sid('SM');
    for (let delivery = 0; delivery < 3; delivery += 1) {
      const answer = await inbound(phone, 'Yes please', messageSid);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
      expect(answer.text).toContain('<Response/>');
    }
    await api.inbox.drain();
    const messages = await db.asOwner<any>('select * from sms_messages where organization_id = $1', [
      organizationId,
    ]);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      direction: 'inbound',
      kind: 'inbound',
      state: 'received',
      body: 'Yes please',
      intent: 'yes',
      phone,
      our_number: number,
      lead_id: spouse.leadId,
      provider_sid: messageSid,
    });
    const args = [{ messageId: messages[0].id, intent: 'yes' }];
    expect(temporal.signals).toHaveLength(2);
    for (const { workflowId } of [running, theirs]) {
      expect(temporal.signals).toContainEqual({ workflowId, name: 'inbound-sms', args });
    }
    expect(await count('events', "type = 'message.received'")).toBe(1);
  });

  test.each([
    ['STOP', 'keyword'],
    ['Please take me off your list', 'reply'],
  ])('"%s" opts the number out and ends every journey of everybody with it', async (body, source) => {
    const { leadId, phone } = await mintLead(db.database, organizationId);
    const other = await mintLead(db.database, organizationId, { phone });
    const journeys = [await journeyOf(leadId), await journeyOf(leadId), await journeyOf(other.leadId)];
    await inbound(phone, body);
    await api.inbox.drain();
    expect(temporal.signals.map(({ name, workflowId }) => `${name} ${workflowId}`).toSorted()).toEqual(
      journeys.map(({ workflowId }) => `opt-out ${workflowId}`).toSorted(),
    );
    const [consent] = await db.asOwner<any>('select * from consents where organization_id = $1', [
      organizationId,
    ]);
    expect(consent).toMatchObject({
      phone,
      kind: 'opt_out',
      source,
      text: body,
      message_id: expect.any(String),
    });
  });

  test('START opts in again; YES does so only for somebody who has opted out', async () => {
    const { phone } = await mintLead(db.database, organizationId);
    for (const body of ['YES', 'STOP', 'YES', 'STOP', 'START']) {
      await inbound(phone, body);
      await api.inbox.drain();
    }
    const consents = await db.asOwner<any>(
      'select kind from consents where organization_id = $1 order by created_at',
      [organizationId],
    );
    expect(consents.map(({ kind }) => kind)).toEqual(['opt_out', 'opt_in', 'opt_out', 'opt_in']);
  });

  test('the last word counts as of when it was received, however late it is worked on', async () => {
    const { phone } = await mintLead(db.database, organizationId);
    const messageSid = sid('SM');
    const payload = { MessageSid: messageSid, From: phone, To: number, Body: 'START' };
    // Received first, but its process died before it could work on it.
    await storeInboundDelivery(db.database, { ourNumber: number, dedupeKey: messageSid, payload });
    await inbound(phone, 'STOP');
    while (!api.inbox.idle()) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await count('consents')).toBe(1);
    await api.inbox.drain();
    expect(await count('consents')).toBe(2);
    const [newest] = await db.asOwner<any>(
      'select kind from consents where organization_id = $1 order by created_at desc, id desc limit 1',
      [organizationId],
    );
    expect(newest.kind).toBe('opt_out');
  });

  test('somebody unknown becomes a lead, once', async () => {
    const from = '+15046218927';
    await Promise.all([inbound(from, 'Who is this?'), inbound(from, 'Hello?')]);
    await api.inbox.drain();
    const leads = await db.asOwner<any>('select * from leads where organization_id = $1', [organizationId]);
    expect(leads).toHaveLength(1);
    expect(leads[0]).toMatchObject({ phone: from, source: 'inbound', time_zones: ['America/Chicago'] });
    expect(await count('sms_messages', `lead_id = '${leads[0].id}'`)).toBe(2);
  });

  test('a short code is stored and becomes nobody; an empty text and one with a zero byte are stored too', async () => {
    await inbound('72345', 'Your code is 1');
    await inbound('+15046218000', '');
    await inbound('+15046218000', 'a\u0000b');
    await api.inbox.drain();
    expect(await count('sms_messages')).toBe(3);
    expect(await count('leads')).toBe(1);
    expect(await count('sms_messages', "body = 'ab'")).toBe(1);
  });
});

describe('nothing that was acknowledged is lost', () => {
  test('while Temporal is down a reply waits in the inbox, and is worked on afterwards', async () => {
    const { leadId, phone } = await mintLead(db.database, organizationId);
    const { workflowId } = await journeyOf(leadId);
    temporal.state.down = true;
    expect((await inbound(phone, 'Yes')).status).toBe(200);
    while (!api.inbox.idle()) await new Promise((resolve) => setTimeout(resolve, 10));
    const [row] = await db.asOwner<any>('select * from webhook_inbox where organization_id = $1', [
      organizationId,
    ]);
    expect(row).toMatchObject({
      processed_at: null,
      attempts: 1,
      last_error: 'Problem TEMPORAL_UNAVAILABLE',
    });
    temporal.state.down = false;
    await api.inbox.drain();
    expect(temporal.signals).toMatchObject([{ workflowId, name: 'inbound-sms' }]);
    expect(await count('webhook_inbox', 'processed_at is not null')).toBe(1);
    expect(await count('sms_messages')).toBe(1);
  });

  test('what a killed process left behind is taken up by another, and repeating it changes nothing', async () => {
    const { leadId, phone } = await mintLead(db.database, organizationId);
    await journeyOf(leadId);
    await inbound(phone, 'STOP');
    await api.inbox.drain();
    // As if it had died between its changes and the note that they are done.
    await db.asOwner('update webhook_inbox set processed_at = null where organization_id = $1', [
      organizationId,
    ]);
    temporal.signals.length = 0;
    const successor = createTestApi({ database: db.database, temporal: temporal.client });
    await successor.inbox.drain();
    await successor.stop();
    expect(temporal.signals).toHaveLength(1);
    expect([await count('sms_messages'), await count('consents'), await count('leads')]).toEqual([1, 1, 1]);
    expect(await count('webhook_inbox', 'processed_at is null')).toBe(0);
  });

  test('two processes at one inbox signal nothing they do not have to, and finish it', async () => {
    const { leadId, phone } = await mintLead(db.database, organizationId);
    await journeyOf(leadId);
    const successor = createTestApi({ database: db.database, temporal: temporal.client });
    for (let text = 0; text < 10; text += 1) await inbound(phone, `Text ${text}`);
    await Promise.all([api.inbox.drain(), successor.inbox.drain()]);
    await successor.stop();
    expect(await count('sms_messages')).toBe(10);
    expect(await count('webhook_inbox', 'processed_at is null')).toBe(0);
    const told = new Set(temporal.signals.map(({ args }) => (args[0] as { messageId: string }).messageId));
    expect(told.size).toBe(10);
  });
});

describe('what is said on a call', () => {
  const definition = {
    definition: {
      start: 'ring',
      steps: [
        {
          id: 'ring',
          kind: 'call' as const,
          say: 'Hello {{first_name}} & welcome',
          voicemail: 'Sorry, {{first_name}}',
          next: 'end',
        },
        { id: 'end', kind: 'end' as const },
      ],
    },
  };
  const ask = (call: Touch, answeredBy?: string) =>
    api.webhook(callback('voice', call.id), {
      CallSid: call.sid,
      CallStatus: 'in-progress',
      ...(answeredBy ? { AnsweredBy: answeredBy } : {}),
    });

  test.each([
    ['human', '<Response><Say>Hello Ada &amp; welcome</Say><Hangup/></Response>'],
    [undefined, '<Response><Say>Hello Ada &amp; welcome</Say><Hangup/></Response>'],
    ['machine_start', '<Response><Say>Sorry, Ada</Say><Hangup/></Response>'],
    ['fax', '<Response><Say>Sorry, Ada</Say><Hangup/></Response>'],
  ])('to %s', async (answeredBy, document) => {
    const { status, text, headers } = await ask(await mintCall({}, definition), answeredBy);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(text).toContain(document);
  });

  test('without a voicemail a machine hears nothing, and a template that cannot be filled is not said', async () => {
    const silent = {
      definition: {
        start: 'ring',
        steps: [
          { id: 'ring', kind: 'call' as const, say: 'Hi {{company}}', next: 'end' },
          { id: 'end', kind: 'end' as const },
        ],
      },
    };
    const call = await mintCall({}, silent);
    for (const answeredBy of ['machine_start', 'human']) {
      expect((await ask(call, answeredBy)).text).toContain('<Response><Hangup/></Response>');
    }
  });

  test('of a call that is not ours nothing is said', async () => {
    const call = await mintCall({}, definition);
    expect((await ask({ id: randomUUID(), sid: call.sid })).body.code).toBe('UNKNOWN_TOUCH');
    expect((await ask({ id: call.id, sid: sid('CA') })).body.code).toBe('UNKNOWN_TOUCH');
  });

  test('whoever calls us hears whom they called', async () => {
    const form = { CallSid: sid('CA'), From: mintPhone(), To: number, CallStatus: 'ringing' };
    const { text } = await api.webhook('/webhooks/twilio/voice', form);
    expect(text).toContain('Thank you for calling Test.');
    const unknown = await api.webhook('/webhooks/twilio/voice', { ...form, To: '+12025550000' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'UNKNOWN_NUMBER']);
  });
});
