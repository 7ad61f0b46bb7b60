import { sql } from 'drizzle-orm';
import type { TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { announcePipeline, defaultColor, lockPipeline, readPipelineIn } from './pipelines.ts';
import type { NewStage, PipelineRow, StageRow } from './pipelines.ts';
import { list } from './reading.ts';
import { rowsOf } from './rows.ts';
import { moveLeads } from './stages.ts';

/** A board with more columns than that is no board. */
export const maxStages = 50;

export type StageRefusal =
  | 'pipeline_not_found'
  | 'stage_not_found'
  | 'name_taken'
  | 'too_many'
  | 'not_empty'
  /** Where its leads were to go is no other live stage of this pipeline. */
  | 'no_such_target'
  /** Not the live stages, each once. */
  | 'stages_changed';

type Actors = { organizationId: string; actor: Actor };

/** Adds a stage before the one that stands at `position`, or at the end. */
export async function createStage(
  tx: TenantTransaction,
  { organizationId, actor }: Actors,
  pipelineId: string,
  stage: NewStage & { position?: number | undefined },
): Promise<PipelineRow | StageRefusal> {
  const pipeline = await lockPipeline(tx, pipelineId);
  if (!pipeline) return 'pipeline_not_found';
  const live = liveStages(pipeline);
  if (live.length >= maxStages) return 'too_many';
  if (isTaken(live, stage.name)) return 'name_taken';
  const [made] = await rowsOf<{ id: string }>(
    tx,
    sql`
      insert into pipeline_stages (organization_id, pipeline_id, name, position, color, probability)
      values (${organizationId}::uuid, ${pipelineId}::uuid, ${stage.name}, ${live.length},
        ${stage.color ?? defaultColor}, ${stage.probability ?? 0})
      returning id`,
  );
  const order = live.map(({ id }) => id);
  order.splice(stage.position ?? order.length, 0, made!.id);
  await writeOrder(tx, order);
  return changed(tx, { organizationId, actor }, pipelineId, 'pipeline_stage.create', made!.id);
}

export type StageChange = {
  name?: string | undefined;
  color?: string | undefined;
  probability?: number | undefined;
  archived?: boolean | undefined;
  /** Where the leads of a stage go that is archived. */
  moveLeadsTo?: string | undefined;
};

/**
 * What is not given stays as it is. One that holds leads is archived only when they are told where to go; one that comes
 * back stands at the end.
 */
export async function updateStage(
  tx: TenantTransaction,
  { organizationId, actor }: Actors,
  key: { pipelineId: string; stageId: string },
  change: StageChange,
): Promise<PipelineRow | StageRefusal> {
  const pipeline = await lockPipeline(tx, key.pipelineId);
  if (!pipeline) return 'pipeline_not_found';
  const stageId = key.stageId.toLowerCase();
  const stage = pipeline.stages.find(({ id }) => id === stageId);
  if (!stage) return 'stage_not_found';
  const live = liveStages(pipeline);
  const others = live.filter(({ id }) => id !== stageId);
  const archived = change.archived ?? stage.archivedAt !== null;
  const name = change.name ?? stage.name;
  if (!archived && isTaken(others, name)) return 'name_taken';
  if (!archived && others.length >= maxStages) return 'too_many';
  const target = change.moveLeadsTo?.toLowerCase();
  if (target !== undefined && !others.some(({ id }) => id === target)) return 'no_such_target';
  if (archived && stage.archivedAt === null) {
    // First held, then emptied: nobody moves in from here on.
    await tx.execute(sql`select id from pipeline_stages where id = ${stageId} for update`);
    if (target !== undefined) {
      await moveLeads(tx, sql`l.stage_id = ${stageId} and l.deleted_at is null`, {
        stageId: target,
        journeyId: null,
        setBy: 'manual',
        userId: actor.userId,
        reason: 'stage archived',
        applicationKey: null,
      });
    } else if (await hasLeads(tx, stageId)) return 'not_empty';
  }
  await tx.execute(sql`
    update pipeline_stages set name = ${name}, color = ${change.color ?? stage.color},
      probability = ${change.probability ?? stage.probability},
      archived_at = case when ${archived}::boolean then coalesce(archived_at, app_now()) end
    where id = ${stageId}`);
  const order = others.map(({ id }) => id);
  if (!archived) order.splice(stage.archivedAt === null ? live.indexOf(stage) : order.length, 0, stageId);
  await writeOrder(tx, order);
  return changed(tx, { organizationId, actor }, key.pipelineId, 'pipeline_stage.update', stageId, change);
}

/** Puts the live stages into that order; it must name each of them once. */
export async function orderStages(
  tx: TenantTransaction,
  { organizationId, actor }: Actors,
  pipelineId: string,
  given: string[],
): Promise<PipelineRow | StageRefusal> {
  const pipeline = await lockPipeline(tx, pipelineId);
  if (!pipeline) return 'pipeline_not_found';
  const order = given.map((id) => id.toLowerCase());
  const live = new Set(liveStages(pipeline).map(({ id }) => id));
  const complete = order.length === live.size && new Set(order).size === live.size;
  if (!complete || !order.every((id) => live.has(id))) return 'stages_changed';
  await writeOrder(tx, order);
  return changed(tx, { organizationId, actor }, pipelineId, 'pipeline.order', pipelineId);
}

function liveStages({ stages }: PipelineRow): StageRow[] {
  return stages.filter(({ archivedAt }) => archivedAt === null);
}

function isTaken(stages: StageRow[], name: string): boolean {
  return stages.some((stage) => stage.name.toLowerCase() === name.toLowerCase());
}

async function hasLeads(tx: TenantTransaction, stageId: string): Promise<boolean> {
  const [found] = await rowsOf(
    tx,
    sql`select from leads l where l.stage_id = ${stageId} and l.deleted_at is null limit 1`,
  );
  return found !== undefined;
}

async function writeOrder(tx: TenantTransaction, stageIds: string[]): Promise<void> {
  await tx.execute(sql`
    update pipeline_stages s set position = o.ordinality - 1
    from unnest(${list(stageIds)}::uuid[]) with ordinality as o(id, ordinality)
    where s.id = o.id and s.position <> o.ordinality - 1`);
}

async function changed(
  tx: TenantTransaction,
  { organizationId, actor }: Actors,
  pipelineId: string,
  action: string,
  subjectId: string,
  data: Record<string, unknown> = {},
): Promise<PipelineRow> {
  await announcePipeline(tx, organizationId, pipelineId);
  const subjectType = action.split('.')[0]!;
  await recordAudit(tx, organizationId, actor, { action, subjectType, subjectId, data });
  return readPipelineIn(tx, pipelineId);
}
