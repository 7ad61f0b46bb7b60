import { sql } from 'drizzle-orm';
import type { DispositionSetter } from '#domain/disposition.ts';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

export type Stage = { id: string; pipelineId: string };

/** The stage of that name in the lead's pipeline (or the default one); made when asked to, else null. */
export async function findOrCreateStage(
  tx: TenantTransaction,
  pipelineId: string | null,
  name: string,
  create: boolean,
): Promise<Stage | null> {
  const pipeline = sql`select organization_id, id from pipelines
    where ${pipelineId === null ? sql`is_default` : sql`id = ${pipelineId}`} limit 1`;
  const find = () =>
    rowsOf<Stage>(
      tx,
      sql`select s.id, s.pipeline_id as "pipelineId" from pipeline_stages s join (${pipeline}) p on p.id = s.pipeline_id
          where lower(s.name) = lower(${name}) and s.archived_at is null`,
    );
  const [found] = await find();
  if (found || !create) return found ?? null;
  await tx.execute(sql`
    insert into pipeline_stages (organization_id, pipeline_id, name, position)
    select p.organization_id, p.id, ${name},
      (select coalesce(max(position), 0) + 1 from pipeline_stages s where s.pipeline_id = p.id)
    from (${pipeline}) p on conflict do nothing`);
  const [made] = await find();
  return made ?? null;
}

/** Moves a lead and keeps the move on record; a lead that is there already does not move. */
export async function moveToStage(
  tx: TenantTransaction,
  move: {
    leadId: string;
    fromStageId: string | null;
    stage: Stage;
    journeyId: string | null;
    setBy: DispositionSetter;
    userId: string | null;
    reason: string;
    applicationKey: string;
  },
): Promise<void> {
  if (move.fromStageId === move.stage.id) return;
  await tx.execute(sql`
    with moved as (
      update leads set stage_id = ${move.stage.id}, pipeline_id = ${move.stage.pipelineId}, updated_at = app_now()
      where id = ${move.leadId} returning organization_id, id),
    recorded as (
      insert into stage_moves (organization_id, lead_id, from_stage_id, to_stage_id, journey_id, set_by, user_id, reason, application_key)
      select organization_id, id, ${move.fromStageId}::uuid, ${move.stage.id}::uuid, ${move.journeyId}::uuid, ${move.setBy},
        ${move.userId}::uuid, ${move.reason}, ${move.applicationKey}
      from moved)
    insert into events (organization_id, type, lead_id, journey_id, data)
    select organization_id, 'lead.stage_moved', id, ${move.journeyId}::uuid,
      jsonb_build_object('fromStageId', ${move.fromStageId}::text, 'toStageId', ${move.stage.id}::text)
    from moved`);
}

/**
 * Sets the stage that a journey step names, in the campaign's pipeline if it has one, else in the lead's. Harmless when
 * repeated: the lead is there already.
 */
export async function setLeadStage(
  tx: TenantTransaction,
  request: { leadId: string; journeyId: string; stage: string; autoCreate: boolean; applicationKey: string },
): Promise<'set' | 'PIPELINE_STAGE_NOT_FOUND'> {
  const [lead] = await rowsOf<{ stage_id: string | null; pipeline_id: string | null }>(
    tx,
    sql`
      select stage_id, coalesce((select c.pipeline_id
          from journeys j join campaigns c on (c.organization_id, c.id) = (j.organization_id, j.campaign_id)
          where j.id = ${request.journeyId}), pipeline_id) as pipeline_id
      from leads where id = ${request.leadId} for update`,
  );
  if (!lead) throw new Error('The lead of this stage move does not exist');
  const stage = await findOrCreateStage(tx, lead.pipeline_id, request.stage, request.autoCreate);
  if (!stage) return 'PIPELINE_STAGE_NOT_FOUND';
  await moveToStage(tx, {
    leadId: request.leadId,
    fromStageId: lead.stage_id,
    stage,
    journeyId: request.journeyId,
    setBy: 'system',
    userId: null,
    reason: 'journey step',
    applicationKey: request.applicationKey,
  });
  return 'set';
}
