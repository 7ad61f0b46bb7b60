import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let leadId: string;
let agent: Caller;
let manager: Caller;

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
  ({ leadId } = await mintLead(db.database, organizationId));
  agent = await api.as(organizationId, 'agent');
  manager = await api.as(organizationId, 'manager');
});

const eventTypes = async () =>
  (await db.asOwner('select type from events where organization_id = $1 order by id', [organizationId])).map(
    ({ type }) => type,
  );

test('an agent writes, rewrites and deletes their own notes, not those of others', async () => {
  const path = `/v1/leads/${leadId}/notes`;
  const written = await agent(path, { method: 'POST', json: { body: '  Prefers mornings ' } });
  expect([written.status, written.body]).toMatchObject([201, { body: 'Prefers mornings', author: null }]);
  const rewritten = await agent(`${path}/${written.body.id}`, {
    method: 'PATCH',
    json: { body: 'Evenings' },
  });
  expect(rewritten.body).toMatchObject({ id: written.body.id, body: 'Evenings' });

  const [user] = await db.asOwner<{ id: string }>(
    `insert into platform.users (email, name, password_hash) values ($1, 'Grace', '') returning id`,
    [`${randomUUID()}@example.com`],
  );
  const [theirs] = await db.asOwner<{ id: string }>(
    `insert into lead_notes (organization_id, lead_id, body, user_id) values ($1, $2, 'Mine', $3) returning id`,
    [organizationId, leadId, user!.id],
  );
  const refused = await agent(`${path}/${theirs!.id}`, { method: 'PATCH', json: { body: 'Yours' } });
  expect([refused.status, refused.body.code]).toEqual([403, 'NOT_YOUR_NOTE']);
  expect((await agent(`${path}/${theirs!.id}`, { method: 'DELETE' })).status).toBe(403);
  const { body } = await agent(path);
  expect(body.items.map(({ body: text, author }: any) => [text, author?.name])).toEqual([
    ['Mine', 'Grace'],
    ['Evenings', undefined],
  ]);
  expect((await manager(`${path}/${theirs!.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await agent(`${path}/${written.body.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await agent(path)).body).toEqual({ items: [], nextCursor: null });
  expect(await eventTypes()).toEqual([
    'lead.note_added',
    'lead.note_changed',
    'lead.note_deleted',
    'lead.note_deleted',
  ]);
  const audit = await db.asOwner('select action from audit_log where organization_id = $1', [organizationId]);
  expect(audit).toHaveLength(4);
});

test('a note belongs to its lead, says something, and is read in pages', async () => {
  const other = await mintLead(db.database, organizationId);
  const made = [];
  for (let nr = 1; nr <= 5; nr += 1) {
    made.push(
      (await agent(`/v1/leads/${leadId}/notes`, { method: 'POST', json: { body: `Note ${nr}` } })).body.id,
    );
  }
  expect((await agent(`/v1/leads/${other.leadId}/notes/${made[0]}`, { method: 'DELETE' })).body.code).toBe(
    'NOTE_NOT_FOUND',
  );
  const empty = await agent(`/v1/leads/${leadId}/notes`, { method: 'POST', json: { body: '   ' } });
  expect([empty.status, empty.body.field]).toEqual([422, 'body']);
  const first = (await agent(`/v1/leads/${leadId}/notes?limit=3`)).body;
  const second = (await agent(`/v1/leads/${leadId}/notes?limit=3&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...second.items].map(({ id }: any) => id)).toEqual(made.toReversed());
  expect(second.nextCursor).toBeNull();
  expect((await agent(`/v1/leads/${randomUUID()}/notes`)).body.code).toBe('LEAD_NOT_FOUND');
  const viewer = await api.as(organizationId, 'viewer');
  expect((await viewer(`/v1/leads/${leadId}/notes`, { method: 'POST', json: { body: 'x' } })).status).toBe(
    403,
  );
});

test('a block holds until it runs out or is lifted, and stays on record', async () => {
  const path = `/v1/leads/${leadId}/blocks`;
  const lead = async () => (await agent(`/v1/leads/${leadId}`)).body;
  expect((await lead()).blocked).toBe(false);
  const block = await agent(path, { method: 'POST', json: { reason: 'Disputes a bill' } });
  expect([block.status, block.body]).toMatchObject([
    201,
    { reason: 'Disputes a bill', active: true, expiresAt: null },
  ]);
  expect((await lead()).blocked).toBe(true);
  expect((await agent('/v1/leads?blocked=true')).body.items).toHaveLength(1);
  expect((await agent(`${path}/${block.body.id}`, { method: 'DELETE' })).status).toBe(403);
  expect((await manager(`${path}/${block.body.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await manager(`${path}/${block.body.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await lead()).blocked).toBe(false);
  const past = await agent(path, {
    method: 'POST',
    json: { reason: 'Away', expiresAt: '2020-01-01T00:00:00Z' },
  });
  expect(past.body.active).toBe(false);
  expect((await agent(path)).body.items.map(({ reason, active }: any) => [reason, active])).toEqual([
    ['Away', false],
    ['Disputes a bill', false],
  ]);
  expect(await eventTypes()).toEqual(['lead.blocked', 'lead.unblocked', 'lead.blocked']);
});
