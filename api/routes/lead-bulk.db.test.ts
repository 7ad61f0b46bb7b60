import { randomUUID } from 'node:crypto';
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
let pipelineId: string;
let manager: Caller;
let admin: Caller;

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  ({ organizationId, pipelineId } = await mintOrganization(db.database));
  manager = await api.as(organizationId, 'manager');
  admin = await api.as(organizationId, 'admin');
});

const bulk = (json: object, caller = manager) => caller('/v1/leads/bulk', { method: 'POST', json });

async function events(type: string): Promise<number> {
  const [row] = await db.asOwner<{ n: number }>(
    'select count(*)::int as n from events where organization_id = $1 and type = $2',
    [organizationId, type],
  );
  return row!.n;
}

const tagsOf = async (leadId: string) => (await manager(`/v1/leads/${leadId}`)).body.tags;

describe('many leads', () => {
  test('gain and lose tags; who has them already tells nobody', async () => {
    const one = await mintLead(db.database, organizationId, { tags: ['a', 'b'] });
    const two = await mintLead(db.database, organizationId, { tags: ['c'] });
    const cohort = { leadIds: [one.leadId, two.leadId, two.leadId, randomUUID()] };
    expect((await bulk({ action: 'add_tags', cohort, tags: ['b', 'a'] })).body).toEqual({
      matched: 2,
      changed: 1,
    });
    expect(await tagsOf(two.leadId)).toEqual(['c', 'b', 'a']);
    expect((await bulk({ action: 'remove_tags', cohort, tags: ['b', 'c'] })).body).toEqual({
      matched: 2,
      changed: 2,
    });
    expect([await tagsOf(one.leadId), await tagsOf(two.leadId)]).toEqual([['a'], ['a']]);
    expect(await events('lead.updated')).toBe(3);
    const audit = await db.asOwner('select action, data from audit_log where organization_id = $1', [
      organizationId,
    ]);
    expect(audit).toMatchObject([{ action: 'lead.bulk_add_tags', data: { matched: 2, changed: 1 } }, {}]);
  });

  test('get a status by a filter, a stage, a block', async () => {
    for (const status of ['new', 'new', 'won']) await mintLead(db.database, organizationId, { status });
    const filter = { status: 'new' };
    expect((await bulk({ action: 'set_status', cohort: { filter }, status: 'contacted' })).body).toEqual({
      matched: 2,
      changed: 2,
    });
    const [stage] = await db.asOwner<{ id: string }>(
      `insert into pipeline_stages (organization_id, pipeline_id, name, position) values ($1, $2, 'Bulk', 99) returning id`,
      [organizationId, pipelineId],
    );
    const everybody = { filter: {} };
    const set = () => bulk({ action: 'set_stage', cohort: everybody, stageId: stage!.id });
    expect((await set()).body).toEqual({ matched: 3, changed: 3 });
    expect((await set()).body).toEqual({ matched: 3, changed: 0 });
    expect((await manager(`/v1/leads/count?stageId=${stage!.id}`)).body.count).toBe(3);
    const unknown = await bulk({ action: 'set_stage', cohort: everybody, stageId: randomUUID() });
    expect(unknown.body).toMatchObject({ status: 404, code: 'PIPELINE_STAGE_NOT_FOUND', field: 'stageId' });
    const block = () => bulk({ action: 'block', cohort: { filter: { status: 'won' } }, reason: 'Customer' });
    expect((await block()).body).toEqual({ matched: 1, changed: 1 });
    expect((await block()).body).toEqual({ matched: 1, changed: 0 });
    expect((await manager('/v1/leads/count?blocked=true')).body.count).toBe(1);
    expect([await events('lead.stage_changed'), await events('lead.blocked')]).toEqual([3, 1]);
  });

  test('are deleted by an admin, and their journeys end', async () => {
    const campaign = await mintCampaign(db.database, organizationId);
    const { leadId } = await mintLead(db.database, organizationId, { tags: ['go'] });
    const kept = await mintLead(db.database, organizationId);
    const { workflowId } = await mintJourney(db.database, organizationId, campaign, leadId);
    const cohort = { filter: { tag: 'go' } };
    expect((await bulk({ action: 'delete', cohort })).body.code).toBe('FORBIDDEN');
    expect((await bulk({ action: 'delete', cohort }, admin)).body).toEqual({ matched: 1, changed: 1 });
    await api.inbox.drain();
    expect(temporal.signals).toContainEqual({
      workflowId,
      name: 'remove',
      args: [{ reason: 'lead_deleted' }],
    });
    expect((await manager('/v1/leads')).body.items.map(({ id }: any) => id)).toEqual([kept.leadId]);
    expect(await events('lead.deleted')).toBe(1);
  });
});

test('ten thousand change in a few statements', async () => {
  await db.asOwner(
    `insert into leads (organization_id, phone, raw_phone) select $1, '+1202' || (3000000 + nr), '' from generate_series(1, 10000) nr`,
    [organizationId],
  );
  const beganAt = performance.now();
  expect((await bulk({ action: 'set_status', cohort: { filter: {} }, status: 'x' })).body).toEqual({
    matched: 10_000,
    changed: 10_000,
  });
  // One statement a lead would take ten seconds on any machine that this suite runs on.
  expect(performance.now() - beganAt).toBeLessThan(10_000);
  expect(await events('lead.updated')).toBe(10_000);
}, 30_000);

test('what is misspelt or missing changes nobody', async () => {
  await mintLead(db.database, organizationId);
  const cohort = { filter: {} };
  for (const [body, field] of [
    [{ action: 'set_status', cohort: { filter: { stauts: 'new' } }, status: 'x' }, 'cohort'],
    [{ action: 'set_status', cohort: {}, status: 'x' }, 'cohort'],
    [{ action: 'set_status', cohort }, 'status'],
    [{ action: 'add_tags', cohort, tags: [] }, 'tags'],
    [{ action: 'explode', cohort }, 'action'],
    [{ action: 'set_status', cohort: { leadIds: [] }, status: 'x' }, 'cohort'],
  ] as const) {
    const answer = await bulk(body, admin);
    expect(answer.status, JSON.stringify(body)).toBe(422);
    expect(answer.body.field, JSON.stringify(body)).toMatch(new RegExp(`^${field}`));
  }
  expect((await manager('/v1/leads/count?status=new')).body.count).toBe(1);
  const agent = await api.as(organizationId, 'agent');
  expect((await bulk({ action: 'set_status', cohort, status: 'x' }, agent)).status).toBe(403);
});
