import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { JourneyStatus } from '#domain/journey/state.ts';
import type { Database } from '../database.ts';
import type { MemberProblem } from '../schema/campaigns.ts';
import type { TenantScope } from '../tenant.ts';
import type { LaunchCohort } from './launch-changes.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';

export type LaunchRow = {
  id: string;
  name: string;
  campaign: { id: string; name: string };
  versionId: string;
  cohort: LaunchCohort;
  status: 'starting' | 'running' | 'paused' | 'cancelled' | 'completed';
  members: { total: number; pending: number; started: number; refused: number };
  journeys: Record<JourneyStatus, number>;
  createdAt: string;
  startedAt: string | null;
  pausedAt: string | null;
  cancelledAt: string | null;
};

/** Launches with their counts; `picked` says which, under the alias `la`, and is applied before anything is counted. */
function launchesWithCounts(picked: SQL): SQL {
  return sql`
    with picked as materialized (select la.* from launches la where ${picked})
    select la.id, la.name, jsonb_build_object('id', c.id, 'name', c.name) as campaign, la.version_id as "versionId",
      la.cohort, case
        when la.cancelled_at is not null then 'cancelled'
        when la.status = 'running' and m.pending = 0 and coalesce(j.going_on, 0) = 0 then 'completed'
        when la.paused_at is not null then 'paused'
        else la.status end as status,
      jsonb_build_object('total', m.total, 'pending', m.pending, 'started', m.started, 'refused', m.refused) as members,
      '{"active": 0, "paused": 0, "completed": 0, "removed": 0, "failed": 0}'::jsonb || coalesce(j.by_status, '{}') as journeys,
      ${iso(sql`la.created_at`)} as "createdAt", ${iso(sql`la.started_at`)} as "startedAt",
      ${iso(sql`la.paused_at`)} as "pausedAt", ${iso(sql`la.cancelled_at`)} as "cancelledAt",
      ${position(sql`la.created_at`, sql`la.id`)}
    from picked la
      join campaigns c on (c.organization_id, c.id) = (la.organization_id, la.campaign_id)
      -- One launch after the other: counted together they would be sorted into a table by launch first.
      cross join lateral (
        select count(*)::int as total, (count(*) filter (where m.state = 'pending'))::int as pending,
          (count(*) filter (where m.state = 'started'))::int as started,
          (count(*) filter (where m.state = 'refused'))::int as refused
        from launch_members m where m.launch_id = la.id) m
      cross join lateral (
        select jsonb_object_agg(n.status, n.number) as by_status,
          sum(n.number) filter (where n.status in ('active', 'paused')) as going_on
        from (select j.status, count(*)::int as number from journeys j where j.launch_id = la.id group by j.status) n) j
    order by la.created_at desc, la.id desc`;
}

/** Newest first. */
export async function listLaunches(
  database: Database,
  scope: TenantScope,
  page: PageRequest,
): Promise<Page<LaunchRow>> {
  const rows = await inOneStatement<LaunchRow & { position: Position }>(
    database,
    scope,
    launchesWithCounts(sql`${beforeInTime(sql`la.created_at`, sql`la.id`, page.after)}
      order by la.created_at desc, la.id desc limit ${page.limit + 1}`),
  );
  return pageOf(rows, page.limit);
}

export async function readLaunchRow(
  database: Database,
  scope: TenantScope,
  id: string,
): Promise<LaunchRow | null> {
  const rows = await inOneStatement<LaunchRow & { position: Position }>(
    database,
    scope,
    launchesWithCounts(sql`la.id = ${id}`),
  );
  return pageOf(rows, 1).rows[0] ?? null;
}

export type MemberRow = {
  leadId: string;
  leadName: string;
  state: 'pending' | 'started' | 'refused';
  problems: MemberProblem[];
  journeyId: string | null;
};

/** In the order of the cohort. Null when there is no such launch. */
export async function listMembers(
  database: Database,
  scope: TenantScope,
  query: { launchId: string; state?: MemberRow['state'] | undefined; limit: number; afterPosition: number },
): Promise<{ rows: MemberRow[]; nextPosition: number | null } | null> {
  const rows = await inOneStatement<MemberRow & { place: number | null }>(
    database,
    scope,
    sql`
      select m.* from launches la left join lateral (
        select m.lead_id as "leadId", trim(l.first_name || ' ' || l.last_name) as "leadName", m.state, m.problems,
          m.journey_id as "journeyId", m.position as place
        from launch_members m join leads l on (l.organization_id, l.id) = (m.organization_id, m.lead_id)
        where m.launch_id = la.id and m.position > ${query.afterPosition}
          and ${query.state === undefined ? sql`true` : sql`m.state = ${query.state}`}
        order by m.position limit ${query.limit + 1}) m on true
      where la.id = ${query.launchId} order by m.place`,
  );
  if (rows.length === 0) return null;
  const found = rows.filter(({ place }) => place !== null);
  const shown = found.slice(0, query.limit);
  const last = found.length > query.limit ? shown.at(-1)! : null;
  return {
    rows: shown.map((row) => {
      const { place: _place, ...rest } = row;
      return rest;
    }),
    nextPosition: last?.place ?? null,
  };
}
