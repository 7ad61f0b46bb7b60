import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mintLead, mintOrganization } from '#db/testing/factories.ts';
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
let me: Caller;

beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 10 });
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  ({ organizationId, pipelineId } = await mintOrganization(db.database));
  me = await api.as(organizationId, 'manager');
});

const send = (method: string, path: string, json: object, who = me) => who(path, { method, json });
const stages = async () => (await me('/v1/pipelines')).body.items[0].stages as any[];
const stageId = async (name: string) => (await stages()).find((stage) => stage.name === name).id as string;
const move = (leadId: string, to: string, who = me, reason?: string) =>
  send('POST', `/v1/leads/${leadId}/stage`, { stageId: to, ...(reason ? { reason } : {}) }, who);

test('an agent moves a lead once, however often it is asked; move, event and audit row say so', async () => {
  const agent = await api.as(organizationId, 'agent');
  const { leadId } = await mintLead(db.database, organizationId);
  const won = await stageId('Won');
  const answers = [await move(leadId, won, agent, 'signed'), await move(leadId, won, agent)];
  for (const { status, body } of answers) expect([status, body.stage.name]).toEqual([200, 'Won']);
  const rows = await db.asOwner(
    `select m.from_stage_id, m.to_stage_id, m.set_by, m.reason, l.stage_entered_at = m.created_at as since, l.pipeline_id
       from stage_moves m join leads l on l.id = m.lead_id where m.lead_id = $1`,
    [leadId],
  );
  expect(rows).toEqual([
    {
      from_stage_id: null,
      to_stage_id: won,
      set_by: 'manual',
      reason: 'signed',
      since: true,
      pipeline_id: pipelineId,
    },
  ]);
  // The feed shows what is older than every open transaction, those of other tests too.
  await expect
    .poll(async () => (await me('/v1/events?types=lead.stage_changed')).body.items, { timeout: 30_000 })
    .toMatchObject([{ leadId, data: { fromStageId: null, toStageId: won } }]);
  const audit = await db.asOwner(
    `select subject_id from audit_log where action = 'lead.stage' and subject_id = $1`,
    [leadId],
  );
  expect(audit).toHaveLength(1);
});

test('what cannot be: no such stage, an archived one, a deleted lead, a viewer', async () => {
  const { leadId } = await mintLead(db.database, organizationId);
  const { leadId: deleted } = await mintLead(db.database, organizationId, { deletedAt: new Date() });
  const lost = await stageId('Lost');
  await send('PATCH', `/v1/pipelines/${pipelineId}/stages/${lost}`, { archived: true });
  const won = await stageId('Won');
  expect((await move(leadId, leadId)).body).toMatchObject({
    status: 404,
    code: 'PIPELINE_STAGE_NOT_FOUND',
    field: 'stageId',
  });
  expect((await move(leadId, lost)).body).toMatchObject({ status: 409, code: 'STAGE_ARCHIVED' });
  expect((await move(deleted, won)).body).toMatchObject({ status: 404, code: 'LEAD_NOT_FOUND' });
  expect((await move(leadId, won, await api.as(organizationId, 'viewer'))).status).toBe(403);
  expect(await db.asOwner('select from stage_moves where organization_id = $1', [organizationId])).toEqual(
    [],
  );
});

test('moves of one lead at once leave one unbroken history that ends where the lead is', async () => {
  const { leadId } = await mintLead(db.database, organizationId);
  const ids = (await stages()).map(({ id }) => id as string);
  await Promise.all(Array.from({ length: 24 }, (_, i) => move(leadId, ids[i % ids.length]!)));
  const moves = await db.asOwner<{ from_stage_id: string | null; to_stage_id: string }>(
    `select from_stage_id, to_stage_id from stage_moves where lead_id = $1`,
    [leadId],
  );
  const [lead] = await db.asOwner<{ stage_id: string }>('select stage_id from leads where id = $1', [leadId]);
  // Every stage is left as often as it is entered, but for the beginning and the end: a path through all the moves.
  const balance = new Map<string | null, number>([[null, 0]]);
  for (const { from_stage_id: from, to_stage_id: to } of moves) {
    expect(from).not.toBe(to);
    balance.set(from, (balance.get(from) ?? 0) - 1);
    balance.set(to, (balance.get(to) ?? 0) + 1);
  }
  const uneven = [...balance].filter(([, sum]) => sum !== 0);
  expect(new Map(uneven)).toEqual(
    new Map([
      [null, -1],
      [lead!.stage_id, 1],
    ]),
  );
  const told = await db.asOwner(`select from events where lead_id = $1 and type = 'lead.stage_changed'`, [
    leadId,
  ]);
  expect(told).toHaveLength(moves.length);
});
