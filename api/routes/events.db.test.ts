import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintOrganization } from '#db/testing/factories.ts';
import { createTestServer } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let me: Caller;
let key: string;

beforeAll(async () => {
  db = await createTestServer({ poolSize: 10 });
  api = createTestApi({ database: db.database, temporal: createRecordingTemporal().client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  ({ organizationId } = await mintOrganization(db.database));
  me = await api.as(organizationId);
});

const happen = (type: string, organization = organizationId) =>
  withOrganization(db.database, systemScope(organization), (tx) =>
    tx.execute(
      sql`insert into events (organization_id, type, data) values (${organization}, ${type}, '{"a": 1}')`,
    ),
  );
const typesOf = (answer: { body: any }) => answer.body.items.map(({ type }: any) => type);

describe('the feed', () => {
  test('is read from its beginning to its end and on from there', async () => {
    for (const type of ['a.1', 'b.1', 'a.2']) await happen(type);
    const first = await me('/v1/events?limit=2');
    expect(typesOf(first)).toEqual(['a.1', 'b.1']);
    expect(first.body.items[0]).toMatchObject({
      data: { a: 1 },
      leadId: null,
      cursor: expect.stringMatching(/^\d+-\d+$/),
    });
    const second = await me(`/v1/events?limit=2&after=${first.body.nextCursor}`);
    expect(typesOf(second)).toEqual(['a.2']);
    const end = await me(`/v1/events?after=${second.body.nextCursor}`);
    expect(end.body).toEqual({ items: [], nextCursor: second.body.nextCursor });
    await happen('c.1');
    expect(typesOf(await me(`/v1/events?after=${end.body.nextCursor}`))).toEqual(['c.1']);
  });

  test('is narrowed to types', async () => {
    for (const type of ['a.1', 'b.1', 'a.2']) await happen(type);
    expect(typesOf(await me('/v1/events?types=a.1,%20a.2,'))).toEqual(['a.1', 'a.2']);
  });

  test('an empty feed has no cursor, and one that is none is refused', async () => {
    expect((await me('/v1/events')).body).toEqual({ items: [], nextCursor: null });
    for (const after of ['x', '1', '1-x', '99999999999999999999-1']) {
      expect((await me(`/v1/events?after=${after}`)).body).toMatchObject({
        status: 422,
        code: 'BAD_CURSOR',
        field: 'after',
      });
    }
  });

  test('a slow transaction’s change is never passed over', async () => {
    await happen('before');
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    let inserted!: () => void;
    const slowInserted = new Promise<void>((resolve) => (inserted = resolve));
    const slow = withOrganization(db.database, systemScope(organizationId), async (tx) => {
      await tx.execute(sql`insert into events (organization_id, type) values (${organizationId}, 'slow')`);
      inserted();
      await held;
    });
    await slowInserted;
    await happen('fast');
    const meanwhile = await me('/v1/events');
    expect(typesOf(meanwhile)).toEqual(['before']);
    release();
    await slow;
    expect(typesOf(await me(`/v1/events?after=${meanwhile.body.nextCursor}`))).toEqual(['slow', 'fast']);
  });
});

describe('the stream', () => {
  /** Follows the stream in this process until it is told to stop. */
  async function follow(headers: Record<string, string> = {}) {
    const gone = new AbortController();
    const { newApiKey, hashApiKey } = await import('#db/api-keys.ts');
    const { apiKeys } = await import('#db/schema/platform.ts');
    key = newApiKey();
    await db.database.platform
      .insert(apiKeys)
      .values({ keyHash: hashApiKey(key), organizationId, name: 'stream', role: 'viewer' });
    const request = new Request('http://localhost/v1/events/stream', {
      headers: { authorization: `Bearer ${key}`, ...headers },
      signal: gone.signal,
    });
    const response = await api.app.request(request);
    const events: { id: string; type: string }[] = [];
    let text = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      try {
        for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
          text += decoder.decode(chunk, { stream: true });
          const parts = text.split('\n\n');
          text = parts.pop()!;
          for (const part of parts.filter((one) => one.startsWith('event: change'))) {
            const data = JSON.parse(/^data: (.*)$/m.exec(part)![1]!);
            expect(/^id: (.*)$/m.exec(part)![1]).toBe(data.cursor);
            events.push({ id: data.cursor, type: data.type });
          }
        }
      } catch {
        // The reader went away.
      }
    })();
    const until = async (count: number) => {
      const deadline = Date.now() + 5_000;
      while (events.length < count && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 10));
      return events.map(({ type }) => type);
    };
    return { response, events, until, reading, stop: () => gone.abort() };
  }

  const openStreams = async () =>
    /leadway_event_streams_open (\d+)/.exec((await api.call('/metrics')).text)![1];

  test('tells what happens from now on, soon, and only to its organisation', async () => {
    await happen('earlier');
    const stream = await follow();
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    const other = await mintOrganization(db.database);
    await happen('theirs', other.organizationId);
    const began = performance.now();
    await happen('one');
    expect(await stream.until(1)).toEqual(['one']);
    expect(performance.now() - began).toBeLessThan(1_500);
    await Promise.all([happen('two'), happen('three')]);
    expect((await stream.until(3)).toSorted()).toEqual(['one', 'three', 'two']);
    stream.stop();
    await stream.reading;
  });

  test('goes on after the last event that was seen', async () => {
    const first = await follow();
    await happen('one');
    await first.until(1);
    first.stop();
    await first.reading;
    await happen('two');
    const second = await follow({ 'last-event-id': first.events[0]!.id });
    expect(await second.until(1)).toEqual(['two']);
    second.stop();
    await second.reading;
  });

  test('leaves nothing behind when its reader goes away', async () => {
    const stream = await follow();
    await happen('one');
    await stream.until(1);
    expect(await openStreams()).toBe('1');
    stream.stop();
    await stream.reading;
    const deadline = Date.now() + 5_000;
    while ((await openStreams()) !== '0' && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await openStreams()).toBe('0');
  });

  test('survives the loss of its listening connection', async () => {
    const stream = await follow();
    await happen('one');
    await stream.until(1);
    await db.asOwner(
      "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()",
    );
    await happen('two');
    expect(await stream.until(2)).toEqual(['one', 'two']);
    stream.stop();
    await stream.reading;
  });

  test('a bad Last-Event-ID is refused before anything is streamed', async () => {
    const { body } = await me('/v1/events/stream', { headers: { 'last-event-id': 'nonsense' } });
    expect(body).toMatchObject({ status: 422, code: 'BAD_CURSOR' });
  });
});
