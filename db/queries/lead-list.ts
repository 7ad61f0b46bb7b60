import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { conditionBesideSearch, leadCondition } from './lead-filter.ts';
import type { LeadFilter } from './lead-filter.ts';
import { leadColumns, leadTables } from './leads.ts';
import type { LeadRow } from './leads.ts';
import { inOneStatement } from './reading.ts';

export const leadSorts = [
  'createdAt',
  '-createdAt',
  'updatedAt',
  '-updatedAt',
  'name',
  '-name',
  'stage',
  '-stage',
] as const;
export type LeadSort = (typeof leadSorts)[number];

/** Where a page of leads ended: what it is sorted by, its values as Postgres writes them, and the lead's id. */
export type LeadPosition = string[];

export type LeadPage = { rows: LeadRow[]; next: LeadPosition | null };

type LeadPageRequest = { limit: number; after: LeadPosition | null };
type Found = LeadRow & { position: LeadPosition };

/** So many matches are ranked at most. A search that finds more says too little to have a best match. */
const rankedAtMost = 2_000;

/** So many leads are looked at in the order of their stages before all that meet the filter are sorted instead. */
const walkedAtMost = 2_000;

/** In the order of `sort`; `-` = descending. One statement; by stage a second when few meet the filter. */
export async function listLeads(
  database: Database,
  scope: TenantScope,
  filter: LeadFilter,
  sort: LeadSort,
  page: LeadPageRequest,
): Promise<LeadPage> {
  const condition = leadCondition(filter);
  const ask = (statement: SQL) => inOneStatement<Found>(database, scope, statement);
  if (!sort.endsWith('stage')) return pageOfLeads(await ask(byColumn(condition, sort, page)), page.limit);
  const first = await ask(byStage(firstByStage(filter, sort, page), sort, page));
  if (first.length > page.limit) return pageOfLeads(first, page.limit);
  return pageOfLeads(await ask(byStage(everybodyByStage(condition, sort, page), sort, page)), page.limit);
}

/**
 * What somebody typed: best match first, then newest. Words that more than 2,000 leads hold rank nobody: those leads come
 * newest first, found on the way there, which takes a second statement.
 */
export async function searchLeads(
  database: Database,
  scope: TenantScope,
  { search, ...others }: LeadFilter & { search: string },
  page: LeadPageRequest,
): Promise<LeadPage> {
  const condition = conditionBesideSearch(others);
  if (page.after?.[0] !== '-createdAt') {
    const [rank, at, id] = page.after?.slice(1) ?? [];
    const rows = await inOneStatement<{ matches: number; lead: Found | null }>(
      database,
      scope,
      sql`
        with found as materialized (select * from find_leads(${search}, ${rankedAtMost + 1}::int)),
        matching as materialized (select count(*)::int as number from found)
        select m.number as matches, to_jsonb(f) as lead from matching m left join lateral (
          select ${leadColumns}, jsonb_build_array('rank', found.rank::text, l.created_at::text, l.id) as "position"
          from found join ${leadTables} on l.id = found.lead_id
          where m.number <= ${rankedAtMost} and ${condition}
            and ${rank === undefined ? sql`true` : sql`(found.rank, l.created_at, l.id) < (${rank}::int, ${at}::timestamptz, ${id}::uuid)`}
          order by found.rank desc, l.created_at desc, l.id desc limit ${page.limit + 1}) f on true`,
    );
    if (rows[0]!.matches <= rankedAtMost) {
      const leads = rows.flatMap(({ lead }) => (lead === null ? [] : [lead]));
      return pageOfLeads(leads, page.limit);
    }
  }
  // Written so that nothing is guessed about how many hold the words: it is known that many do, so that walking the leads
  // by their age finds a page at once.
  const holds = sql`case when l.search_text like all (search_patterns(${search})) then 1 else 0 end <> 0`;
  const holding = sql`${condition} and ${holds}`;
  const rows = await inOneStatement<Found>(database, scope, byColumn(holding, '-createdAt', page));
  return pageOfLeads(rows, page.limit);
}

export async function countLeads(
  database: Database,
  scope: TenantScope,
  filter: LeadFilter,
): Promise<number> {
  const rows = await inOneStatement<{ count: number }>(
    database,
    scope,
    sql`select count(*)::int as count from leads l where ${leadCondition(filter)}`,
  );
  return rows[0]!.count;
}

function byColumn(condition: SQL, sort: LeadSort, page: LeadPageRequest): SQL {
  const [column, type] = columnOf(sort);
  const [direction, beyond] = sort.startsWith('-') ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const after =
    page.after === null
      ? sql`true`
      : sql`(${column}, l.id) ${beyond} (${page.after[1]}::${type}, ${page.after[2]}::uuid)`;
  return sql`
    select ${leadColumns}, jsonb_build_array(${sort}::text, (${column})::text, l.id) as "position" from ${leadTables}
    where ${condition} and ${after}
    order by ${column} ${direction}, l.id ${direction} limit ${page.limit + 1}`;
}

function columnOf(sort: LeadSort): [column: SQL, type: SQL] {
  if (sort.endsWith('createdAt')) return [sql`l.created_at`, sql`timestamptz`];
  if (sort.endsWith('updatedAt')) return [sql`l.updated_at`, sql`timestamptz`];
  return [sql`l.name_key`, sql`text`];
}

/** The place of those that are in no stage: behind all others. */
const nowhere = sql.raw('2147483647');

/** Every stage's place among the organisation's; no stage comes last. */
const places = sql`
  select s.id, (row_number() over (order by p.is_default desc, p.name, s.position, s.id))::int as nr
  from pipeline_stages s join pipelines p on (p.organization_id, p.id) = (s.organization_id, s.pipeline_id)
  union all select null, ${nowhere}`;

/**
 * Whoever meets the condition among the first in the order of stages. A filter that many meet has its page among them, and
 * nothing is sorted: each stage is read by its own index, the next one only when that was not enough.
 */
function firstByStage(filter: LeadFilter, sort: LeadSort, page: LeadPageRequest): SQL {
  const { direction, beyond, after } = stageOrder(sort, page);
  const { stageId } = filter;
  const asked = stageId === 'none' ? sql`id is null` : sql`id = ${stageId}::uuid`;
  const place = page.after?.[1];
  const stages = sql`
    select * from places
    where ${stageId === undefined ? sql`true` : asked} and ${place === undefined ? sql`true` : sql`nr ${beyond}= ${place}::int`}
    order by nr ${direction}`;
  const some = (stage: SQL, at: SQL) => sql`
    (select l.id, ${at} as at, ${leadCondition(filter)} as meets from leads l
      where l.deleted_at is null and ${stage} and ${after(sql`p.nr`, at)}
      order by 2 ${direction}, 1 ${direction} limit ${walkedAtMost})`;
  return sql`
    select l.id, l.nr, l.at from (
      select l.id, p.nr, l.at, l.meets
      from (${stages}) p
        cross join lateral (
          ${some(sql`l.stage_id = p.id`, sql`l.stage_entered_at`)} union all
          ${some(sql`p.id is null and l.stage_id is null`, sql`l.created_at`)}) l
      order by p.nr ${direction}, l.at ${direction}, l.id ${direction} limit ${walkedAtMost}) l
    where l.meets`;
}

/** The same for a filter that few meet: it is asked of everybody, and whoever meets it is sorted. */
function everybodyByStage(condition: SQL, sort: LeadSort, page: LeadPageRequest): SQL {
  const { after } = stageOrder(sort, page);
  const nr = sql`coalesce(p.nr, ${nowhere})`;
  const at = sql`case when l.stage_id is null then l.created_at else l.stage_entered_at end`;
  return sql`
    select l.id, ${nr} as nr, ${at} as at
    from (select l.id, l.stage_id, l.stage_entered_at, l.created_at from leads l where ${condition} offset 0) l
      left join places p on p.id = l.stage_id
    where ${after(nr, at)}`;
}

type StageOrder = { direction: SQL; beyond: SQL; after: (nr: SQL, at: SQL) => SQL };

function stageOrder(sort: LeadSort, page: LeadPageRequest): StageOrder {
  const [direction, beyond] = sort.startsWith('-') ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const [, place, since, id] = page.after ?? [];
  const after = (nr: SQL, at: SQL) =>
    page.after === null
      ? sql`true`
      : sql`(${nr}, ${at}, l.id) ${beyond} (${place}::int, ${since}::timestamptz, ${id}::uuid)`;
  return { direction, beyond, after };
}

/** The page of those `found`, by the stage's place, who has been there longest first (descending: last). */
function byStage(found: SQL, sort: LeadSort, page: LeadPageRequest): SQL {
  const { direction } = stageOrder(sort, page);
  const inOrder = (rows: SQL) =>
    sql`${rows}.nr ${direction}, ${rows}.at ${direction}, ${rows}.id ${direction}`;
  return sql`
    with places as (${places}),
      page as (select f.* from (${found}) f order by ${inOrder(sql`f`)} limit ${page.limit + 1})
    select ${leadColumns}, jsonb_build_array(${sort}::text, m.nr::text, m.at::text, l.id) as "position"
    from page m join ${leadTables} on l.id = m.id
    order by ${inOrder(sql`m`)}`;
}

function pageOfLeads(rows: Found[], limit: number): LeadPage {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(({ position: _position, ...row }) => row),
    next: last?.position ?? null,
  };
}
