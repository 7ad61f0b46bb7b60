import { describe, expect, test } from 'vitest';
import { sid, useWebhookBench } from '../testing/webhook-bench.ts';

const bench = useWebhookBench();

describe('statuses of texts', () => {
  test('only move up: duplicates and late ones change nothing', async () => {
    const touch = await bench.mintText();
    for (const status of ['sent', 'delivered', 'sent', 'queued', 'delivered', 'undelivered']) {
      expect((await bench.textStatus(touch, status)).status).toBe(204);
      // One after the other: stored deliveries are worked on side by side, in any order.
      await bench.inbox().drain();
    }
    const row = await bench.rowOf('sms_messages', touch.id);
    expect(row.carrier_status).toBe('delivered');
    expect(row.status_history.map(({ status }: any) => status)).toEqual(['sent', 'delivered']);
    expect(await bench.count('webhook_inbox', 'processed_at is null')).toBe(0);
    expect(await bench.count('webhook_inbox')).toBe(4);
  });

  test('whatever their order of arrival, the highest stays', async () => {
    const touch = await bench.mintText();
    await Promise.all(
      ['delivered', 'sent', 'queued', 'sending'].map((status) => bench.textStatus(touch, status)),
    );
    await bench.inbox().drain();
    expect((await bench.rowOf('sms_messages', touch.id)).carrier_status).toBe('delivered');
  });

  test.each(['sending', 'unknown'])(
    'a touch in %s whose request never heard an answer takes the sid',
    async (state) => {
      const touch = await bench.mintText({ state, provider_sid: null, carrier_status: null });
      const given = { ...touch, sid: sid('SM') };
      expect((await bench.textStatus(given, 'sent')).status).toBe(204);
      await bench.inbox().drain();
      expect(await bench.rowOf('sms_messages', touch.id)).toMatchObject({
        state: 'sent',
        provider_sid: given.sid,
        sent_at: expect.any(Date),
      });
      // From now on another sid is another's.
      expect((await bench.textStatus({ ...touch, sid: sid('SM') }, 'delivered')).status).toBe(404);
    },
  );

  test('error 21610 is an opt-out: it is on record once, and every journey of that number hears it', async () => {
    const touch = await bench.mintText();
    await bench.textStatus(touch, 'failed', { ErrorCode: '21610' });
    await bench.inbox().drain();
    await bench.textStatus(touch, 'undelivered', { ErrorCode: '21610' });
    await bench.inbox().drain();
    expect(await bench.rowOf('sms_messages', touch.id)).toMatchObject({
      carrier_status: 'failed',
      error_code: '21610',
    });
    const consents = await bench.asOwner(
      'select phone, kind, source from consents where organization_id = $1',
      [bench.organizationId()],
    );
    expect(consents).toEqual([{ phone: touch.phone, kind: 'opt_out', source: 'carrier' }]);
    expect(bench.temporal.signals).toContainEqual({
      workflowId: touch.workflowId,
      name: 'opt-out',
      args: [],
    });
  });

  test('another error is kept and nothing else', async () => {
    const touch = await bench.mintText();
    await bench.textStatus(touch, 'undelivered', { ErrorCode: '30007', Price: '-0.00790' });
    await bench.inbox().drain();
    expect(await bench.rowOf('sms_messages', touch.id)).toMatchObject({
      error_code: '30007',
      price_cents: '0.7900',
    });
    expect(await bench.count('consents')).toBe(0);
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
    const call = await bench.mintCall();
    await bench.callStatus(call, 'ringing');
    await bench.callStatus(call, status, more as Record<string, string>);
    await bench.inbox().drain();
    const duration = 'CallDuration' in more ? 42 : null;
    expect(await bench.rowOf('call_logs', call.id)).toMatchObject({
      carrier_status: status,
      outcome,
      duration_seconds: duration,
      ended_at: expect.any(Date),
    });
    expect(bench.temporal.signals).toEqual([
      { workflowId: call.workflowId, name: 'call-status', args: [{ touchKey: 'ring:1:1', outcome }] },
    ]);
  });

  test('a call that is going on tells the journey nothing', async () => {
    const call = await bench.mintCall();
    await bench.callStatus(call, 'in-progress', { AnsweredBy: 'human' });
    await bench.inbox().drain();
    expect(await bench.rowOf('call_logs', call.id)).toMatchObject({
      answered_by: 'human',
      outcome: null,
      ended_at: null,
    });
    expect(bench.temporal.signals).toEqual([]);
  });

  test('what answered counts also when the last status does not repeat it', async () => {
    const call = await bench.mintCall();
    await bench.callStatus(call, 'in-progress', { AnsweredBy: 'machine_end_beep' });
    await bench.inbox().drain();
    await bench.callStatus(call, 'completed');
    await bench.inbox().drain();
    expect((await bench.rowOf('call_logs', call.id)).outcome).toBe('voicemail');
  });

  test('the first final status stays; a journey that has ended is no error', async () => {
    const call = await bench.mintCall();
    bench.temporal.ended.add(call.workflowId);
    await bench.callStatus(call, 'busy');
    await bench.inbox().drain();
    await bench.callStatus(call, 'completed', { AnsweredBy: 'human' });
    await bench.inbox().drain();
    expect(await bench.rowOf('call_logs', call.id)).toMatchObject({
      carrier_status: 'busy',
      outcome: 'busy',
    });
    expect(await bench.count('webhook_inbox', 'processed_at is null')).toBe(0);
  });
});
