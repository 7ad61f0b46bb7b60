import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/database.ts';
import { mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi, upload } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let me: Caller;

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: temporal.client });
  const { organizationId } = await mintOrganization(db.database);
  me = await api.as(organizationId);
});
afterAll(async () => {
  await api.stop();
  await db.close();
});

describe('every refusal is a problem document with a stable code and the request id', () => {
  test.each([
    ['an unknown route', 'GET', '/v1/nothing', undefined, 404, 'ROUTE_NOT_FOUND'],
    ['an unknown webhook', 'POST', '/webhooks/nobody', undefined, 404, 'ROUTE_NOT_FOUND'],
    ['a bad cursor', 'GET', '/v1/leads?cursor=nonsense', undefined, 422, 'BAD_CURSOR'],
    ['a cursor of another list', 'GET', '/v1/leads?cursor=NQ', undefined, 422, 'BAD_CURSOR'],
    ['a limit out of range', 'GET', '/v1/leads?limit=201', undefined, 422, 'VALIDATION_FAILED'],
    ['an id that is none', 'GET', '/v1/leads/42', undefined, 422, 'VALIDATION_FAILED'],
    ['a missing field', 'POST', '/v1/campaigns', {}, 422, 'VALIDATION_FAILED'],
  ])('%s', async (_what, method, path, json, status, code) => {
    const answer = await me(path, { method, json, headers: { 'x-request-id': 'request-0001' } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'about:blank',
      status,
      code,
      title: expect.any(String),
      requestId: 'request-0001',
    });
    expect(answer.status).toBe(status);
  });

  test('every fault of the input at once, by field', async () => {
    const { body } = await me('/v1/campaigns', {
      method: 'POST',
      json: { name: '', settings: { recentSmsHours: -1 } },
    });
    expect(body.errors.map(({ field }: any) => field)).toEqual(['name', 'settings.recentSmsHours']);
    const cursor = await me('/v1/journeys?cursor=x');
    expect(cursor.body.field).toBe('cursor');
  });

  test('JSON that is none, another kind of body, a body that is too large', async () => {
    const post = (body: BodyInit, type: string) =>
      me('/v1/campaigns', { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('{', 'application/json')).body).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect((await post('name=x', 'application/x-www-form-urlencoded')).body).toMatchObject({
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
    const large = JSON.stringify({ name: 'x'.repeat(2 * 1024 * 1024) });
    expect((await post(large, 'application/json')).body).toMatchObject({
      status: 413,
      code: 'BODY_TOO_LARGE',
    });
  });
});

test('a request id that could break a log line is replaced', async () => {
  const { headers } = await me('/v1/leads', { headers: { 'x-request-id': 'two words' } });
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('no other origin may read our answers, frame us or run scripts here', async () => {
  const { headers } = await me('/v1/leads', { headers: { origin: 'https://other.example.com' } });
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).toContain('max-age=');
});

test('the log names routes and codes, and nothing of a person', async () => {
  await me(
    '/v1/imports',
    upload('first_name,last_name,phone,email\nGrace,Hopperia,504-621-8999,grace@navy.example\n'),
  );
  await me('/v1/leads?search=Hopperia');
  await me('/v1/leads?search=5046218999&cursor=x');
  await me('/v1/leads/by-external-id/secret-77', {
    method: 'PUT',
    json: { phone: '504 621 8999 77', email: 'g@h.i' },
  });
  const lines = api.logs.join('');
  expect(lines).toContain('/v1/leads/by-external-id/:externalId');
  for (const secret of ['Hopperia', '8999', 'navy', 'secret-77', 'g@h.i', 'lw_'])
    expect(lines).not.toContain(secret);
});

describe('while something is down', () => {
  test('the database: 503 at once, with when to come back, and readiness names it', async () => {
    const database = openDatabase({ url: 'postgres://nobody:x@127.0.0.1:1/nowhere' });
    const lost = createTestApi({ database, temporal: temporal.client });
    const began = performance.now();
    const answer = await lost.call('/v1/leads', {
      headers: { authorization: `Bearer lw_${'a'.repeat(43)}` },
    });
    expect(answer.body).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(performance.now() - began).toBeLessThan(2_000);
    const ready = await lost.call('/readyz');
    expect([ready.status, ready.body]).toEqual([
      503,
      { ready: false, checks: { database: 'down', temporal: 'up' } },
    ]);
    expect((await lost.call('/healthz')).status).toBe(200);
    await lost.stop();
    await database.close();
  });

  test('every connection: people hear of it soon, the carrier is served when one is free', async () => {
    const { pool } = db.database;
    const { max } = pool.options;
    const held = await Promise.all(Array.from({ length: max }, () => pool.connect()));
    const began = performance.now();
    const text = { MessageSid: 'SM1', From: '+12025550100', To: '+12025550199', Body: 'Hello' };
    const [read, webhook] = await Promise.all([
      me('/v1/leads').finally(() => {
        // The pool itself would give up after five seconds; a busy machine is late with everything.
        expect(performance.now() - began).toBeLessThan(4_000);
        for (const client of held) client.release();
      }),
      api.webhook('/webhooks/twilio/sms', text),
    ]);
    expect(read.body).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect(read.headers.get('retry-after')).toBe('1');
    expect(webhook.body).toMatchObject({ code: 'UNKNOWN_NUMBER' });
  });

  test('Temporal: readiness names it', async () => {
    temporal.state.down = true;
    const ready = await api.call('/readyz');
    temporal.state.down = false;
    expect([ready.status, ready.body]).toEqual([
      503,
      { ready: false, checks: { database: 'up', temporal: 'down' } },
    ]);
    expect((await api.call('/readyz')).status).toBe(200);
  });
});

test('metrics count requests by route template', async () => {
  await me('/v1/leads/00000000-0000-4000-8000-000000000000');
  const { text, headers } = await api.call('/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  expect(text).toMatch(
    /leadway_http_request_duration_seconds_count\{method="GET",route="\/v1\/leads\/:id",status="404"\} 1/,
  );
  expect(text).toContain('leadway_inbox_backlog');
});
