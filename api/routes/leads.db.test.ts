import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let me: Caller;

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: temporal.client });
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

describe('create', () => {
  test('makes a lead, whoever has its number, and refuses an external id that is taken', async () => {
    const lead = {
      phone: '504-621-8927',
      firstName: 'Ada',
      externalId: 'crm-7',
      status: 'contacted',
      tags: ['hot'],
    };
    const first = await me('/v1/leads', { method: 'POST', json: lead });
    expect([first.status, first.body]).toMatchObject([
      201,
      {
        externalId: 'crm-7',
        status: 'contacted',
        stageEnteredAt: null,
        blocked: false,
        timeZones: ['America/Chicago'],
      },
    ]);
    const twin = await me('/v1/leads', { method: 'POST', json: { ...lead, externalId: null } });
    expect(twin.status).toBe(201);
    const taken = await me('/v1/leads', { method: 'POST', json: lead });
    expect(taken.body).toMatchObject({
      status: 409,
      code: 'DUPLICATE_LEAD',
      field: 'externalId',
      leadId: first.body.id,
    });
    expect((await me('/v1/leads', { method: 'POST', json: { phone: '12' } })).body).toMatchObject({
      status: 422,
      field: 'phone',
    });
    const agent = await api.as(organizationId, 'agent');
    expect((await agent('/v1/leads', { method: 'POST', json: lead })).status).toBe(403);
  });
});

describe('change', () => {
  test('writes what is given, by an agent too, and tells once', async () => {
    const { leadId } = await mintLead(db.database, organizationId, {
      phone: '+15046218927',
      company: 'Acme',
      customFields: { plan: 'gold', size: '9' },
      tags: ['old'],
    });
    await mintLead(db.database, organizationId, { externalId: 'taken' });
    const agent = await api.as(organizationId, 'agent');
    const patch = (json: object) => agent(`/v1/leads/${leadId}`, { method: 'PATCH', json });
    const changed = await patch({
      lastName: 'Lovelace',
      company: null,
      customFields: { plan: null, city: 'x' },
      tags: ['new'],
      status: 'won',
    });
    expect(changed.body).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      company: null,
      customFields: { size: '9', city: 'x' },
      tags: ['new'],
      status: 'won',
    });
    const again = await patch({ lastName: 'Lovelace', status: 'won' });
    expect(again.body).toEqual(changed.body);
    expect((await patch({ externalId: 'taken' })).body.code).toBe('DUPLICATE_LEAD');
    expect((await patch({ phone: 'x' })).body.code).toBe('INVALID_PHONE');
    const moved = await patch({ phone: '(212) 555-0100' });
    expect(moved.body).toMatchObject({ phone: '+12125550100', timeZones: ['America/New_York'] });
    const events = await db.asOwner('select type from events where lead_id = $1', [leadId]);
    expect(events).toEqual([{ type: 'lead.updated' }, { type: 'lead.updated' }]);
  });

  test('of custom fields must fit what the organisation has defined, in every way of writing', async () => {
    for (const json of [
      { name: 'size', label: 'Size', type: 'number' },
      { name: 'plan', label: 'Plan', type: 'select', options: ['gold', 'silver'] },
    ]) {
      expect((await me('/v1/custom-fields', { method: 'POST', json })).status).toBe(201);
    }
    const { leadId } = await mintLead(db.database, organizationId);
    const customFields = { size: 'big', plan: 'bronze', anything: 'goes' };
    const answers = await Promise.all([
      me('/v1/leads', { method: 'POST', json: { phone: '504-621-8927', customFields } }),
      me(`/v1/leads/${leadId}`, { method: 'PATCH', json: { customFields } }),
      put('crm', { phone: '504-621-8927', customFields }),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(422);
      expect(body.errors.map(({ field }: any) => field)).toEqual(['customFields.size', 'customFields.plan']);
    }
    const fitting = await me(`/v1/leads/${leadId}`, {
      method: 'PATCH',
      json: { customFields: { size: '42', plan: 'gold', anything: 'goes' } },
    });
    expect(fitting.status).toBe(200);
    expect((await me('/v1/leads?custom.plan=gold&custom.size=42')).body.items).toHaveLength(1);
    expect((await me('/v1/leads?custom.plan=silver')).body.items).toEqual([]);
    expect((await me('/v1/leads?custom.a%20b=1')).status).toBe(422);
  });
});

describe('delete', () => {
  test('empties the person, ends what runs and is seen nowhere; a crash before the signal loses nothing', async () => {
    const campaign = await mintCampaign(db.database, organizationId);
    const { leadId, phone } = await mintLead(db.database, organizationId, {
      externalId: 'crm-9',
      email: 'a@b.io',
    });
    const { journeyId, workflowId } = await mintJourney(db.database, organizationId, campaign, leadId);
    await db.asOwner(
      `with note as (insert into lead_notes (organization_id, lead_id, body) values ($1, $2, 'Secret')),
         task as (insert into tasks (organization_id, lead_id, kind, title) values ($1, $2, 'follow_up', 'Call'))
       insert into callbacks (organization_id, lead_id, due_at, source) values ($1, $2, now() + interval '1 day', 'test')`,
      [organizationId, leadId],
    );
    expect((await me(`/v1/leads/${leadId}`, { method: 'DELETE' })).status).toBe(403);
    const admin = await api.as(organizationId, 'admin');
    temporal.state.down = true;
    expect((await admin(`/v1/leads/${leadId}`, { method: 'DELETE' })).status).toBe(204);
    await expect.poll(() => api.inbox.idle()).toBe(true);
    expect(temporal.signals).toEqual([]);
    temporal.state.down = false;
    await api.inbox.drain();
    expect(temporal.signals).toContainEqual({
      workflowId,
      name: 'remove',
      args: [{ reason: 'lead_deleted' }],
    });
    const [row] = await db.asOwner('select * from leads where id = $1', [leadId]);
    expect(row).toMatchObject({
      phone: '',
      first_name: '',
      email: null,
      external_id: null,
      search_text: expect.stringMatching(/^ +$/),
    });
    const [left] = await db.asOwner(
      `select (select count(*)::int from lead_notes where lead_id = $1) as notes,
         (select string_agg(status, ',') from tasks where lead_id = $1) as tasks,
         (select string_agg(status, ',') from callbacks where lead_id = $1) as callbacks`,
      [leadId],
    );
    expect(left).toEqual({ notes: 0, tasks: 'done', callbacks: 'cancelled' });

    for (const path of ['', '/notes', '/blocks', '/timeline', '/duplicates']) {
      expect((await admin(`/v1/leads/${leadId}${path}`)).body.code, path).toBe('LEAD_NOT_FOUND');
    }
    expect((await admin(`/v1/leads/${leadId}`, { method: 'DELETE' })).status).toBe(404);
    expect((await admin(`/v1/leads?search=${encodeURIComponent(phone)}`)).body.items).toEqual([]);
    expect((await admin('/v1/leads')).body.items).toEqual([]);
    expect((await admin('/v1/leads/count')).body).toEqual({ count: 0 });
    expect((await admin('/v1/stats')).body.leads).toBe(0);
    expect((await admin(`/v1/journeys/${journeyId}`)).body.lead).toMatchObject({ name: '', phone: '' });
    const callback = await admin('/v1/callbacks', {
      method: 'POST',
      json: { leadId, dueAt: '2030-01-01T15:00:00Z' },
    });
    expect(callback.body.code).toBe('LEAD_NOT_FOUND');
    const renewed = await put('crm-9', { phone });
    expect(renewed.status).toBe(201);
    expect(renewed.body.id).not.toBe(leadId);
  });
});

describe('a list', () => {
  test('is sorted by every column and walked by its cursor, without gaps or repetitions', async () => {
    const [pipeline] = await db.asOwner<{ id: string }>(
      'select id from pipelines where organization_id = $1',
      [organizationId],
    );
    const stages = [];
    for (const [position, name] of ['Second', 'First'].entries()) {
      const [stage] = await db.asOwner<{ id: string }>(
        'insert into pipeline_stages (organization_id, pipeline_id, name, position) values ($1, $2, $3, $4) returning id',
        [organizationId, pipeline!.id, `${name} of the test`, 100 - position],
      );
      stages.push(stage!.id);
    }
    const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes));
    const all = [];
    for (let nr = 0; nr < 12; nr += 1) {
      const stageId = [stages[0]!, stages[1]!, null][nr % 3] ?? null;
      const { leadId } = await mintLead(db.database, organizationId, {
        firstName: `F${nr % 4}`,
        lastName: ['Ångström', 'Ampère', 'Zuse'][nr % 3]!,
        createdAt: at((nr * 7) % 5),
        updatedAt: at((nr * 5) % 7),
        stageId,
        pipelineId: stageId === null ? null : pipeline!.id,
        stageEnteredAt: stageId === null ? null : at((nr * 3) % 4),
      });
      all.push(leadId);
    }
    const keys: Record<string, (lead: any) => unknown[]> = {
      createdAt: ({ createdAt, id }) => [createdAt, id],
      updatedAt: ({ updatedAt, id }) => [updatedAt, id],
      name: ({ firstName, lastName, id }) => [
        `${lastName} ${firstName}`
          .normalize('NFKD')
          .replaceAll(/[\u0300-\u036f]/g, '')
          .toLowerCase(),
        id,
      ],
      stage: ({ stage, stageEnteredAt, createdAt, id }) => [
        stage === null ? 2 : Number(stage.name.startsWith('Second')),
        stageEnteredAt ?? createdAt,
        id,
      ],
    };
    const stage = keys.stage!;
    for (const [sort, keyOf] of [...Object.entries(keys), ['stage&blocked=false', stage] as const]) {
      for (const direction of ['', '-']) {
        const seen: any[] = [];
        let cursor = '';
        do {
          const { body } = await me(`/v1/leads?limit=5&sort=${direction}${sort}&cursor=${cursor}`);
          seen.push(...body.items);
          cursor = body.nextCursor;
        } while (cursor);
        const texts = seen.map((lead) => JSON.stringify(keyOf(lead)));
        const wanted = texts.toSorted();
        expect(texts, direction + sort).toEqual(direction === '-' ? wanted.toReversed() : wanted);
        expect(new Set(seen.map(({ id }) => id)).size).toBe(all.length);
      }
    }
    const { nextCursor } = (await me('/v1/leads?limit=5&sort=name')).body;
    expect((await me(`/v1/leads?limit=5&sort=-name&cursor=${nextCursor}`)).body.code).toBe('BAD_CURSOR');
  });

  test('is narrowed by every filter, and counted by the same', async () => {
    const campaign = await mintCampaign(db.database, organizationId);
    const other = await mintCampaign(db.database, organizationId);
    const one = await mintLead(db.database, organizationId, {
      status: 'won',
      tags: ['hot', 'vip'],
      source: 'fair',
      country: 'US',
      createdAt: new Date('2026-03-05T12:00:00Z'),
    });
    const two = await mintLead(db.database, organizationId, {
      timeZones: [],
      createdAt: new Date('2026-03-06T00:00:00Z'),
    });
    await mintJourney(db.database, organizationId, campaign, one.leadId);
    await mintJourney(db.database, organizationId, other, two.leadId);
    await db.asOwner(`update journeys set status = 'completed' where lead_id = $1`, [two.leadId]);
    const both = [one.leadId, two.leadId];
    const cases: [string, string[]][] = [
      ['', both],
      ['status=won', [one.leadId]],
      ['tag=vip', [one.leadId]],
      ['tag=vi', []],
      ['source=fair&country=US', [one.leadId]],
      ['stageId=none', both],
      [`campaignId=${campaign.campaignId}`, [one.leadId]],
      ['journeyStatus=completed', [two.leadId]],
      [`campaignId=${campaign.campaignId}&journeyStatus=completed`, []],
      ['createdFrom=2026-03-06', [two.leadId]],
      ['createdTo=2026-03-06', [one.leadId]],
      ['createdFrom=2026-03-05T13:00:00%2B02:00&createdTo=2026-03-05T12:00:00.001Z', [one.leadId]],
      ['hasPhoneZone=false', [two.leadId]],
      ['blocked=false&hasPhoneZone=true', [one.leadId]],
      [`search=${one.phone.slice(2)}&status=won`, [one.leadId]],
      [`search=${one.phone.slice(2)}&status=lost`, []],
    ];
    for (const [query, ids] of cases) {
      const { body } = await me(`/v1/leads?${query}`);
      expect([query, body.items.map(({ id }: any) => id).sort()]).toEqual([query, [...ids].sort()]);
      expect([query, (await me(`/v1/leads/count?${query}`)).body.count]).toEqual([query, ids.length]);
    }
    for (const bad of [
      'stageId=x',
      'journeyStatus=x',
      'createdFrom=yesterday',
      'hasPhoneZone=maybe',
      'sort=phone',
    ]) {
      expect((await me(`/v1/leads?${bad}`)).body.field, bad).toBe(bad.split('=')[0]);
    }
  });

  test('of a search comes best match first, in pages; words that everybody holds come newest first', async () => {
    for (const lastName of ['Smithson', 'Smith', 'Smith', 'Blacksmith', 'Smith']) {
      await mintLead(db.database, organizationId, { firstName: 'X', lastName });
    }
    const first = (await me('/v1/leads?search=smith&limit=2')).body;
    const second = (await me(`/v1/leads?search=smith&limit=3&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ lastName }: any) => lastName)).toEqual([
      'Smith',
      'Smith',
      'Smith',
      'Smithson',
      'Blacksmith',
    ]);
    expect(second.nextCursor).toBeNull();

    await db.asOwner(
      `insert into leads (organization_id, phone, raw_phone, first_name, created_at)
       select $1, '+1202' || (3000000 + nr), '', 'Everybody', now() + nr * interval '1 second' from generate_series(1, 2500) nr`,
      [organizationId],
    );
    const newest = (await me('/v1/leads?search=everyb&limit=3')).body;
    const next = (await me(`/v1/leads?search=everyb&limit=3&cursor=${newest.nextCursor}`)).body;
    expect([...newest.items, ...next.items].map(({ phone }: any) => phone.slice(-4))).toEqual([
      '2500',
      '2499',
      '2498',
      '2497',
      '2496',
      '2495',
    ]);
  });
});
