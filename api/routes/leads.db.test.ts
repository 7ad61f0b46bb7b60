import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let me: Caller;

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
  me = await api.as(organizationId, 'manager');
});

const put = (externalId: string, json: object) =>
  me(`/v1/leads/by-external-id/${encodeURIComponent(externalId)}`, { method: 'PUT', json });

describe('upsert by external id', () => {
  test('creates, then changes what is given and keeps the rest', async () => {
    const created = await put('crm/1', {
      phone: '(504) 621-8927',
      firstName: 'Ada',
      state: 'LA',
      customFields: { plan: 'gold' },
      tags: ['hot'],
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      externalId: 'crm/1',
      phone: '+15046218927',
      firstName: 'Ada',
      lastName: '',
      timeZones: ['America/Chicago'],
      tags: ['hot'],
    });
    const changed = await put('crm/1', {
      phone: '504-621-8927',
      lastName: 'Lovelace',
      state: null,
      customFields: { size: '9' },
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      id: created.body.id,
      firstName: 'Ada',
      lastName: 'Lovelace',
      state: null,
      customFields: { plan: 'gold', size: '9' },
      tags: ['hot'],
    });
    expect((await me(`/v1/leads/${created.body.id}`)).body).toEqual(changed.body);
  });

  test('the same again tells nobody', async () => {
    const lead = { phone: '504-621-8927', firstName: 'Ada' };
    const first = await put('1', lead);
    const again = await put('1', lead);
    expect(again.body).toEqual(first.body);
    const events = await db.asOwner('select type from events where organization_id = $1', [organizationId]);
    expect(events).toEqual([{ type: 'lead.created' }]);
  });

  test('twenty at once make one lead', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => put('1', { phone: '504-621-8927', lastName: `L${n}` })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test('a number that cannot be dialled is refused with its field', async () => {
    expect((await put('1', { phone: '12345' })).body).toMatchObject({
      status: 422,
      code: 'INVALID_PHONE',
      field: 'phone',
    });
    const british = await put('1', { phone: '020 7946 0958', defaultCountry: 'gb' });
    expect(british.body).toMatchObject({ phone: '+442079460958', timeZones: ['Europe/London'] });
  });
});

test('a list is paged without gaps or repetitions, also among leads of one instant', async () => {
  for (let index = 0; index < 7; index += 1) await mintLead(db.database, organizationId);
  await db.asOwner('update leads set created_at = $2 where organization_id = $1', [
    organizationId,
    '2030-01-01T00:00:00.123456Z',
  ]);
  const seen: string[] = [];
  let cursor: string | null = '';
  let pages = 0;
  do {
    const { body } = await me(`/v1/leads?limit=3&cursor=${cursor}`);
    seen.push(...body.items.map(({ id }: any) => id));
    cursor = body.nextCursor;
    pages += 1;
  } while (cursor !== null);
  expect([seen.length, new Set(seen).size, pages]).toEqual([7, 7, 3]);
});

test('a list is searched by name, company, e-mail and number, and filtered by status', async () => {
  const ada = await mintLead(db.database, organizationId, {
    lastName: 'Love_lace',
    company: 'Engines',
    email: 'ada@x.io',
  });
  const alan = await mintLead(db.database, organizationId, {
    firstName: 'Alan',
    lastName: 'Turing',
    status: 'contacted',
  });
  const found = async (query: string) => (await me(`/v1/leads?${query}`)).body.items.map(({ id }: any) => id);
  for (const search of ['love_', 'ADA LOVE', 'engine', 'ada@', ada.phone.slice(2, 5) + ada.phone.slice(5)]) {
    expect(await found(`search=${encodeURIComponent(search)}`)).toContain(ada.leadId);
  }
  expect(await found('search=e_i')).toEqual([]);
  expect(await found('status=contacted')).toEqual([alan.leadId]);
  expect(await found('search=')).toHaveLength(2);
});
