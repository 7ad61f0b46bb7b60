import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mintPhone } from '#db/testing/factories.ts';
import { sid, useWebhookBench } from '../testing/webhook-bench.ts';
import type { Touch } from '../testing/webhook-bench.ts';

const bench = useWebhookBench();

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
    bench.webhook(bench.callback('voice', call.id), {
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
    const { status, text, headers } = await ask(await bench.mintCall({}, definition), answeredBy);
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
    const call = await bench.mintCall({}, silent);
    for (const answeredBy of ['machine_start', 'human']) {
      expect((await ask(call, answeredBy)).text).toContain('<Response><Hangup/></Response>');
    }
  });

  test('of a call that is not ours nothing is said', async () => {
    const call = await bench.mintCall({}, definition);
    expect((await ask({ id: randomUUID(), sid: call.sid })).body.code).toBe('UNKNOWN_TOUCH');
    expect((await ask({ id: call.id, sid: sid('CA') })).body.code).toBe('UNKNOWN_TOUCH');
  });

  test('whoever calls us hears whom they called', async () => {
    const form = { CallSid: sid('CA'), From: mintPhone(), To: bench.number(), CallStatus: 'ringing' };
    const { text } = await bench.webhook('/webhooks/twilio/voice', form);
    expect(text).toContain('Thank you for calling Test.');
    const unknown = await bench.webhook('/webhooks/twilio/voice', { ...form, To: '+12025550000' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'UNKNOWN_NUMBER']);
  });
});
