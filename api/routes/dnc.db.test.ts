import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintOrganization, mintPhone } from '#db/testing/factories.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { importDncNumbers } from '../dnc/import-numbers.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let admin: Caller;

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: createRecordingTemporal().client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  ({ organizationId } = await mintOrganization(db.database));
  admin = await api.as(organizationId);
});

const today = new Date().toISOString().slice(0, 10);
const load = (body: BodyInit, query: string, as = admin) =>
  as(`/v1/dnc/imports?${query}`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body });
const rows = () =>
  db.asOwner<{ list: string; phone: string }>(
    'select list, phone, created_at, xmin::text from dnc_entries where organization_id = $1 order by list, phone',
    [organizationId],
  );
const phones = async () => (await rows()).map(({ list, phone }) => `${list} ${phone}`);
const listed = async (name: string) =>
  (await admin('/v1/dnc/lists')).body.items.find(({ list }: { list: string }) => list === name);

describe('single entries', () => {
  test('are put on a list once, found by number and by list, and only the own ones taken off', async () => {
    const phone = mintPhone();
    const add = (json: object, as = admin) => as('/v1/dnc', { method: 'POST', json });
    const first = await add({ phone, reason: 'asked on the phone' });
    expect([first.status, first.body.list]).toEqual([201, 'own']);
    expect((await add({ phone, reason: 'again' })).body).toEqual(first.body);
    expect((await add({ phone, list: 'tx' })).body.list).toBe('TX');
    expect((await add({ phone, list: 'nowhere' })).status).toBe(422);
    expect((await add({ phone }, await api.as(organizationId, 'agent'))).status).toBe(403);

    const found = (query: string) => admin(`/v1/dnc?${query}`);
    const byNumber = (await found(`phone=${encodeURIComponent(phone)}&limit=1`)).body;
    expect(byNumber.items).toMatchObject([{ list: 'TX' }]);
    expect(
      (await found(`phone=${encodeURIComponent(phone)}&cursor=${byNumber.nextCursor}`)).body,
    ).toMatchObject({
      items: [{ list: 'own', reason: 'asked on the phone' }],
      nextCursor: null,
    });
    expect((await found('list=own')).body.items).toHaveLength(1);
    expect((await found('cursor=nonsense')).body.code).toBe('BAD_CURSOR');

    const off = (list: string, as = admin) =>
      as(`/v1/dnc/${list}/${encodeURIComponent(phone)}`, { method: 'DELETE' });
    expect((await off('own', await api.as(organizationId, 'manager'))).status).toBe(403);
    expect((await off('TX')).body.code).toBe('NOT_OWN_LIST');
    expect((await off('own')).status).toBe(204);
    expect((await off('own')).body.code).toBe('DNC_ENTRY_NOT_FOUND');
    expect(await phones()).toEqual([`TX ${phone}`]);
  });
});

describe('a file', () => {
  test('is loaded whole, as the registry writes it or as a sheet; loading it again changes nothing', async () => {
    const file = 'Area,Phone\n504,6218927\r\n\n"(504) 621-8928"\r504.621.8929\n5046218929\n';
    const query = `list=national&scrubbedOn=${today}`;
    // The header names its second column, and the lines are read from there on.
    expect((await load(file.replace('Area,Phone', 'Phone'), query)).body).toEqual({
      list: 'national',
      lines: 4,
      added: 3,
      removed: 0,
    });
    const before = await rows();
    const again = await load(file.replace('Area,Phone', 'Phone'), query);
    expect([again.status, again.body.added]).toEqual([201, 0]);
    expect(await rows()).toEqual(before);
    expect(await listed('national')).toEqual({
      list: 'national',
      entries: 3,
      scrubbedOn: today,
      ageDays: 0,
      warning: null,
    });
    // An older copy is loaded, and does not make the list older than it is.
    await load('5046218930', 'list=national&scrubbedOn=2026-01-01');
    expect(await listed('national')).toMatchObject({ scrubbedOn: today, entries: 4 });
  });

  test('with a line that is no number changes nothing, and every such line is named', async () => {
    await load('5046218927', `list=national&scrubbedOn=${today}`);
    const many = Array.from({ length: 6_000 }, (_, index) => `504621${1_000 + index}`);
    many[4_000] = 'nobody';
    many[5_999] = '12';
    const { status, body } = await load(many.join('\n'), `list=national&scrubbedOn=${today}&replaces=true`);
    expect([status, body.code, body.broken, body.lines]).toEqual([422, 'BROKEN_LINES', 2, 6_000]);
    expect(body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`)).toEqual(
      ['line 4001 INVALID_PHONE', 'line 6000 INVALID_PHONE'],
    );
    expect(await phones()).toEqual(['national +15046218927']);
  });

  test('replaces a list, which only admins may do; what stays is not touched, and other lists are left alone', async () => {
    await load('5046218927\n5046218928\n', `list=TX&scrubbedOn=${today}`);
    await load('5046218928\n', `list=OK&scrubbedOn=${today}`);
    const kept = (await rows()).find(({ list, phone }) => list === 'TX' && phone === '+15046218928');
    const manager = await api.as(organizationId, 'manager');
    const replace = (as: Caller) =>
      load('5046218928\n5046218929\n', `list=TX&scrubbedOn=${today}&replaces=true`, as);
    expect((await replace(manager)).status).toBe(403);
    expect((await replace(admin)).body).toEqual({ list: 'TX', lines: 2, added: 1, removed: 1 });
    expect(await phones()).toEqual(['OK +15046218928', 'TX +15046218928', 'TX +15046218929']);
    expect(await rows()).toContainEqual(kept);
    expect((await load('5046218927', 'list=own', manager)).status).toBe(201);
  });

  test('that comes in pieces is read across their edges', async () => {
    const bytes = new TextEncoder().encode('\ufeff504-621-8927\r\n504-621-8928\r\n504-621-8929');
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 5) controller.enqueue(bytes.slice(at, at + 5));
        controller.close();
      },
    });
    const file = { list: 'own', scrubbedOn: null, replaces: false, body: pieces };
    const actor = { userId: null, requestId: 'a-test-of-mine' };
    const result = await withOrganization(db.database, systemScope(organizationId), (tx) =>
      importDncNumbers(tx, organizationId, file, actor),
    );
    expect(result).toMatchObject({ lines: 3, added: 3 });
  });

  test.each([
    ['5046218927', 'list=national', 'SCRUB_DATE_REQUIRED'],
    ['5046218927', 'list=national&scrubbedOn=2999-01-01', 'SCRUB_DATE_IN_FUTURE'],
    ['5046218927', 'list=national&scrubbedOn=yesterday', 'VALIDATION_FAILED'],
    ['', 'list=own', 'EMPTY_FILE'],
    ['phone\n', 'list=own', 'EMPTY_FILE'],
  ])('%j to %s is refused: %s', async (body, query, code) => {
    expect((await load(body, query)).body.code).toBe(code);
    expect(await rows()).toEqual([]);
  });

  test('two at once in opposite orders do not get in each other’s way', async () => {
    const numbers = Array.from({ length: 3_000 }, (_, index) => `504622${1_000 + index}`);
    const answers = await Promise.all([
      load(numbers.join('\n'), 'list=own'),
      load(numbers.toReversed().join('\n'), 'list=own'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers.map(({ body }) => body.added as number).toSorted((a, b) => a - b)).toEqual([0, 3_000]);
  });
});

test('a list that is old, or of which nobody has said how old it is, carries a warning; the own one never', async () => {
  await load('5046218927', 'list=national&scrubbedOn=2026-01-01');
  await admin('/v1/dnc', { method: 'POST', json: { phone: '5046218927', list: 'FL' } });
  expect((await listed('national')).warning).toMatchObject({ code: 'DNC_SCRUB_STALE', severity: 'warning' });
  expect((await listed('FL')).warning).toMatchObject({ code: 'DNC_SCRUB_STALE' });
  expect(await listed('own')).toMatchObject({ entries: 0, warning: null });
});

test('no number of any list has come into the logs', () => {
  expect(api.logs.join('')).not.toMatch(/\+1\d{10}|50462\d/);
});
