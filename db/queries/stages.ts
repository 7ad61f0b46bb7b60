import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { DispositionSetter } from '#domain/disposition.ts';
import type { TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { survivorOf } from './lead-union.ts';
import { rowsOf } from './rows.ts';

export type Stage = { id: string; pipelineId: string };

/**
 * The stage of that name in the given pipeline, or in the default one when that is archived or none is given; made when
 * asked to, else null.
 */
export async function findOrCreateStage(
  tx: TenantTransaction,
  pipelineId: string | null,
  name: string,
  create: boolean,
): Promise<Stage | null> {
  const pipeline = sql`select organization_id, id from pipelines
    where archived_at is null and (is_default or id = ${pipelineId}::uuid) order by id = ${pipelineId}::uuid desc nulls last limit 1`;
  const find = () =>
    rowsOf<Stage>(
      tx,
      sql`select s.id, s.pipeline_id as "pipelineId" from pipeline_stages s join (${pipeline}) p on p.id = s.pipeline_id
          where lower(s.name) = lower(${name}) and s.archived_at is null`,
    );
  const [found] = await find();
  if (found || !create) return found ?? null;
  await tx.execute(sql`
    with made as (
      insert into pipeline_stages (organization_id, pipeline_id, name, position)
      select p.organization_id, p.id, ${name},
        (select coalesce(max(position), 0) + 1 from pipeline_stages s where s.pipeline_id = p.id)
      from (${pipeline}) p on conflict do nothing returning organization_id, pipeline_id)
    insert into events (organization_id, type, data)
    select organization_id, 'pipeline.updated', jsonb_build_object('pipelineId', pipeline_id) from made`);
  const [made] = await find();
  return made ?? null;
}

export type StageMove = {
  stageId: string;
  journeyId: string | null;
  setBy: DispositionSetter;
  userId: string | null;
  reason: string | null;
  applicationKey: string | null;
};

/**
 * Moves leads into a stage and keeps every move on record, with where each came from. `leads` says which, under the alias
 * `l`; those that are there already do not move. The stage must be a live one and is held until the transaction ends, so
 * that nobody archives it beneath them; into one that is not, nobody moves. Answers how many moved.
 */
export async function moveLeads(tx: TenantTransaction, leads: SQL, move: StageMove): Promise<number> {
  const [row] = await rowsOf<{ moved: number }>(
    tx,
    sql`
    with stage as materialized (
      select id, pipeline_id from pipeline_stages where id = ${move.stageId}::uuid and archived_at is null for share),
    moved as (
      update leads l set stage_id = stage.id, pipeline_id = stage.pipeline_id, stage_entered_at = app_now(),
        updated_at = app_now()
      from stage
      where (${leads}) and l.stage_id is distinct from stage.id
      -- The row's own last version, also when somebody else has moved it while this waited.
      returning new.organization_id, new.id, old.stage_id as from_stage_id, new.stage_id as to_stage_id),
    recorded as (
      insert into stage_moves (organization_id, lead_id, from_stage_id, to_stage_id, journey_id, set_by, user_id, reason, application_key)
      select organization_id, id, from_stage_id, to_stage_id, ${move.journeyId}::uuid, ${move.setBy},
        ${move.userId}::uuid, ${move.reason}, ${move.applicationKey}
      from moved),
    told as (
      insert into events (organization_id, type, lead_id, journey_id, data)
      select organization_id, 'lead.stage_changed', id, ${move.journeyId}::uuid,
        jsonb_build_object('fromStageId', from_stage_id, 'toStageId', to_stage_id)
      from moved)
    select count(*)::int as moved from moved`,
  );
  return row!.moved;
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
      from leads where id = ${survivorOf(request.leadId)} for update`,
  );
  if (!lead) throw new Error('The lead of this stage move does not exist');
  const stage = await findOrCreateStage(tx, lead.pipeline_id, request.stage, request.autoCreate);
  if (!stage) return 'PIPELINE_STAGE_NOT_FOUND';
  if (stage.id === lead.stage_id) return 'set';
  const moved = await moveLeads(tx, sql`l.id = ${survivorOf(request.leadId)}`, {
    stageId: stage.id,
    journeyId: request.journeyId,
    setBy: 'system',
    userId: null,
    reason: 'journey step',
    applicationKey: request.applicationKey,
  });
  // Archived since it was found.
  return moved === 1 ? 'set' : 'PIPELINE_STAGE_NOT_FOUND';
}

/** Moves a lead by a person's hand. A lead that is there already stays as it is, and nothing is written. */
export async function setStageByHand(
  tx: TenantTransaction,
  organizationId: string,
  request: { leadId: string; stageId: string; reason: string | null },
  actor: Actor,
): Promise<'set' | 'LEAD_NOT_FOUND' | 'PIPELINE_STAGE_NOT_FOUND' | 'STAGE_ARCHIVED'> {
  const { leadId, stageId, reason } = request;
  const [[lead], [stage]] = await Promise.all([
    rowsOf(tx, sql`select id from leads where id = ${leadId} and deleted_at is null`),
    // Held, so that it is still live when the lead moves.
    rowsOf<{ archived: boolean }>(
      tx,
      sql`select archived_at is not null as archived from pipeline_stages where id = ${stageId} for share`,
    ),
  ]);
  if (!lead) return 'LEAD_NOT_FOUND';
  if (!stage) return 'PIPELINE_STAGE_NOT_FOUND';
  if (stage.archived) return 'STAGE_ARCHIVED';
  const moved = await moveLeads(tx, sql`l.id = ${leadId} and l.deleted_at is null`, {
    stageId,
    journeyId: null,
    setBy: 'manual',
    userId: actor.userId,
    reason,
    applicationKey: null,
  });
  if (moved > 0) {
    await recordAudit(tx, organizationId, actor, {
      action: 'lead.stage',
      subjectType: 'lead',
      subjectId: leadId,
      data: { stageId },
    });
  }
  return 'set';
}
