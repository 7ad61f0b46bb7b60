import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemScope, withOrganization } from '../tenant.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '../testing/factories.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import type { TestDatabase } from '../testing/test-database.ts';
import { setLeadStage } from './stages.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 10 });
});
afterAll(() => db.close());

async function begin() {
  const { organizationId, pipelineId } = await mintOrganization(db.database);
  const campaign = await mintCampaign(db.database, organizationId);
  const enrol = async () => {
    const { leadId } = await mintLead(db.database, organizationId);
    const { journeyId } = await mintJourney(db.database, organizationId, campaign, leadId);
    return { leadId, journeyId };
  };
  const set = (lead: { leadId: string; journeyId: string }, stage: string, autoCreate = false) =>
    withOrganization(db.database, systemScope(organizationId), (tx) =>
      setLeadStage(tx, { ...lead, stage, autoCreate, applicationKey: 'stage:1' }),
    );
  const stageOf = async (leadId: string) =>
    (
      await db.asOwner<{ name: string | null; pipeline: string | null }>(
        `select s.name, l.pipeline_id as pipeline from leads l left join pipeline_stages s on s.id = l.stage_id where l.id = $1`,
        [leadId],
      )
    )[0]!;
  const moves = () =>
    db.asOwner('select * from stage_moves where organization_id = $1 order by created_at', [organizationId]);
  return { organizationId, pipelineId, ...campaign, enrol, set, stageOf, moves };
}

describe('the stage of a journey’s step', () => {
  test('is set in the default pipeline, with its move and its event on record', async () => {
    const { enrol, set, stageOf, moves, organizationId, pipelineId } = await begin();
    const lead = await enrol();
    expect(await set(lead, 'contacted')).toBe('set');
    expect(await stageOf(lead.leadId)).toEqual({ name: 'Contacted', pipeline: pipelineId });
    expect(await set(lead, 'Won')).toBe('set');
    const [first, second] = await moves();
    expect(first).toMatchObject({
      from_stage_id: null,
      set_by: 'system',
      reason: 'journey step',
      application_key: 'stage:1',
    });
    expect(second).toMatchObject({ from_stage_id: first!.to_stage_id, journey_id: lead.journeyId });
    const events = await db.asOwner(
      'select type, lead_id, data from events where organization_id = $1 order by id',
      [organizationId],
    );
    expect(events).toMatchObject([
      { type: 'lead.stage_changed', lead_id: lead.leadId, data: { fromStageId: null } },
      {
        type: 'lead.stage_changed',
        data: { fromStageId: first!.to_stage_id, toStageId: second!.to_stage_id },
      },
    ]);
  });

  test('is set once, however often the step is repeated', async () => {
    const { enrol, set, moves } = await begin();
    const lead = await enrol();
    const answers = await Promise.all(Array.from({ length: 10 }, () => set(lead, 'Won')));
    expect(new Set(answers)).toEqual(new Set(['set']));
    expect(await moves()).toHaveLength(1);
  });

  test('that is missing leaves everything as it is', async () => {
    const { enrol, set, stageOf, moves } = await begin();
    const lead = await enrol();
    expect(await set(lead, 'Nowhere')).toBe('PIPELINE_STAGE_NOT_FOUND');
    expect(await stageOf(lead.leadId)).toEqual({ name: null, pipeline: null });
    expect(await moves()).toEqual([]);
  });

  test('is made at the end of the pipeline when the step says so, once under any concurrency', async () => {
    const { enrol, set, pipelineId } = await begin();
    const leads = await Promise.all(Array.from({ length: 10 }, enrol));
    await Promise.all(leads.map((lead, index) => set(lead, index % 2 ? 'Nurture' : 'NURTURE', true)));
    const made = await db.asOwner(
      `select position from pipeline_stages where pipeline_id = $1 and lower(name) = 'nurture'`,
      [pipelineId],
    );
    expect(made).toEqual([{ position: 6 }]);
  });

  test('is one of the campaign’s pipeline, when the campaign has one', async () => {
    const { enrol, set, stageOf, organizationId, pipelineId, campaignId } = await begin();
    const other = randomUUID();
    await db.asOwner(`insert into pipelines (organization_id, id, name) values ($1, $2, 'Renewals')`, [
      organizationId,
      other,
    ]);
    await db.asOwner(
      `insert into pipeline_stages (organization_id, pipeline_id, name, position) values ($1, $2, 'Contacted', 0)`,
      [organizationId, other],
    );
    await db.asOwner('update campaigns set pipeline_id = $2 where id = $1', [campaignId, other]);
    const lead = await enrol();
    expect(await set(lead, 'Contacted')).toBe('set');
    expect(await stageOf(lead.leadId)).toEqual({ name: 'Contacted', pipeline: other });
    expect(await set(lead, 'Won')).toBe('PIPELINE_STAGE_NOT_FOUND');
    // Once that one is archived, it is the default one's.
    await db.asOwner('update pipelines set archived_at = now() where id = $1', [other]);
    expect(await set(lead, 'Won')).toBe('set');
    expect(await stageOf(lead.leadId)).toEqual({ name: 'Won', pipeline: pipelineId });
  });

  test('of an organisation without a pipeline is missing, and cannot be made', async () => {
    const { enrol, set, organizationId } = await begin();
    await db.asOwner('update pipelines set is_default = false where organization_id = $1', [organizationId]);
    expect(await set(await enrol(), 'Won', true)).toBe('PIPELINE_STAGE_NOT_FOUND');
  });

  test('of a lead that does not exist is a fault', async () => {
    const { enrol, set } = await begin();
    const { journeyId } = await enrol();
    await expect(set({ leadId: randomUUID(), journeyId }, 'Won')).rejects.toThrow('does not exist');
  });
});
