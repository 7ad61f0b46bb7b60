import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '#db/passwords.ts';
import { organizationUsers } from '#db/schema/organizations.ts';
import { users } from '#db/schema/platform.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi, publicUrl } from '../testing/test-api.ts';
import type { TestApi } from '../testing/test-api.ts';

const email = 'ada@example.com';
const password = 'correct horse battery';

let db: TestDatabase;
let api: TestApi;
let organizationId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: createRecordingTemporal().client });
  ({ organizationId } = await mintOrganization(db.database));
  const userId = randomUUID();
  await db.database.platform
    .insert(users)
    .values({ id: userId, email, name: 'Ada', passwordHash: await hashPassword(password) });
  await withOrganization(db.database, systemScope(organizationId), (tx) =>
    tx.insert(organizationUsers).values({ organizationId, userId, role: 'manager' }),
  );
});
afterAll(async () => {
  await api.stop();
  await db.close();
});

const signIn = (json: object, headers = {}) => api.call('/v1/session', { method: 'POST', json, headers });
const cookieOf = (answer: { headers: Headers }) => answer.headers.get('set-cookie')!.split(';')[0]!;

test('signing in opens a session of fourteen days in a cookie that scripts cannot read', async () => {
  const answer = await signIn({ email: ' ADA@example.com', password });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    user: { id: expect.any(String), name: 'Ada', email },
    organization: { id: organizationId, name: 'Test', slug: `test-${organizationId}` },
    role: 'manager',
  });
  const cookie = answer.headers.get('set-cookie')!;
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Max-Age=1209600', 'Path=/'])
    expect(cookie).toContain(part);

  const again = await api.call('/v1/session', { headers: { cookie: cookieOf(answer) } });
  expect([again.status, again.body]).toEqual([200, answer.body]);

  const token = cookieOf(answer).split('=')[1]!;
  const rows = await db.asOwner<{ token_hash: string }>('select token_hash from platform.sessions');
  expect(rows.map((row) => row.token_hash)).not.toContain(token);
});

test('signing out closes the session for good', async () => {
  const cookie = cookieOf(await signIn({ email, password }));
  expect((await api.call('/v1/session', { method: 'DELETE', headers: { cookie } })).status).toBe(204);
  expect((await api.call('/v1/session', { headers: { cookie } })).status).toBe(401);
});

test('a session that has run out is none', async () => {
  const cookie = cookieOf(await signIn({ email, password }));
  await db.asOwner("update platform.sessions set expires_at = now() - interval '1 second'");
  expect((await api.call('/v1/session', { headers: { cookie } })).status).toBe(401);
});

test('a wrong password and an unknown person look the same, and the tenth failure blocks the account', async () => {
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const { status, body } = await signIn({ email: 'eve@example.com', password: 'x' });
    expect([status, body.code]).toEqual([401, 'WRONG_CREDENTIALS']);
  }
  const blocked = await signIn({ email: 'eve@example.com', password: 'x' });
  expect([blocked.status, blocked.body.code]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
  expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(800);
  expect((await signIn({ email, password: 'wrong' })).status).toBe(401);
  expect((await signIn({ email, password })).status).toBe(201);
});

describe('a change by cookie must come from our own pages', () => {
  test.each([
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 201],
    ['our own page, told by its origin', { origin: publicUrl }, 201],
    ['this host under another name than the public one', { origin: 'http://localhost' }, 201],
    ['a program', {}, 201],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }, 403],
    ['another origin', { origin: 'https://evil.example.com' }, 403],
    ['no origin', { origin: 'null' }, 403],
    ['a plain form', { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' }, 403],
  ])('%s: %j', async (_who, headers, status) => {
    const cookie = cookieOf(await signIn({ email, password }));
    const json = { name: `Campaign ${randomUUID()}` };
    const answer = await api.call('/v1/campaigns', { method: 'POST', json, headers: { cookie, ...headers } });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe('CROSS_SITE_REQUEST');
  });
});

describe('an API key', () => {
  test('stands for its organisation', async () => {
    const call = await api.as(organizationId, 'agent');
    expect((await call('/v1/session')).body).toMatchObject({
      user: null,
      role: 'agent',
      organization: { id: organizationId },
    });
  });

  test.each(['', 'Bearer ', 'Bearer lw_wrong', `Bearer lw_${'a'.repeat(43)}`, 'Basic eDp5'])(
    '%j is none',
    async (authorization) => {
      const { status, body, headers } = await api.call('/v1/leads', { headers: { authorization } });
      expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED']);
      expect(headers.get('content-type')).toBe('application/problem+json');
    },
  );
});

describe('roles', () => {
  const lead = { phone: '504-621-8927' };
  test.each([
    ['viewer', 'GET', '/v1/leads', undefined, 200],
    ['viewer', 'POST', '/v1/journey-definitions/validate', { definition: { start: 'a', steps: [] } }, 403],
    ['agent', 'PUT', '/v1/leads/by-external-id/x', lead, 403],
    ['agent', 'POST', '/v1/campaigns', { name: 'Agents' }, 403],
    ['manager', 'PUT', '/v1/leads/by-external-id/x', lead, 201],
    ['owner', 'POST', '/v1/campaigns', { name: 'Owners' }, 201],
  ] as const)('%s: %s %s', async (role, method, path, json, status) => {
    const call = await api.as(organizationId, role);
    const answer = await call(path, { method, json });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe('FORBIDDEN');
  });
});
