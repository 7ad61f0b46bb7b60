import { CarrierMisconfigured } from '#providers/faults.ts';
import { createTwilioClient } from '#providers/twilio/client.ts';
import { createTwilioMessaging } from '#providers/twilio/messaging.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PersonaKind, personaOf } from './persona.ts';
import { leadPhone, ourNumber, startRig } from './testing/rig.ts';

const hour = 3_600_000;
let rig: Awaited<ReturnType<typeof startRig>>;

/** The first lead whose draw fits, so that a test names a behaviour and not a phone. */
function leadWhere(fits: (persona: ReturnType<typeof personaOf>) => boolean): string {
  for (let index = 0; index < 5_000; index += 1) {
    if (fits(personaOf(7, leadPhone(index)))) return leadPhone(index);
  }
  throw new Error('nobody is like that');
}

const mobile = (kind: PersonaKind) => leadWhere((p) => p.kind === kind && p.lineType === 'mobile');

beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

describe('texts through the real client', () => {
  it('are accepted, sent, delivered, and tell so at every step with a valid signature', async () => {
    const to = mobile('ignores');
    const result = await rig.text(to, 'Hello Ann');
    expect(result).toMatchObject({
      outcome: 'accepted',
      message: {
        to,
        from: ourNumber,
        body: 'Hello Ann',
        direction: 'outbound',
        status: 'queued',
        segments: 1,
      },
    });
    if (result.outcome !== 'accepted') return;
    expect(result.message.createdAt).toEqual(new Date('2026-03-02T17:00:00.000Z'));
    expect(result.message.priceCents).toBeNull();

    await rig.runUntil(rig.after(hour));
    expect(rig.webhooks.received.map(({ params }) => params.MessageStatus)).toEqual(['sent', 'delivered']);
    for (const webhook of rig.webhooks.received) {
      expect(webhook).toMatchObject({ signed: true, path: '/webhooks/twilio/sms-status' });
      expect(webhook.query).toBe('?touch=w%2F1:2&n=a+b');
      expect(webhook.params.MessageSid).toBe(result.message.sid);
    }
    expect(await rig.messaging.fetchText(result.message.sid)).toMatchObject({
      status: 'delivered',
      priceCents: 0.83,
      errorCode: null,
    });
  });

  it('to a landline come back undelivered with 30006', async () => {
    const to = leadWhere((persona) => persona.lineType === 'landline');
    await rig.text(to);
    await rig.runUntil(rig.after(hour));
    expect(rig.webhooks.received.at(-1)?.params).toMatchObject({
      MessageStatus: 'undelivered',
      ErrorCode: '30006',
    });
    expect(await rig.lookup.lookupNumber(to)).toEqual({ valid: true, lineType: 'landline' });
  });

  it('can be listed by pair and time, even before they are sent', async () => {
    const to = mobile('ignores');
    await rig.text(to, 'one');
    await rig.runUntil(rig.after(2 * hour));
    await rig.text(to, 'two');
    await rig.text(mobile('voicemail'), 'to somebody else');
    const list = (since: Date, until = rig.after(24 * hour)) =>
      rig.messaging.listTexts({ to, from: ourNumber, since, until });

    expect((await list(rig.after(0))).map(({ body }) => body)).toEqual(['two', 'one']);
    expect((await list(rig.after(2 * hour))).map(({ body, status }) => [body, status])).toEqual([
      ['two', 'queued'],
    ]);
    expect(await list(rig.after(3 * hour))).toEqual([]);
    expect((await list(rig.after(0), rig.after(hour))).map(({ body }) => body)).toEqual(['one']);
  });

  it('are listed page by page, newest first', async () => {
    const to = mobile('ignores');
    for (const body of ['one', 'two', 'three']) {
      await rig.text(to, body);
      await rig.runUntil(rig.after(rig.ledger.texts.length * hour));
    }
    const records = await createTwilioClient(rig.config).messages.list({ to, pageSize: 2 });
    expect(records.map(({ body }) => body)).toEqual(['three', 'two', 'one']);
  });

  it.each([
    [{ To: '' }, 21604],
    [{ From: '' }, 21603],
    [{ From: '12' }, 21212],
    [{ Body: 'x'.repeat(1_601) }, 21617],
    [{ StatusCallback: 'nowhere' }, 21609],
  ])('with %o are answered with %i in Twilio’s form', async (change, code) => {
    const { accountSid, authToken } = rig.config;
    const response = await rig.simulator.app.request(`/2010-04-01/Accounts/${accountSid}/Messages.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
      body: new URLSearchParams({ To: leadPhone(1), From: ourNumber, Body: 'Hi', ...change }),
    });
    expect(response.status).toBe(400);
    const moreInfo = `https://www.twilio.com/docs/errors/${code}`;
    expect(await response.json()).toMatchObject({ code, status: 400, more_info: moreInfo });
  });

  it('are refused as values when the number or the body is impossible', async () => {
    expect(await rig.text('+1415')).toMatchObject({ outcome: 'rejected', errorCode: '21211' });
    expect(await rig.text(mobile('ignores'), '')).toMatchObject({ outcome: 'rejected', errorCode: '21602' });
    expect(rig.ledger.refusals.map(({ code }) => code)).toEqual([21211, 21602]);
    expect(rig.ledger.texts).toEqual([]);
  });

  it('that nobody sent are null, and a wrong token is a misconfiguration', async () => {
    expect(await rig.messaging.fetchText(`SM${'f'.repeat(32)}`)).toBeNull();
    const stranger = createTwilioMessaging({ ...rig.config, authToken: 'wrong' });
    await expect(stranger.fetchText(`SM${'f'.repeat(32)}`)).rejects.toBeInstanceOf(CarrierMisconfigured);
  });
});

describe('replies', () => {
  it('arrive signed, minutes later, and a STOP makes the carrier refuse that pair with 21610', async () => {
    const to = leadWhere(
      (p) => p.kind === 'replies_stop' && p.lineType === 'mobile' && p.repliesToAttempts[0] === 1,
    );
    await rig.text(to);
    await rig.runUntil(rig.after(2 * hour));
    const inbound = rig.webhooks.received.find(({ path }) => path === '/webhooks/twilio/sms');
    expect(inbound).toMatchObject({
      signed: true,
      params: { From: to, To: ourNumber, NumMedia: '0', FromState: '' },
    });
    const [reply] = rig.ledger.replies;
    expect(reply).toMatchObject({ from: to, optOut: true });
    expect(reply?.deliveredAt).not.toBeNull();

    expect(await rig.text(to, 'Are you sure?')).toMatchObject({ outcome: 'rejected', errorCode: '21610' });
    expect(rig.ledger.texts).toHaveLength(1);
    expect(rig.ledger.refusals).toMatchObject([{ to, code: 21610, body: 'Are you sure?' }]);
  });

  it('can be written by hand, and START lifts the stop', async () => {
    const from = mobile('ignores');
    const write = (body: string) =>
      rig.simulator.app.request('/_simulator/inbound', {
        method: 'POST',
        body: JSON.stringify({ from, to: ourNumber, body }),
      });
    expect((await write(' Stop. ')).status).toBe(201);
    expect(await rig.text(from)).toMatchObject({ outcome: 'rejected' });
    expect((await write('start')).status).toBe(201);
    expect(await rig.text(from)).toMatchObject({ outcome: 'accepted' });
    expect((await write('')).status).toBe(400);
    expect(
      (await rig.simulator.app.request('/_simulator/inbound', { method: 'POST', body: 'x' })).status,
    ).toBe(400);
    expect(rig.webhooks.received.map(({ params }) => params.Body)).toEqual([' Stop. ', 'start']);

    const listed = await createTwilioClient(rig.config).messages.list({ from, to: ourNumber });
    expect(listed.map(({ body, direction, status }) => [body, direction, status])).toEqual([
      [' Stop. ', 'inbound', 'received'],
      ['start', 'inbound', 'received'],
    ]);
    const [first] = rig.ledger.replies;
    expect(await rig.messaging.fetchText(first?.sid ?? '')).toMatchObject({
      direction: 'inbound',
      status: 'received',
    });
  });
});

describe('calls through the real client', () => {
  it('ring, are picked up by a person, hear the TwiML, and end with a duration', async () => {
    const to = leadWhere((persona) => persona.kind === 'answers' && persona.picksUpFromAttempt === 1);
    const result = await rig.call(to);
    if (result.outcome !== 'accepted') throw new Error('the call was refused');
    expect(result.call).toMatchObject({ to, from: ourNumber, status: 'queued', answeredBy: null });

    await rig.runUntil(rig.after(hour));
    const callbacks = rig.webhooks.received.filter(({ path }) => path.endsWith('voice-status'));
    expect(callbacks.map(({ params }) => params.CallStatus)).toEqual([
      'initiated',
      'ringing',
      'in-progress',
      'completed',
    ]);
    expect(callbacks.map(({ params }) => params.SequenceNumber)).toEqual(['0', '1', '2', '3']);
    expect(rig.webhooks.received.every(({ signed }) => signed)).toBe(true);
    const voice = rig.webhooks.received.find(({ path }) => path.endsWith('/voice'));
    expect(['human', 'unknown']).toContain(voice?.params.AnsweredBy);
    expect(callbacks.at(-1)?.params.AnsweredBy).toBe(voice?.params.AnsweredBy);

    const call = await rig.voice.fetchCall(result.call.sid);
    expect(call).toMatchObject({ status: 'completed', answeredBy: voice?.params.AnsweredBy });
    expect(String(call?.durationSeconds)).toBe(callbacks.at(-1)?.params.CallDuration);
    expect(call?.durationSeconds).toBeGreaterThan(10);
    expect(call?.priceCents).toBeGreaterThan(0);
    expect(rig.ledger.calls[0]?.spoken).toEqual(['Hello & welcome']);
  });

  it('meet a machine at a voicemail, and ring out at somebody who ignores them', async () => {
    const machine = leadWhere((p) => p.kind === 'voicemail' && p.picksUpFromAttempt === null);
    await rig.call(machine);
    await rig.runUntil(rig.after(hour));
    const [found] = await rig.voice.listCalls({
      to: machine,
      from: ourNumber,
      since: rig.startAt,
      until: rig.after(1),
    });
    expect(found).toMatchObject({ status: 'completed', answeredBy: 'machine_start' });

    const busy = leadWhere((p) => p.kind === 'busy');
    await rig.call(busy);
    await rig.runUntil(rig.after(2 * hour));
    expect(rig.ledger.calls.at(-1)).toMatchObject({
      to: busy,
      status: 'busy',
      durationSeconds: 0,
      spoken: [],
    });
  });

  it('ring no longer than the caller asked', async () => {
    const to = leadWhere((persona) => persona.kind === 'answers' && persona.picksUpFromAttempt === 1);
    await rig.call(to, 1);
    await rig.runUntil(rig.after(hour));
    expect(rig.ledger.calls[0]?.status).toBe('no-answer');
  });

  it('are refused as values when the number is impossible, and null when unknown', async () => {
    expect(await rig.call('+15')).toMatchObject({ outcome: 'rejected', errorCode: '21211' });
    expect(await rig.voice.fetchCall(`CA${'f'.repeat(32)}`)).toBeNull();
    expect(await rig.lookup.lookupNumber('+15')).toEqual({ valid: false, lineType: null });
  });
});

it('shows its ledger and sums it up', async () => {
  await rig.text(mobile('ignores'));
  await rig.call(mobile('busy'));
  await rig.runUntil(rig.after(hour));
  const read = async (name: string) => (await rig.simulator.app.request(`/_simulator/${name}`)).json();
  expect(await read('summary')).toMatchObject({
    texts: { accepted: 1, byStatus: { delivered: 1 } },
    calls: { accepted: 1, byStatus: { busy: 1 } },
    callbacks: { byResult: { delivered: 5 } },
  });
  expect((await read('messages')).texts[0].statuses).toHaveLength(3);
  expect((await read('calls')).calls).toHaveLength(1);
  expect((await read('callbacks')).callbacks).toHaveLength(5);
});
