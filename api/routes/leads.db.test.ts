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
    const others = [await mintLead(db.database, organizationId), await mintLead(db.database, organizationId)];
    const claims = await Promise.all(
      others.map(({ leadId: id }) =>
        agent(`/v1/leads/${id}`, { method: 'PATCH', json: { externalId: 'wanted' } }),
      ),
    );
    expect(claims.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
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
