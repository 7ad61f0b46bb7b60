import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { inOneStatement, iso } from './reading.ts';
import { rowsOf } from './rows.ts';

export type StageRow = {
  id: string;
  name: string;
  position: number;
  color: string;
  probability: number;
  archivedAt: string | null;
};

export type PipelineRow = {
  id: string;
  name: string;
  isDefault: boolean;
  archivedAt: string | null;
  stages: StageRow[];
};

/** A pipeline under the alias `p` with all its stages, the live ones first and in their order. */
export const pipelineColumns = sql`
  p.id, p.name, p.is_default as "isDefault", ${iso(sql`p.archived_at`)} as "archivedAt",
  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'position', s.position, 'color', s.color,
      'probability', s.probability, 'archivedAt', ${iso(sql`s.archived_at`)})
      order by s.archived_at is not null, s.position, s.created_at, s.id), '[]')
    from pipeline_stages s where s.pipeline_id = p.id) as stages`;

/** The default one first, then the others by name, then those that are archived. */
export async function listPipelines(database: Database, scope: TenantScope): Promise<PipelineRow[]> {
  return inOneStatement(
    database,
    scope,
    sql`
      select ${pipelineColumns} from pipelines p
      order by p.archived_at is not null, not p.is_default, lower(p.name), p.id`,
  );
}

/**
 * Holds a pipeline until the transaction ends, so that its stages change one change after the other. Null when there is
 * none.
 */
export async function lockPipeline(tx: TenantTransaction, id: string): Promise<PipelineRow | null> {
  const [held] = await rowsOf(tx, sql`select id from pipelines where id = ${id} for update`);
  return held ? readPipelineIn(tx, id) : null;
}

export async function readPipelineIn(tx: TenantTransaction, id: string): Promise<PipelineRow> {
  const [row] = await rowsOf<PipelineRow>(
    tx,
    sql`select ${pipelineColumns} from pipelines p where p.id = ${id}`,
  );
  return row!;
}

export const maxPipelines = 100;

export type NewStage = { name: string; color?: string | undefined; probability?: number | undefined };

/** Makes a pipeline with its stages in that order; the first one of an organisation is its default. */
export async function createPipeline(
  tx: TenantTransaction,
  organizationId: string,
  pipeline: { name: string; stages: NewStage[] },
  actor: Actor,
): Promise<PipelineRow | 'name_taken' | 'too_many'> {
  const [made] = await rowsOf<{ id: string | null; tooMany: boolean }>(
    tx,
    sql`
      with counted as (
        select count(*) filter (where archived_at is null) >= ${maxPipelines}::int as full,
          not coalesce(bool_or(is_default), false) as first from pipelines),
      made as (
        insert into pipelines (organization_id, name, is_default)
        select ${organizationId}::uuid, ${pipeline.name}, counted.first from counted where not counted.full
        on conflict (organization_id, name) do nothing returning id)
      select (select id from made) as id, counted.full as "tooMany" from counted`,
  );
  if (made!.tooMany) return 'too_many';
  const { id } = made!;
  if (id === null) return 'name_taken';
  await tx.execute(sql`
    insert into pipeline_stages (organization_id, pipeline_id, name, position, color, probability)
    select ${organizationId}::uuid, ${id}::uuid, s.name, s.ordinality - 1, coalesce(s.color, ${defaultColor}),
      coalesce(s.probability, 0)
    from rows from (jsonb_to_recordset(${JSON.stringify(pipeline.stages)}::jsonb)
      as (name text, color text, probability double precision)) with ordinality as s`);
  await announcePipeline(tx, organizationId, id);
  await recordAudit(tx, organizationId, actor, {
    action: 'pipeline.create',
    subjectType: 'pipeline',
    subjectId: id,
  });
  return readPipelineIn(tx, id);
}

export const defaultColor = '#64748b';

export type PipelineChange = {
  name?: string | undefined;
  archived?: boolean | undefined;
  isDefault?: boolean | undefined;
};

export type PipelineRefusal =
  | 'not_found'
  | 'name_taken'
  /** The default one stays until another is made the default. */
  | 'is_default'
  /** An archived one cannot become the default. */
  | 'archived'
  /** Leads are in it. */
  | 'not_empty';

/** What is not given stays as it is. There is always one default, and making another the default ends the first. */
export async function updatePipeline(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  change: PipelineChange,
  actor: Actor,
): Promise<PipelineRow | PipelineRefusal> {
  // All of them, in one order: two changes of the default come one after the other.
  const held = await rowsOf<{ id: string; name: string; isDefault: boolean; archived: boolean }>(
    tx,
    sql`
      select id, name, is_default as "isDefault", archived_at is not null as archived
      from pipelines order by id for update`,
  );
  const current = held.find((row) => row.id === id.toLowerCase());
  if (!current) return 'not_found';
  const { name = current.name, archived = current.archived, isDefault = current.isDefault } = change;
  if (held.some((row) => row.name === name && row !== current)) return 'name_taken';
  if (current.isDefault && (!isDefault || archived)) return 'is_default';
  if (isDefault && archived) return 'archived';
  if (archived && !current.archived && (await holdsLeads(tx, id))) return 'not_empty';
  if (isDefault && !current.isDefault)
    await tx.execute(sql`update pipelines set is_default = false where is_default`);
  await tx.execute(sql`
    update pipelines set name = ${name}, is_default = ${isDefault},
      archived_at = case when ${archived}::boolean then coalesce(archived_at, app_now()) end
    where id = ${id}`);
  await announcePipeline(tx, organizationId, id);
  await recordAudit(tx, organizationId, actor, {
    action: 'pipeline.update',
    subjectType: 'pipeline',
    subjectId: id,
    data: change,
  });
  return readPipelineIn(tx, id);
}

async function holdsLeads(tx: TenantTransaction, pipelineId: string): Promise<boolean> {
  // Held first: a lead that is just being moved in arrives before this looks, or finds the way closed.
  await tx.execute(sql`
    select id from pipeline_stages where pipeline_id = ${pipelineId} and archived_at is null order by id for update`);
  const [found] = await rowsOf(
    tx,
    sql`
      select from leads l where l.deleted_at is null
        and l.stage_id in (select id from pipeline_stages where pipeline_id = ${pipelineId}) limit 1`,
  );
  return found !== undefined;
}

export async function announcePipeline(
  tx: TenantTransaction,
  organizationId: string,
  pipelineId: string,
): Promise<void> {
  await tx.execute(sql`
    insert into events (organization_id, type, data)
    values (${organizationId}::uuid, 'pipeline.updated', jsonb_build_object('pipelineId', ${pipelineId}::text))`);
}
