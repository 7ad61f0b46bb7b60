import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mintOrganization, mintPhone } from '#db/testing/factories.ts';
import { sid, useWebhookBench } from '../testing/webhook-bench.ts';

const bench = useWebhookBench();

describe('only what the carrier has signed is taken', () => {
  test('a forged, an unsigned and a tampered request are refused, and nothing is stored', async () => {
    const touch = await bench.mintText();
    const path = bench.callback('sms-status', touch.id);
    const form = { MessageSid: touch.sid, MessageStatus: 'delivered' };
    const send = (headers: Record<string, string>) =>
      bench.call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      });
    const answers = [
      await send({}),
      await send({ 'x-twilio-signature': 'forged' }),
      await bench.webhook(path, form, { MessageStatus: 'failed' }),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, body.code]).toEqual([403, 'BAD_SIGNATURE']);
      expect(headers.get('content-type')).toBe('application/problem+json');
    }
    await bench.inbox().drain();
    expect(await bench.count('webhook_inbox')).toBe(0);
    expect((await bench.rowOf('sms_messages', touch.id)).carrier_status).toBe('queued');
    expect((await bench.call('/metrics')).text).toMatch(
      /leadway_webhooks_total\{kind="sms-status",result="forged"\} [3-9]/,
    );
  });

  test('a signature over another touch’s URL does not fit', async () => {
    const [mine, other] = [await bench.mintText(), await bench.mintText()];
    const signed = await bench.textStatus(mine, 'delivered');
    expect(signed.status).toBe(204);
    const stolen = await bench.call(bench.callback('sms-status', other.id), {
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
      async () => bench.textStatus({ id: randomUUID(), sid: sid('SM') }, 'delivered'),
    ],
    [
      'a sid that is another touch’s',
      async () =>
        bench.textStatus({ ...(await bench.mintText()), sid: (await bench.mintText()).sid }, 'delivered'),
    ],
    [
      'a sid that the touch does not have',
      async () => bench.textStatus({ ...(await bench.mintText()), sid: sid('SM') }, 'delivered'),
    ],
    [
      'a touch that never went out',
      async () =>
        bench.textStatus(
          {
            ...(await bench.mintText({ state: 'refused', provider_sid: null, requests: 0 })),
            sid: sid('SM'),
          },
          'sent',
        ),
    ],
    [
      'no touch at all',
      async () =>
        bench.webhook('/webhooks/twilio/sms-status', { MessageSid: sid('SM'), MessageStatus: 'sent' }),
    ],
    [
      'a call that does not exist',
      async () => bench.callStatus({ id: randomUUID(), sid: sid('CA') }, 'completed'),
    ],
    [
      'another organisation’s touch',
      async () => {
        const touch = await bench.mintText();
        const other = await mintOrganization(bench.database());
        return bench.webhook(bench.callback('sms-status', touch.id, other.organizationId), {
          MessageSid: touch.sid,
          MessageStatus: 'failed',
        });
      },
    ],
  ])('%s', async (_what, send) => {
    const { status, body } = await send();
    expect([status, body.code]).toEqual([404, 'UNKNOWN_TOUCH']);
    expect(await bench.count('webhook_inbox')).toBe(0);
    expect(await bench.count('sms_messages', "carrier_status <> 'queued'")).toBe(0);
  });

  test('a text to a number that is nobody’s', async () => {
    const { status, body } = await bench.inbound(mintPhone(), 'Hello', sid('SM'), '+12025550000');
    expect([status, body.code]).toEqual([404, 'UNKNOWN_NUMBER']);
    expect(bench.logs().join('')).not.toContain('2025550000');
  });
});
