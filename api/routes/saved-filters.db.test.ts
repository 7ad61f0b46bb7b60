import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let manager: Caller;
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
  manager = await api.as(organizationId, 'manager');
  admin = await api.as(organizationId, 'admin');
});

test('a filter is saved, renamed, given another meaning and deleted', async () => {
  const filter = { status: 'new', customFields: { plan: 'gold' }, hasPhoneZone: true };
  const saved = await manager('/v1/saved-filters', { method: 'POST', json: { name: ' Gold ', filter } });
  expect([saved.status, saved.body]).toMatchObject([201, { name: 'Gold', filter }]);
  const path = `/v1/saved-filters/${saved.body.id}`;
  const other = await manager('/v1/saved-filters', { method: 'POST', json: { name: 'all', filter: {} } });
  expect((await manager('/v1/saved-filters')).body.items.map(({ name }: any) => name)).toEqual([
    'all',
    'Gold',
  ]);

  const renamed = await manager(path, { method: 'PATCH', json: { name: 'Silver' } });
  expect(renamed.body).toMatchObject({ name: 'Silver', filter });
  const changed = await manager(path, { method: 'PATCH', json: { filter: { tag: 'hot' } } });
  expect(changed.body).toMatchObject({ name: 'Silver', filter: { tag: 'hot' } });
  expect((await manager(path)).body).toEqual(changed.body);

  for (const request of [
    manager('/v1/saved-filters', { method: 'POST', json: { name: 'all', filter: {} } }),
    manager(path, { method: 'PATCH', json: { name: 'all' } }),
  ]) {
    expect((await request).body).toMatchObject({ status: 409, code: 'NAME_TAKEN', field: 'name' });
  }
  const misspelt = await manager('/v1/saved-filters', {
    method: 'POST',
    json: { name: 'x', filter: { stauts: 'new' } },
  });
  expect([misspelt.status, misspelt.body.field]).toEqual([422, 'filter']);
  expect((await manager(path, { method: 'DELETE' })).status).toBe(403);
  expect((await admin(path, { method: 'DELETE' })).status).toBe(204);
  expect((await admin(path)).body.code).toBe('SAVED_FILTER_NOT_FOUND');
  expect((await admin(`/v1/saved-filters/${other.body.id}`)).status).toBe(200);
  const events = await db.asOwner('select type from events where organization_id = $1', [organizationId]);
  expect(events.map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => 'saved_filter.updated'));
});

test('a custom field is defined once, reordered, archived and brought back', async () => {
  const define = (json: object) => manager('/v1/custom-fields', { method: 'POST', json });
  const plan = await define({ name: 'plan', label: 'Plan', type: 'select', options: ['gold', 'silver'] });
  expect([plan.status, plan.body]).toMatchObject([201, { name: 'plan', position: 1, archivedAt: null }]);
  const size = await define({ name: 'size', label: 'Size', type: 'number' });
  expect(size.body).toMatchObject({ options: [], position: 2 });
  expect((await define({ name: 'plan', label: 'Again', type: 'text' })).body.code).toBe('NAME_TAKEN');
  for (const bad of [
    { name: 'a b', label: 'x', type: 'text' },
    { name: 'a', label: 'x', type: 'colour' },
    { name: 'a', label: 'x', type: 'select' },
    { name: 'a', label: 'x', type: 'text', options: ['y'] },
    { name: 'a', label: 'x', type: 'select', options: ['y', 'y'] },
    { name: 'a', label: ' ', type: 'text' },
  ]) {
    expect((await define(bad)).status, JSON.stringify(bad)).toBe(422);
  }
  const patch = (id: string, json: object) => manager(`/v1/custom-fields/${id}`, { method: 'PATCH', json });
  expect((await patch(plan.body.id, { position: 9, options: ['gold', 'bronze'] })).body).toMatchObject({
    label: 'Plan',
    options: ['gold', 'bronze'],
    position: 9,
  });
  expect((await patch(size.body.id, { options: ['1'] })).body.field).toBe('options');
  const archived = await patch(size.body.id, { archived: true });
  expect(archived.body.archivedAt).not.toBeNull();
  expect((await manager('/v1/custom-fields')).body.items.map(({ name }: any) => name)).toEqual([
    'plan',
    'size',
  ]);
  // Archived, it is free text again.
  const lead = { phone: '504-621-8927', customFields: { size: 'big' } };
  expect((await manager('/v1/leads', { method: 'POST', json: lead })).status).toBe(201);
  await patch(size.body.id, { archived: false, label: 'Size in m²' });
  expect((await manager('/v1/leads', { method: 'POST', json: lead })).body.errors).toEqual([
    {
      field: 'customFields.size',
      code: 'INVALID_VALUE',
      message: 'Size in m² must be a number like 42 or -3.5.',
    },
  ]);
  const agent = await api.as(organizationId, 'agent');
  expect((await agent('/v1/custom-fields')).status).toBe(200);
  expect(
    (await agent('/v1/custom-fields', { method: 'POST', json: { name: 'x', label: 'x', type: 'text' } }))
      .status,
  ).toBe(403);
});
