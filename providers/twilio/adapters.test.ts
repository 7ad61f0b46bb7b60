import { type AddressInfo } from 'node:net';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CarrierMisconfigured, CarrierOutcomeUnknown, CarrierUnavailable } from '../faults.ts';
import type { TwilioConfig } from './client.ts';
import { createTwilioLookup } from './lookup.ts';
import { createTwilioMessaging } from './messaging.ts';
import { createTwilioVoice } from './voice.ts';

/** A carrier that answers whatever a test says, to see what the real client and our mapping make of it. */
type Answer = { status: number; headers?: Record<string, string>; body: string };
const phone = '+14155550123';
const secretBody = 'the words of a text';
let answer: Answer;
let asked: { method?: string; url?: string; form: URLSearchParams };
let server: Server;
let config: TwilioConfig;

beforeAll(async () => {
  server = createServer((request, response) => {
    void readAll(request).then((text) => {
      asked = { method: request.method, url: request.url, form: new URLSearchParams(text) };
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/edge/`;
  config = { accountSid: `AC${'a'.repeat(32)}`, authToken: 'the-secret-token', baseUrl, timeoutMs: 2_000 };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const errorBody = (code: number, status: number) =>
  JSON.stringify({
    code,
    status,
    message: `About ${phone}: ${secretBody}`,
    more_info: 'https://example.com',
  });

const sendText = () =>
  createTwilioMessaging(config).sendText({
    to: phone,
    from: '+12065550100',
    body: secretBody,
    statusCallbackUrl: 'https://leadway.example/webhooks/twilio/sms-status?touch=1',
  });

const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );

describe('what an answer to a new text amounts to', () => {
  it.each<[string, Answer, new (...args: never[]) => Error]>([
    ['wrong token', { status: 401, body: errorBody(20003, 401) }, CarrierMisconfigured],
    ['forbidden', { status: 403, body: errorBody(20003, 403) }, CarrierMisconfigured],
    ['suspended account', { status: 401, body: errorBody(20005, 401) }, CarrierMisconfigured],
    ['no such account', { status: 404, body: errorBody(20404, 404) }, CarrierMisconfigured],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://x.example/' }, body: '' },
      CarrierMisconfigured,
    ],
    ['too many requests', { status: 429, body: errorBody(20429, 429) }, CarrierUnavailable],
    ['come back later', { status: 503, headers: { 'retry-after': '7' }, body: '' }, CarrierUnavailable],
    ['a bare 503', { status: 503, body: '<html>' }, CarrierOutcomeUnknown],
    ['a 500', { status: 500, body: errorBody(20500, 500) }, CarrierOutcomeUnknown],
    ['a proxy error', { status: 502, body: '<html>Bad gateway</html>' }, CarrierOutcomeUnknown],
    ['success that is no JSON', { status: 201, body: `<html>${phone}` }, CarrierOutcomeUnknown],
    ['success without a sid', { status: 201, body: '{}' }, CarrierOutcomeUnknown],
    ['success without a body', { status: 201, body: '' }, CarrierOutcomeUnknown],
  ])('%s', async (_name, given, expected) => {
    answer = { ...given, headers: { 'content-type': 'application/json', ...given.headers } };
    const error = await thrownBy(sendText());
    expect(error).toBeInstanceOf(expected);
    const everything = inspect(error, { depth: Infinity, showHidden: true });
    expect(everything).not.toContain(phone.slice(1));
    expect(everything).not.toContain(secretBody);
    expect(everything).not.toContain(config.authToken);
  });

  it.each([
    [400, 21211],
    [400, 21610],
    [400, 21614],
    [400, 21408],
    [403, 21610],
    [400, 30034],
  ])('HTTP %i with code %i is a refusal: a value that quotes nothing', async (status, code) => {
    answer = { status, body: errorBody(code, status) };
    const result = await sendText();
    expect(result).toMatchObject({ outcome: 'rejected', errorCode: String(code) });
    expect(JSON.stringify(result)).not.toContain(phone.slice(1));
  });

  it('a refusal without a code says its HTTP status', async () => {
    answer = { status: 400, body: 'no' };
    expect(await sendText()).toMatchObject({ outcome: 'rejected', errorCode: 'HTTP_400' });
  });

  it('says how long to wait: seconds, a date, or nothing', async () => {
    const waitAfter = async (headers: Record<string, string>) => {
      answer = { status: 429, headers, body: '' };
      return ((await thrownBy(sendText())) as CarrierUnavailable).retryAfterMs;
    };
    expect(await waitAfter({ 'retry-after': '12' })).toBe(12_000);
    expect(await waitAfter({})).toBeNull();
    const soon = await waitAfter({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() });
    expect(soon).toBeGreaterThan(50_000);
    expect(await waitAfter({ 'retry-after': 'Fri, 01 Jan 2021 00:00:00 GMT' })).toBe(0);
  });
});

it('a request that only reads can be repeated after any fault', async () => {
  const messaging = createTwilioMessaging(config);
  const window = { to: phone, from: '+12065550100', since: new Date(0), until: new Date() };
  for (const status of [500, 502, 503]) {
    answer = { status, body: '' };
    expect(await thrownBy(messaging.fetchText('SM1'))).toBeInstanceOf(CarrierUnavailable);
    expect(await thrownBy(messaging.listTexts(window))).toBeInstanceOf(CarrierUnavailable);
  }
  answer = { status: 400, body: errorBody(20001, 400) };
  expect(await thrownBy(messaging.listTexts(window))).toBeInstanceOf(CarrierMisconfigured);
  answer = { status: 404, body: errorBody(20404, 404) };
  expect(await messaging.fetchText('SM1')).toBeNull();
});

it('a list too long to reach back proves no absence', async () => {
  const message = { sid: 'SM1', date_created: 'Mon, 02 Mar 2026 17:00:00 +0000', direction: 'outbound-api' };
  answer = {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: Array.from({ length: 1_000 }, () => message) }),
  };
  const list = (since: string) =>
    createTwilioMessaging(config).listTexts({
      to: phone,
      from: '+12065550100',
      since: new Date(since),
      until: new Date('2026-03-03'),
    });
  expect(await thrownBy(list('2026-03-02'))).toBeInstanceOf(CarrierOutcomeUnknown);
  expect(await list('2026-03-02T18:00:00Z')).toEqual([]);
});

it('a call is asked for with detection, every status, and the ring limit, under the configured base', async () => {
  answer = { status: 400, body: errorBody(21217, 400) };
  await createTwilioVoice(config).placeCall({
    to: phone,
    from: '+12065550100',
    voiceUrl: 'https://leadway.example/voice',
    statusCallbackUrl: 'https://leadway.example/status',
    ringSeconds: 25,
  });
  expect(asked.url).toBe(`/edge/2010-04-01/Accounts/${config.accountSid}/Calls.json`);
  expect(Object.fromEntries(asked.form)).toMatchObject({
    MachineDetection: 'Enable',
    Timeout: '25',
    Url: 'https://leadway.example/voice',
    StatusCallback: 'https://leadway.example/status',
  });
  expect(asked.form.getAll('StatusCallbackEvent')).toEqual(['initiated', 'ringing', 'answered', 'completed']);
});

it('a look-up tells the line type, or that it is not known', async () => {
  const lookUp = async (valid: boolean, type: string | null) => {
    answer = { status: 200, body: JSON.stringify({ valid, line_type_intelligence: type && { type } }) };
    return createTwilioLookup(config).lookupNumber(phone);
  };
  expect(await lookUp(true, 'mobile')).toEqual({ valid: true, lineType: 'mobile' });
  expect(await lookUp(true, 'nonFixedVoip')).toEqual({ valid: true, lineType: 'voip' });
  expect(await lookUp(true, 'pager')).toEqual({ valid: true, lineType: 'other' });
  expect(await lookUp(true, 'unknown')).toEqual({ valid: true, lineType: null });
  expect(await lookUp(true, null)).toEqual({ valid: true, lineType: null });
  expect(await lookUp(false, null)).toEqual({ valid: false, lineType: null });
  expect(asked).toMatchObject({
    method: 'GET',
    url: `/edge/v2/PhoneNumbers/${phone}?Fields=line_type_intelligence`,
  });
  answer = { status: 404, body: errorBody(20404, 404) };
  expect(await createTwilioLookup(config).lookupNumber('+1')).toEqual({ valid: false, lineType: null });
});
