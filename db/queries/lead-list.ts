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

/** A plan that is good for whichever filter and page is one that joins the page with all leads. */
const planning = { planned: 'each time' } as const;

/** So many matches are ranked at most. A search that finds more says too little to have a best match. */
const rankedAtMost = 2_000;

/** So many leads are looked at in the order asked for before all that meet the filter are sorted instead. */
const walkedAtMost = 1_000;

/**
 * In the order of `sort`; `-` = descending. A filter that many meet has its page among the first leads in that order, and
 * nothing is sorted. Only when they do not fill the page, everybody is asked by a second statement. The planner could
 * choose between the two by itself if it knew how many meet a filter; of tags and custom fields it does not.
 */
export async function listLeads(
  database: Database,
  scope: TenantScope,
  filter: LeadFilter,
  sort: LeadSort,
  page: LeadPageRequest,
): Promise<LeadPage> {
  const order = sort.endsWith('stage') ? stageOrder(sort, page) : columnOrder(sort, page);
  const ask = (found: SQL) =>
    inOneStatement<Found>(database, scope, pageStatement(found, order, sort, page), planning);
  const first = await ask(order.first(filter));
  const isEverybody = Object.values(filter).every((value) => value === undefined);
  if (first.length > page.limit || isEverybody) return pageOfLeads(first, page.limit);
  return pageOfLeads(await ask(order.everybody(leadCondition(filter))), page.limit);
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
  const order = columnOrder('-createdAt', page);
  const found = order.met(sql`${condition} and ${holds}`);
  const statement = pageStatement(found, order, '-createdAt', page);
  return pageOfLeads(await inOneStatement<Found>(database, scope, statement, planning), page.limit);
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

/** How a page of leads is put in order: by `keys` and then by id, as `found` rows name them. */
type Order = {
  keys: readonly string[];
  direction: SQL;
  /** Of the first leads in this order, those who meet the filter. */
  first(filter: LeadFilter): SQL;
  /** All who meet the condition, none of them looked for in this order. */
  everybody(condition: SQL): SQL;
};

/** The page of those `found`. Only its own leads are read whole. */
function pageStatement(
  found: SQL,
  { keys, direction }: Pick<Order, 'keys' | 'direction'>,
  sort: LeadSort,
  page: LeadPageRequest,
): SQL {
  const inOrder = (rows: string) =>
    sql.join(
      [...keys, 'id'].map((key) => sql`${sql.raw(`${rows}.${key}`)} ${direction}`),
      sql`, `,
    );
  const position = sql.join(
    keys.map((key) => sql`${sql.raw(`m.${key}`)}::text`),
    sql`, `,
  );
  return sql`
    with places as (${places}),
      page as (select f.* from (${found}) f order by ${inOrder('f')} limit ${page.limit + 1})
    select ${leadColumns}, jsonb_build_array(${sort}::text, ${position}, l.id) as "position"
    from page m join ${leadTables} on l.id = m.id
    order by ${inOrder('m')}`;
}

function directionOf(sort: LeadSort): { direction: SQL; beyond: SQL } {
  return sort.startsWith('-')
    ? { direction: sql`desc`, beyond: sql`<` }
    : { direction: sql`asc`, beyond: sql`>` };
}

function columnOrder(sort: LeadSort, page: LeadPageRequest): Order & { met(condition: SQL): SQL } {
  const { direction, beyond } = directionOf(sort);
  const [column, type] = columnOf(sort);
  const after =
    page.after === null
      ? sql`true`
      : sql`(${column}, l.id) ${beyond} (${page.after[1]}::${type}, ${page.after[2]}::uuid)`;
  const met = (condition: SQL) => sql`
    select l.id, ${column} as key from leads l where ${condition} and ${after}`;
  return {
    keys: ['key'],
    direction,
    met,
    first: (filter) => sql`
      select l.id, l.key from (
        select l.id, ${column} as key, ${leadCondition(filter)} as meets from leads l
        where l.deleted_at is null and ${after}
        order by 2 ${direction}, 1 ${direction} limit ${walkedAtMost}) l
      where l.meets`,
    everybody: (condition) => sql`${met(condition)} offset 0`,
  };
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

/** By the stage's place, who has been there longest first (descending: last). Each stage is read by its own index. */
function stageOrder(sort: LeadSort, page: LeadPageRequest): Order {
  const { direction, beyond } = directionOf(sort);
  const [, place, since, id] = page.after ?? [];
  const after = (nr: SQL, at: SQL) =>
    page.after === null
      ? sql`true`
      : sql`(${nr}, ${at}, l.id) ${beyond} (${place}::int, ${since}::timestamptz, ${id}::uuid)`;
  return {
    keys: ['nr', 'at'],
    direction,
    first(filter) {
      const { stageId } = filter;
      const asked = stageId === 'none' ? sql`id is null` : sql`id = ${stageId}::uuid`;
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
    },
    everybody(condition) {
      const nr = sql`coalesce(p.nr, ${nowhere})`;
      const at = sql`case when l.stage_id is null then l.created_at else l.stage_entered_at end`;
      return sql`
        select l.id, ${nr} as nr, ${at} as at
        from (select l.id, l.stage_id, l.stage_entered_at, l.created_at from leads l where ${condition} offset 0) l
          left join places p on p.id = l.stage_id
        where ${after(nr, at)}`;
    },
  };
}

function pageOfLeads(rows: Found[], limit: number): LeadPage {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(({ position: _position, ...row }) => row),
    next: last?.position ?? null,
  };
}
