import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultDispositions } from '#domain/disposition.ts';
import { minuteMs, secondMs } from '#domain/duration.ts';
import { systemScope, withOrganization } from '../tenant.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '../testing/factories.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import type { TestDatabase } from '../testing/test-database.ts';
import { applyDisposition, runningJourneysOfLead } from './dispositions.ts';
import type { DispositionApplication } from './dispositions.ts';

const now = new Date('2026-11-20T17:00:00Z');
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase({ clock: { now: async () => now }, poolSize: 10 });
});
afterAll(() => db.close());

/** A lead with a running journey, of an organisation with the default dispositions. */
async function begin() {
  const { organizationId, pipelineId } = await mintOrganization(db.database);
  const campaign = await mintCampaign(db.database, organizationId);
  const { leadId, phone } = await mintLead(db.database, organizationId);
  const { journeyId, workflowId } = await mintJourney(db.database, organizationId, campaign, leadId);
  const apply = (disposition: string, changes: Partial<DispositionApplication> = {}) =>
    withOrganization(db.database, systemScope(organizationId), (tx) =>
      applyDisposition(tx, {
        leadId,
        journeyId,
        disposition,
        setBy: 'system',
        userId: null,
        confidence: null,
        applicationKey: randomUUID(),
        metadata: {},
        ...changes,
      }),
    );
  const rows = (table: string) =>
    db.asOwner(`select * from ${table} where organization_id = $1 order by created_at`, [organizationId]);
  const lead = async () =>
    (
      await db.asOwner(
        `select l.status, s.name as stage from leads l left join pipeline_stages s on s.id = l.stage_id where l.id = $1`,
        [leadId],
      )
    )[0];
  /** Everything that a disposition may write. */
  const footprint = async () =>
    Promise.all(
      [
        'disposition_metrics',
        'stage_moves',
        'callbacks',
        'tasks',
        'dnc_entries',
        'events',
        'leads',
        'pipeline_stages',
      ].map(rows),
    );
  return {
    organizationId,
    pipelineId,
    campaign,
    leadId,
    phone,
    journeyId,
    workflowId,
    apply,
    rows,
    lead,
    footprint,
  };
}

describe('each default disposition does what its rules say, whole', () => {
  test.each(defaultDispositions.map((rules) => [rules.code, rules] as const))('%s', async (code, rules) => {
    const { apply, rows, lead, phone, leadId, journeyId } = await begin();
    expect(await apply(code)).toEqual({
      outcome: 'applied',
      removedFromCampaigns: rules.removeFromCampaigns,
    });
    expect(await lead()).toEqual({ status: rules.leadStatus ?? 'new', stage: rules.stage });
    expect(await rows('dnc_entries')).toMatchObject(
      rules.addToDnc ? [{ phone, list: 'own', reason: `disposition:${code}` }] : [],
    );
    const { callbackAfterMinutes: minutes, followUpTask: title } = rules;
    expect(await rows('callbacks')).toMatchObject(
      minutes === null
        ? []
        : [{ lead_id: leadId, journey_id: journeyId, due_at: new Date(now.getTime() + minutes * minuteMs) }],
    );
    expect(await rows('tasks')).toMatchObject(
      title === null
        ? []
        : [{ lead_id: leadId, journey_id: journeyId, kind: 'follow_up', title, status: 'open' }],
    );
    const stages = await rows('pipeline_stages');
    const toStage = stages.find(({ name }) => name === rules.stage)?.id as string | undefined;
    expect(await rows('stage_moves')).toMatchObject(
      toStage
        ? [{ from_stage_id: null, to_stage_id: toStage, reason: `disposition:${code}`, set_by: 'system' }]
        : [],
    );
    expect(await rows('disposition_metrics')).toMatchObject([
      {
        disposition: code,
        previous_status: 'new',
        new_status: rules.leadStatus ?? 'new',
        new_stage_id: toStage ?? null,
      },
    ]);
    const events = (await rows('events')).map(({ type }) => type as string);
    expect(events).toEqual([
      ...(toStage ? ['lead.stage_changed'] : []),
      ...(rules.callbackAfterMinutes === null ? [] : ['callback.scheduled']),
      'disposition.applied',
    ]);
  });
});

describe('the metrics', () => {
  test.each(['ai', 'manual', 'system'] as const)(
    'say who (%s), how sure, about what and from where to where',
    async (setBy) => {
      const { apply, rows, journeyId, campaign, leadId } = await begin();
      await apply('answered');
      const userId = setBy === 'manual' ? randomUUID() : null;
      const confidence = setBy === 'ai' ? 0.875 : null;
      await apply('interested', {
        setBy,
        userId,
        confidence,
        applicationKey: 'touch:1',
        metadata: { touchKey: 'touch:1' },
      });
      const stageOf = async (name: string) =>
        (await rows('pipeline_stages')).find((stage) => stage.name === name)!.id as string;
      const metric = (await rows('disposition_metrics')).find(
        ({ disposition }) => disposition === 'interested',
      )!;
      expect(metric).toMatchObject({
        lead_id: leadId,
        journey_id: journeyId,
        campaign_id: campaign.campaignId,
        set_by: setBy,
        user_id: userId,
        confidence: confidence === null ? null : '0.875',
        previous_status: 'contacted',
        new_status: 'interested',
        previous_stage_id: await stageOf('Contacted'),
        new_stage_id: await stageOf('Interested'),
        metadata: { touchKey: 'touch:1' },
        application_key: 'touch:1',
      });
    },
  );

  test('count the time since the last contact: not a refusal, and nothing when there was none', async () => {
    const { apply, rows, leadId, organizationId } = await begin();
    const ago = (seconds: number) => new Date(now.getTime() - seconds * secondMs);
    const text = (state: string, at: Date) =>
      db.asOwner(
        `insert into sms_messages (organization_id, lead_id, direction, kind, body, phone, state, created_at)
         values ($1, $2, 'outbound', 'automated', 'x', '+1', $3, $4)`,
        [organizationId, leadId, state, at],
      );
    const times = async () =>
      (await rows('disposition_metrics')).map((row) => row.time_to_disposition_seconds as number | null);
    await text('refused', ago(5));
    await apply('busy');
    expect(await times()).toEqual([null]);
    await text('sent', ago(600));
    await apply('busy');
    await db.asOwner(
      `insert into call_logs (organization_id, lead_id, direction, phone, state, created_at, ended_at)
       values ($1, $2, 'outbound', '+1', 'sent', $3, $4)`,
      [organizationId, leadId, ago(120), ago(45)],
    );
    await apply('busy');
    await text('received', ago(-10));
    await apply('busy');
    expect(new Set(await times())).toEqual(new Set([0, 45, 600, null]));
  });
});

describe('a disposition that is applied', () => {
  test('twenty times at once under one key is applied once, and answered the same each time', async () => {
    const { apply, rows } = await begin();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => apply('callback_requested', { applicationKey: 'one' })),
    );
    for (const answer of answers) expect(answer).toEqual({ outcome: 'applied', removedFromCampaigns: false });
    for (const table of ['disposition_metrics', 'callbacks', 'stage_moves']) {
      expect(await rows(table), table).toHaveLength(1);
    }
    // The stage, the promised callback, the disposition: each is told once.
    expect(await rows('events')).toHaveLength(3);
  });

  test('at once under several keys is applied one after the other', async () => {
    const { apply, rows, lead } = await begin();
    await Promise.all(
      ['answered', 'interested', 'not_interested', 'wrong_number'].map((code) => apply(code)),
    );
    const metrics = await rows('disposition_metrics');
    expect(metrics).toHaveLength(4);
    // They form one chain: each begins where another ended.
    const ends = metrics.map((row) => row.new_status as string);
    const begins = metrics.map((row) => row.previous_status as string);
    expect(begins.filter((status) => status === 'new')).toHaveLength(1);
    const last = ends.filter((status) => !begins.includes(status));
    expect(last).toEqual([(await lead())!.status]);
  });

  test('again, after its rules were archived, is answered as before', async () => {
    const { apply, footprint, organizationId } = await begin();
    await apply('not_interested', { applicationKey: 'one' });
    const before = await footprint();
    await db.asOwner(`update dispositions set archived_at = now() where organization_id = $1`, [
      organizationId,
    ]);
    for (const code of ['not_interested', 'interested']) {
      expect(await apply(code, { applicationKey: 'one' })).toEqual({
        outcome: 'applied',
        removedFromCampaigns: true,
      });
    }
    expect(await footprint()).toEqual(before);
    expect(await apply('not_interested')).toEqual({ outcome: 'refused', code: 'UNKNOWN_DISPOSITION' });
  });

  test('moves no lead that is in that stage already', async () => {
    const { apply, rows } = await begin();
    await apply('answered');
    await apply('callback_requested');
    expect(await rows('stage_moves')).toHaveLength(1);
    expect(await rows('disposition_metrics')).toHaveLength(2);
  });
});

describe('a stage that is missing', () => {
  const archive = (organizationId: string) =>
    db.asOwner(
      `update pipeline_stages set archived_at = now() where organization_id = $1 and name = 'Interested'`,
      [organizationId],
    );
  const allow = (organizationId: string) =>
    db.asOwner(`update dispositions set auto_create_stage = true where organization_id = $1`, [
      organizationId,
    ]);

  test('refuses the disposition, says what to do, and leaves nothing behind', async () => {
    const { apply, footprint, organizationId } = await begin();
    await archive(organizationId);
    const before = await footprint();
    expect(await apply('interested', { applicationKey: 'one' })).toEqual({
      outcome: 'refused',
      code: 'PIPELINE_STAGE_NOT_FOUND',
      stage: 'Interested',
      requiredAction: 'create_pipeline_stage',
    });
    expect(await footprint()).toEqual(before);
    // The refusal used up nothing: once the stage is there, the same request is applied.
    await allow(organizationId);
    expect(await apply('interested', { applicationKey: 'one' })).toMatchObject({ outcome: 'applied' });
  });

  test('is made when that is allowed: once, however many leads need it at once', async () => {
    const { organizationId, pipelineId, apply, rows } = await begin();
    await archive(organizationId);
    await allow(organizationId);
    const leads = await Promise.all(Array.from({ length: 12 }, () => mintLead(db.database, organizationId)));
    await Promise.all(leads.map(({ leadId }) => apply('interested', { leadId, journeyId: null })));
    const made = (await rows('pipeline_stages')).filter(
      ({ name, archived_at: at }) => name === 'Interested' && at === null,
    );
    expect(made).toMatchObject([{ pipeline_id: pipelineId }]);
    const moves = await rows('stage_moves');
    expect(moves.map((move) => move.to_stage_id as string)).toEqual(leads.map(() => made[0]!.id as string));
  });

  test('is not missing because it is spelt in other letters', async () => {
    const { apply, organizationId } = await begin();
    await db.asOwner(`update pipeline_stages set name = upper(name) where organization_id = $1`, [
      organizationId,
    ]);
    expect(await apply('interested')).toMatchObject({ outcome: 'applied' });
  });
});

test('of a lead that does not exist, or is another organisation’s, is a fault', async () => {
  const [one, other] = [await begin(), await begin()];
  await expect(one.apply('interested', { leadId: randomUUID() })).rejects.toThrow('does not exist');
  await expect(one.apply('interested', { leadId: other.leadId })).rejects.toThrow('does not exist');
});

test('the running journeys of a lead are those that a removal has to end', async () => {
  const { organizationId, leadId, journeyId, workflowId } = await begin();
  const more = await Promise.all(
    ['paused', 'completed', 'removed', 'failed'].map(async (status) => {
      const campaign = await mintCampaign(db.database, organizationId);
      const minted = await mintJourney(db.database, organizationId, campaign, leadId);
      await db.asOwner('update journeys set status = $2 where id = $1', [minted.journeyId, status]);
      return { id: minted.journeyId, workflowId: minted.workflowId };
    }),
  );
  const running = await withOrganization(db.database, systemScope(organizationId), (tx) =>
    runningJourneysOfLead(tx, leadId),
  );
  expect(new Set(running)).toEqual(new Set([{ id: journeyId, workflowId }, more[0]]));
});
