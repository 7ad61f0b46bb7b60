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
const board = async (query = '') => (await me(`/v1/pipelines/${pipelineId}/board${query}`)).body;
const stages = async () => (await me('/v1/pipelines')).body.items[0].stages as any[];
const stageId = async (name: string) => (await stages()).find((stage) => stage.name === name).id as string;
const move = (leadId: string, to: string, who = me, reason?: string) =>
  send('POST', `/v1/leads/${leadId}/stage`, { stageId: to, ...(reason ? { reason } : {}) }, who);
const names = (pipeline: any) =>
  pipeline.stages.filter((stage: any) => stage.archivedAt === null).map((stage: any) => stage.name);

/** That many leads, each a minute longer in the stage than the one before. */
async function fill(stage: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const stageEnteredAt = new Date(Date.now() - i * 60_000);
    const { leadId } = await mintLead(db.database, organizationId, {
      firstName: `Lead${i}`,
      stageId: stage,
      pipelineId,
      stageEnteredAt,
    });
    ids.push(leadId);
  }
  return ids;
}

describe('the board', () => {
  test('shows each stage’s newest cards, counts all of them, and no deleted lead', async () => {
    const [fresh, won] = [await stageId('New'), await stageId('Won')];
    const ids = await fill(fresh, 5);
    await fill(won, 1);
    await mintLead(db.database, organizationId, {
      stageId: fresh,
      stageEnteredAt: new Date(),
      deletedAt: new Date(),
    });
    await mintLead(db.database, organizationId);
    await mintLead(db.database, organizationId, { deletedAt: new Date() });
    const campaign = await mintCampaign(db.database, organizationId);
    const { journeyId } = await mintJourney(db.database, organizationId, campaign, ids[1]!);

    const shown = await board('?limit=2');
    expect(shown.columns.map(({ stage, count }: any) => [stage.name, count])).toEqual([
      ['New', 5],
      ['Contacted', 0],
      ['Interested', 0],
      ['Appointment', 0],
      ['Won', 1],
      ['Lost', 0],
    ]);
    expect(shown.unstaged).toEqual({ count: 1 });
    const [column] = shown.columns;
    expect(column.items.map(({ leadId }: any) => leadId)).toEqual(ids.slice(0, 2));
    expect(column.items[1]).toMatchObject({
      name: 'Lead1 Test',
      phoneFormatted: expect.stringMatching(/^\(202\) /),
      daysInStage: 0,
      journey: { id: journeyId, status: 'active', waitingFor: null, waitingUntil: null },
    });
    expect(column.items[0].journey).toBeNull();

    const path = `/v1/pipelines/${pipelineId}/stages/${fresh}/leads?limit=2`;
    const second = (await me(`${path}&cursor=${column.nextCursor}`)).body;
    const third = (await me(`${path}&cursor=${second.nextCursor}`)).body;
    expect([...second.items, ...third.items].map(({ leadId }: any) => leadId)).toEqual(ids.slice(2));
    expect(third.nextCursor).toBeNull();
    expect(
      (await me(`/v1/pipelines/${pipelineId}/stages/${await stageId('Lost')}/leads`)).body.items,
    ).toEqual([]);
  });

  test('counts and shows what a search finds', async () => {
    await fill(await stageId('New'), 3);
    const shown = await board('?search=lead2');
    expect(shown.columns[0]).toMatchObject({ count: 1, items: [{ name: 'Lead2 Test' }], nextCursor: null });
  });

  test('days in stage are whole days since the lead came in', async () => {
    const stage = await stageId('New');
    const at = new Date(Date.now() - 49 * 60 * 60_000);
    await mintLead(db.database, organizationId, { stageId: stage, stageEnteredAt: at });
    expect((await board()).columns[0].items[0].daysInStage).toBe(2);
  });
});

describe('stages', () => {
  const path = () => `/v1/pipelines/${pipelineId}/stages`;

  test('are added at a place, ordered, changed and counted anew', async () => {
    const made = await send('POST', path(), {
      name: 'Qualified',
      color: '#123abc',
      probability: 0.3,
      position: 2,
    });
    expect([made.status, names(made.body)]).toEqual([
      201,
      ['New', 'Contacted', 'Qualified', 'Interested', 'Appointment', 'Won', 'Lost'],
    ]);
    expect(made.body.stages[2]).toMatchObject({ position: 2, color: '#123abc', probability: 0.3 });
    expect((await send('POST', path(), { name: 'qualified' })).body).toMatchObject({
      status: 409,
      code: 'NAME_TAKEN',
      field: 'name',
    });

    const ids = made.body.stages.map(({ id }: any) => id) as string[];
    const order = [...ids].reverse();
    const ordered = await send('PUT', `${path()}/order`, { stageIds: order });
    expect(ordered.body.stages.map(({ id, position }: any) => [id, position])).toEqual(
      order.map((id, i) => [id, i]),
    );
    for (const stageIds of [ids.slice(1), [...ids.slice(1), ids[1]]]) {
      expect((await send('PUT', `${path()}/order`, { stageIds })).body).toMatchObject({
        status: 409,
        code: 'STAGES_CHANGED',
      });
    }
    const renamed = await send('PATCH', `${path()}/${ids[0]}`, { name: 'Fresh', probability: 0 });
    expect(names(renamed.body).at(-1)).toBe('Fresh');
    // The feed shows what is older than every open transaction, those of other tests too.
    await expect
      .poll(async () => (await me('/v1/events?types=pipeline.updated')).body.items.length, {
        timeout: 30_000,
      })
      .toBe(3);
  });

  test('one with leads is archived only when they are told where to go, and each goes on record', async () => {
    const [fresh, contacted] = [await stageId('New'), await stageId('Contacted')];
    const ids = await fill(fresh, 3);
    const archive = (json: object) => send('PATCH', `${path()}/${fresh}`, { archived: true, ...json });
    expect((await archive({})).body).toMatchObject({ status: 409, code: 'STAGE_NOT_EMPTY' });
    expect((await archive({ moveLeadsTo: fresh })).body).toMatchObject({
      status: 422,
      code: 'PIPELINE_STAGE_NOT_FOUND',
    });
    const { body } = await archive({ moveLeadsTo: contacted });
    expect(names(body)).toEqual(['Contacted', 'Interested', 'Appointment', 'Won', 'Lost']);
    expect(body.stages.at(-1)).toMatchObject({ name: 'New', archivedAt: expect.any(String) });
    expect((await board()).columns[0]).toMatchObject({ count: 3, stage: { name: 'Contacted', position: 0 } });
    const moves = await db.asOwner(
      'select lead_id from stage_moves where from_stage_id = $1 and to_stage_id = $2',
      [fresh, contacted],
    );
    expect(moves.map(({ lead_id }) => lead_id as string).toSorted()).toEqual(ids.toSorted());
    // Its name is free meanwhile; it comes back at the end.
    const back = await send('PATCH', `${path()}/${fresh}`, { archived: false });
    expect(names(back.body).at(-1)).toBe('New');
  });

  test('nobody is left behind in a stage that is archived while leads move into it', async () => {
    const won = await stageId('Won');
    const ids = await fill(await stageId('New'), 12);
    const moves = ids.map((id) => move(id, won));
    const [archived] = await Promise.all([send('PATCH', `${path()}/${won}`, { archived: true }), ...moves]);
    const inside = await db.asOwner('select from leads where stage_id = $1', [won]);
    expect([
      [200, true],
      [409, false],
    ]).toContainEqual([archived.status, inside.length === 0]);
  });
});

describe('pipelines', () => {
  test('are made with their stages; there is always one default, and it is never archived', async () => {
    const given = { name: 'Renewals', stages: [{ name: 'Due' }, { name: 'Renewed', probability: 1 }] };
    const { status, body } = await send('POST', '/v1/pipelines', given);
    expect([status, body.isDefault, names(body)]).toEqual([201, false, ['Due', 'Renewed']]);
    expect((await send('POST', '/v1/pipelines', given)).body.code).toBe('NAME_TAKEN');
    const patch = (id: string, json: object) => send('PATCH', `/v1/pipelines/${id}`, json);
    expect((await patch(pipelineId, { archived: true })).body.code).toBe('PIPELINE_IS_DEFAULT');
    expect((await patch(pipelineId, { isDefault: false })).body.code).toBe('PIPELINE_IS_DEFAULT');
    expect((await patch(body.id, { name: 'Sales' })).body.code).toBe('NAME_TAKEN');
    expect((await patch(body.id, { isDefault: true })).body.isDefault).toBe(true);
    const list = (await me('/v1/pipelines')).body.items;
    expect(list.map(({ name, isDefault }: any) => [name, isDefault])).toEqual([
      ['Renewals', true],
      ['Sales', false],
    ]);

    await fill(list[1].stages[0].id, 1);
    expect((await patch(pipelineId, { archived: true })).body.code).toBe('PIPELINE_NOT_EMPTY');
    expect((await patch(body.id, { isDefault: true, archived: true })).body.code).toBe('PIPELINE_IS_DEFAULT');
  });

  test('a name of a stage twice, a colour that is none, a field that is unknown are told', async () => {
    const wrong: [string, string, object, string][] = [
      ['POST', '/v1/pipelines', { name: 'x', stages: [{ name: 'a' }, { name: 'A' }] }, 'stages'],
      ['POST', `/v1/pipelines/${pipelineId}/stages`, { name: 'x', color: 'red' }, 'color'],
      ['POST', `/v1/pipelines/${pipelineId}/stages`, { name: 'x', probability: 1.1 }, 'probability'],
      [
        'PATCH',
        `/v1/pipelines/${pipelineId}/stages/${await stageId('New')}`,
        { moveLeadsTo: pipelineId },
        'moveLeadsTo',
      ],
    ];
    for (const [method, path, json, field] of wrong)
      expect((await send(method, path, json)).body).toMatchObject({
        status: 422,
        code: 'VALIDATION_FAILED',
        field,
      });
    const agent = await api.as(organizationId, 'agent');
    expect((await send('POST', '/v1/pipelines', { name: 'Mine' }, agent)).status).toBe(403);
  });
});
