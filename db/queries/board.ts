import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { JourneyStatus, Rest } from '#domain/journey/state.ts';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { matchesLead } from './lead-filter.ts';
import { pipelineColumns } from './pipelines.ts';
import type { PipelineRow, StageRow } from './pipelines.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';

export type CardRow = {
  leadId: string;
  name: string;
  company: string | null;
  phone: string;
  tags: string[];
  /** Whole days since it came into its stage. */
  daysInStage: number;
  stageEnteredAt: string;
  /** The newest that still runs. */
  journey: {
    id: string;
    status: JourneyStatus;
    waitingFor: Rest['kind'] | null;
    waitingUntil: string | null;
  } | null;
};

export type BoardRow = {
  pipeline: PipelineRow;
  columns: (Page<CardRow> & { stage: StageRow; count: number })[];
  unstaged: { count: number };
};

const cardColumns = sql`
  l.id as "leadId", trim(l.first_name || ' ' || l.last_name) as name, l.company, l.phone, to_jsonb(l.tags) as tags,
  floor(extract(epoch from app_now() - l.stage_entered_at) / 86400)::int as "daysInStage",
  ${iso(sql`l.stage_entered_at`)} as "stageEnteredAt",
  (select jsonb_build_object('id', j.id, 'status', j.status, 'waitingFor', j.waiting_for,
      'waitingUntil', ${iso(sql`j.waiting_until`)})
    from journeys j where j.lead_id = l.id and j.status in ('active', 'paused')
    order by j.created_at desc, j.id desc limit 1) as journey,
  ${position(sql`l.stage_entered_at`, sql`l.id`)}`;

/** The newest of a stage first, `limit + 1` of them. */
function cardsOf(stageId: SQL, matching: SQL, { limit, after }: PageRequest): SQL {
  return sql`
    select ${cardColumns} from leads l
    where l.stage_id = ${stageId} and l.deleted_at is null and ${matching}
      and ${beforeInTime(sql`l.stage_entered_at`, sql`l.id`, after)}
    order by l.stage_entered_at desc, l.id desc limit ${limit + 1}`;
}

/** What is read of every lead that a search finds, once for all columns. */
function foundBy(search: string): SQL {
  return sql`
    with found as materialized (
      select l.id, l.stage_id, l.stage_entered_at from leads l where l.deleted_at is null and ${matchesLead(search)})`;
}

/** Of those, the newest of a stage. */
function newestFound(stageId: SQL, limit: number): SQL {
  return sql`l.id in (select f.id from found f where f.stage_id = ${stageId}
    order by f.stage_entered_at desc, f.id desc limit ${limit + 1})`;
}

/**
 * A pipeline with the live stages' newest cards and how many leads are in each, deleted ones left out: one statement. The
 * counts are of what the search finds. Null when there is no such pipeline.
 */
export async function readBoard(
  database: Database,
  scope: TenantScope,
  query: { pipelineId: string; search?: string | undefined; limit: number },
): Promise<BoardRow | null> {
  const { search, limit } = query;
  const counted = search === undefined ? sql`leads f where f.deleted_at is null` : sql`found f where true`;
  const matching = search === undefined ? sql`true` : newestFound(sql`s.id`, limit);
  type Column = { stage: StageRow; count: number; cards: (CardRow & { position: Position })[] };
  const [row] = await inOneStatement<PipelineRow & { columns: Column[]; unstaged: number }>(
    database,
    scope,
    sql`
      ${search === undefined ? sql`` : foundBy(search)}
      select ${pipelineColumns},
        (select coalesce(jsonb_agg(jsonb_build_object(
            'stage', jsonb_build_object('id', s.id, 'name', s.name, 'position', s.position, 'color', s.color,
              'probability', s.probability, 'archivedAt', null),
            'count', (select count(*) from ${counted} and f.stage_id = s.id),
            'cards', (select coalesce(jsonb_agg(k), '[]')
              from (${cardsOf(sql`s.id`, matching, { limit, after: null })}) k))
            order by s.position, s.created_at, s.id), '[]')
          from pipeline_stages s where s.pipeline_id = p.id and s.archived_at is null) as columns,
        (select count(*)::int from ${counted} and f.stage_id is null) as unstaged
      from pipelines p where p.id = ${query.pipelineId}`,
  );
  if (!row) return null;
  const { columns, unstaged, ...pipeline } = row;
  return {
    pipeline,
    columns: columns.map(({ stage, count, cards }) => ({ stage, count, ...pageOf(cards, limit) })),
    unstaged: { count: unstaged },
  };
}

/** A page of one column, newest first. Null when there is no such stage in that pipeline. */
export async function readColumn(
  database: Database,
  scope: TenantScope,
  key: { pipelineId: string; stageId: string; search?: string | undefined },
  page: PageRequest,
): Promise<Page<CardRow> | null> {
  const matching = key.search === undefined ? sql`true` : matchesLead(key.search);
  // The left join tells an empty stage from no stage.
  const rows = await inOneStatement<CardRow & { position: Position }>(
    database,
    scope,
    sql`
      select k.* from pipeline_stages s left join lateral (${cardsOf(sql`s.id`, matching, page)}) k on true
      where s.id = ${key.stageId} and s.pipeline_id = ${key.pipelineId}
      order by k.position ->> 'at' desc, k."leadId" desc`,
  );
  if (rows.length === 0) return null;
  return pageOf(
    rows.filter((row) => row.leadId !== null),
    page.limit,
  );
}
