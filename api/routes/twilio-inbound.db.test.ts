import { describe, expect, test } from 'vitest';
import { storeInboundDelivery } from '#db/queries/webhook-inbox.ts';
import { mintLead } from '#db/testing/factories.ts';
import { createTestApi } from '../testing/test-api.ts';
import { sid, useWebhookBench } from '../testing/webhook-bench.ts';

const bench = useWebhookBench();

describe('texts from outside', () => {
  test('a reply is stored once, on the lead, and signals every running journey of that number once a delivery', async () => {
    const { leadId, phone } = await mintLead(bench.database(), bench.organizationId());
    const running = await bench.journeyOf(leadId);
    const ended = await bench.journeyOf(leadId);
    await bench.asOwner("update journeys set status = 'completed' where id = $1", [ended.journeyId]);
    const spouse = await mintLead(bench.database(), bench.organizationId(), { phone });
    const theirs = await bench.journeyOf(spouse.leadId);
    const messageSid = sid('SM');
    for (let delivery = 0; delivery < 3; delivery += 1) {
      const answer = await bench.inbound(phone, 'Yes please', messageSid);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
      expect(answer.text).toContain('<Response/>');
    }
    await bench.inbox().drain();
    const messages = await bench.asOwner<any>('select * from sms_messages where organization_id = $1', [
      bench.organizationId(),
    ]);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      direction: 'inbound',
      kind: 'inbound',
      state: 'received',
      body: 'Yes please',
      intent: 'yes',
      phone,
      our_number: bench.number(),
      lead_id: spouse.leadId,
      provider_sid: messageSid,
    });
    const args = [{ messageId: messages[0].id, intent: 'yes' }];
    expect(bench.temporal.signals).toHaveLength(2);
    for (const { workflowId } of [running, theirs]) {
      expect(bench.temporal.signals).toContainEqual({ workflowId, name: 'inbound-sms', args });
    }
    expect(await bench.count('events', "type = 'message.received'")).toBe(1);
  });

  test.each([
    ['STOP', 'keyword'],
    ['Please take me off your list', 'reply'],
  ])('"%s" opts the number out and ends every journey of everybody with it', async (body, source) => {
    const { leadId, phone } = await mintLead(bench.database(), bench.organizationId());
    const other = await mintLead(bench.database(), bench.organizationId(), { phone });
    const journeys = [
      await bench.journeyOf(leadId),
      await bench.journeyOf(leadId),
      await bench.journeyOf(other.leadId),
    ];
    await bench.inbound(phone, body);
    await bench.inbox().drain();
    expect(bench.temporal.signals.map(({ name, workflowId }) => `${name} ${workflowId}`).toSorted()).toEqual(
      journeys.map(({ workflowId }) => `opt-out ${workflowId}`).toSorted(),
    );
    const [consent] = await bench.asOwner<any>('select * from consents where organization_id = $1', [
      bench.organizationId(),
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
    const { phone } = await mintLead(bench.database(), bench.organizationId());
    for (const body of ['YES', 'STOP', 'YES', 'STOP', 'START']) {
      await bench.inbound(phone, body);
      await bench.inbox().drain();
    }
    const consents = await bench.asOwner<any>(
      'select kind from consents where organization_id = $1 order by created_at',
      [bench.organizationId()],
    );
    expect(consents.map(({ kind }) => kind)).toEqual(['opt_out', 'opt_in', 'opt_out', 'opt_in']);
  });

  test('the last word counts as of when it was received, however late it is worked on', async () => {
    const { phone } = await mintLead(bench.database(), bench.organizationId());
    const messageSid = sid('SM');
    const payload = { MessageSid: messageSid, From: phone, To: bench.number(), Body: 'START' };
    // Received first, but its process died before it could work on it.
    await storeInboundDelivery(bench.database(), {
      ourNumber: bench.number(),
      dedupeKey: messageSid,
      payload,
    });
    await bench.inbound(phone, 'STOP');
    while (!bench.inbox().idle()) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await bench.count('consents')).toBe(1);
    await bench.inbox().drain();
    expect(await bench.count('consents')).toBe(2);
    const [newest] = await bench.asOwner<any>(
      'select kind from consents where organization_id = $1 order by created_at desc, id desc limit 1',
      [bench.organizationId()],
    );
    expect(newest.kind).toBe('opt_out');
  });

  test('somebody unknown becomes a lead, once', async () => {
    const from = '+15046218927';
    await Promise.all([bench.inbound(from, 'Who is this?'), bench.inbound(from, 'Hello?')]);
    await bench.inbox().drain();
    const leads = await bench.asOwner<any>('select * from leads where organization_id = $1', [
      bench.organizationId(),
    ]);
    expect(leads).toHaveLength(1);
    expect(leads[0]).toMatchObject({ phone: from, source: 'inbound', time_zones: ['America/Chicago'] });
    expect(await bench.count('sms_messages', `lead_id = '${leads[0].id}'`)).toBe(2);
  });

  test('a short code is stored and becomes nobody; an empty text and one with a zero byte are stored too', async () => {
    await bench.inbound('72345', 'Your code is 1');
    await bench.inbound('+15046218000', '');
    await bench.inbound('+15046218000', 'a\u0000b');
    await bench.inbox().drain();
    expect(await bench.count('sms_messages')).toBe(3);
    expect(await bench.count('leads')).toBe(1);
    expect(await bench.count('sms_messages', "body = 'ab'")).toBe(1);
  });
});

describe('nothing that was acknowledged is lost', () => {
  test('while Temporal is down a reply waits in the inbox, and is worked on afterwards', async () => {
    const { leadId, phone } = await mintLead(bench.database(), bench.organizationId());
    const { workflowId } = await bench.journeyOf(leadId);
    bench.temporal.state.down = true;
    expect((await bench.inbound(phone, 'Yes')).status).toBe(200);
    while (!bench.inbox().idle()) await new Promise((resolve) => setTimeout(resolve, 10));
    const [row] = await bench.asOwner<any>('select * from webhook_inbox where organization_id = $1', [
      bench.organizationId(),
    ]);
    expect(row).toMatchObject({
      processed_at: null,
      attempts: 1,
      last_error: 'Problem TEMPORAL_UNAVAILABLE',
    });
    bench.temporal.state.down = false;
    await bench.inbox().drain();
    expect(bench.temporal.signals).toMatchObject([{ workflowId, name: 'inbound-sms' }]);
    expect(await bench.count('webhook_inbox', 'processed_at is not null')).toBe(1);
    expect(await bench.count('sms_messages')).toBe(1);
  });

  test('what a killed process left behind is taken up by another, and repeating it changes nothing', async () => {
    const { leadId, phone } = await mintLead(bench.database(), bench.organizationId());
    await bench.journeyOf(leadId);
    await bench.inbound(phone, 'STOP');
    await bench.inbox().drain();
    // As if it had died between its changes and the note that they are done.
    await bench.asOwner('update webhook_inbox set processed_at = null where organization_id = $1', [
      bench.organizationId(),
    ]);
    bench.temporal.signals.length = 0;
    const successor = createTestApi({ database: bench.database(), temporal: bench.temporal.client });
    await successor.inbox.drain();
    await successor.stop();
    expect(bench.temporal.signals).toHaveLength(1);
    expect([
      await bench.count('sms_messages'),
      await bench.count('consents'),
      await bench.count('leads'),
    ]).toEqual([1, 1, 1]);
    expect(await bench.count('webhook_inbox', 'processed_at is null')).toBe(0);
  });

  test('two processes at one inbox signal nothing they do not have to, and finish it', async () => {
    const { leadId, phone } = await mintLead(bench.database(), bench.organizationId());
    await bench.journeyOf(leadId);
    const successor = createTestApi({ database: bench.database(), temporal: bench.temporal.client });
    for (let text = 0; text < 10; text += 1) await bench.inbound(phone, `Text ${text}`);
    await Promise.all([bench.inbox().drain(), successor.inbox.drain()]);
    await successor.stop();
    expect(await bench.count('sms_messages')).toBe(10);
    expect(await bench.count('webhook_inbox', 'processed_at is null')).toBe(0);
    const told = new Set(
      bench.temporal.signals.map(({ args }) => (args[0] as { messageId: string }).messageId),
    );
    expect(told.size).toBe(10);
  });
});
