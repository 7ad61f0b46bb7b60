import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashApiKey, newApiKey } from '#db/api-keys.ts';
import { apiKeys } from '#db/schema/platform.ts';
import { mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { startApi } from './serve.ts';
import { createRecordingTemporal } from './testing/recording-temporal.ts';
import { testEnvironment } from './testing/test-api.ts';

let db: TestDatabase;
const temporal = createRecordingTemporal().client;
const logger = pino({ level: 'silent' });

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function start() {
  const env = { ...testEnvironment, PORT: String(await freePort()) };
  return startApi(env, { database: db.database, temporal, logger });
}

test('serves over the network, and leaves within a second although a stream is being followed', async () => {
  const api = await start();
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  const { organizationId } = await mintOrganization(db.database);
  const key = newApiKey();
  await db.database.platform
    .insert(apiKeys)
    .values({ keyHash: hashApiKey(key), organizationId, name: 'k', role: 'owner' });
  const stream = await fetch(`${api.url}/v1/events/stream`, { headers: { authorization: `Bearer ${key}` } });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const read = stream.text();
  const began = performance.now();
  await api.close();
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(await read).toContain(': connected');
  await expect(fetch(`${api.url}/healthz`)).rejects.toThrow();
  // The connections that were given are still open.
  expect((await db.database.pool.query('select 1')).rowCount).toBe(1);
});

test('an idle connection outlives the minute after which load balancers give theirs up', async () => {
  const api = await start();
  const { headers } = await fetch(`${api.url}/healthz`);
  expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60);
  await api.close();
});

test('a connection outlives a body that was too large: whatever is asked over it next is answered', async () => {
  const api = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  const ask = (path: string, body: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(
        `${api.url}${path}`,
        { agent, method: 'POST', headers: { 'content-length': body.length } },
        (response) => {
          response.resume().on('end', () => resolve(response.statusCode));
        },
      );
      asked.on('socket', (socket) => sockets.add(socket)).on('error', reject);
      // The answer comes before the rest of a long body.
      asked.write(body.slice(0, 60_000));
      setTimeout(() => asked.end(body.slice(60_000)), 50);
    });
  expect(await ask('/webhooks/twilio/sms', 'x'.repeat(3_000_000))).toBe(413);
  // As long as whoever cleans up after a request gives an unread body.
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(await ask('/webhooks/twilio/sms', 'x')).toBe(403);
  expect(sockets.size).toBe(1);
  agent.destroy();
  await api.close();
});

test('a request in hand is finished before the process leaves', async () => {
  const api = await start();
  // Holds the request until the row is free again.
  const { organizationId } = await mintOrganization(db.database);
  const key = newApiKey();
  await db.database.platform
    .insert(apiKeys)
    .values({ keyHash: hashApiKey(key), organizationId, name: 'k', role: 'owner' });
  const answer = fetch(`${api.url}/v1/campaigns`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Autumn' }),
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  const closed = api.close();
  expect((await answer).status).toBe(201);
  await closed;
});

test('a port that is taken is told by its variable', async () => {
  const api = await start();
  const env = { ...testEnvironment, PORT: new URL(api.url).port };
  await expect(startApi(env, { database: db.database, temporal, logger })).rejects.toThrow(
    /^PORT: \d+ is taken/,
  );
  await api.close();
});
