import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { CallbackStatus } from '#domain/callback.ts';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { isLate } from './callbacks.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';

export type CallbackRow = {
  id: string;
  lead: { id: string; name: string; timeZones: string[] };
  journeyId: string | null;
  campaignId: string | null;
  dueAt: string;
  status: CallbackStatus;
  late: boolean | null;
  say: string | null;
  note: string | null;
  source: string;
  attempts: number;
  keptAt: string | null;
  createdAt: string;
  updatedAt: string;
};

const columns = sql`
  c.id, jsonb_build_object('id', l.id, 'name', trim(l.first_name || ' ' || l.last_name),
    'timeZones', to_jsonb(l.time_zones)) as lead,
  c.journey_id as "journeyId", c.campaign_id as "campaignId", ${iso(sql`c.due_at`)} as "dueAt", c.status,
  ${isLate} as late, c.say, c.note, c.source, c.attempts, ${iso(sql`c.kept_at`)} as "keptAt",
  ${iso(sql`c.created_at`)} as "createdAt", ${iso(sql`c.updated_at`)} as "updatedAt"`;

const tables = sql`callbacks c join leads l on (l.organization_id, l.id) = (c.organization_id, c.lead_id)`;

/** Latest promised time first. */
export async function listCallbacks(
  database: Database,
  scope: TenantScope,
  filter: { status?: CallbackStatus | undefined; leadId?: string | undefined },
  page: PageRequest,
): Promise<Page<CallbackRow>> {
  const conditions: SQL[] = [
    beforeInTime(sql`c.due_at`, sql`c.id`, page.after),
    filter.status === undefined ? sql`true` : sql`c.status = ${filter.status}`,
    filter.leadId === undefined ? sql`true` : sql`c.lead_id = ${filter.leadId}`,
  ];
  const rows = await inOneStatement<CallbackRow & { position: Position }>(
    database,
    scope,
    sql`
      select ${columns}, ${position(sql`c.due_at`, sql`c.id`)} from ${tables}
      where ${sql.join(conditions, sql` and `)}
      order by c.due_at desc, c.id desc limit ${page.limit + 1}`,
  );
  return pageOf(rows, page.limit);
}

export async function readCallback(
  database: Database,
  scope: TenantScope,
  id: string,
): Promise<CallbackRow | null> {
  const [row] = await inOneStatement<CallbackRow>(
    database,
    scope,
    sql`select ${columns} from ${tables} where c.id = ${id}`,
  );
  return row ?? null;
}

export type CallbackCounts = {
  scheduled: number;
  keptOnTime: number;
  keptLate: number;
  missed: number;
  cancelled: number;
};

/** What became of the promises whose time lies from `from` until before `to`. */
export async function countCallbacks(
  database: Database,
  scope: TenantScope,
  filter: { campaignId?: string | undefined; from?: string | undefined; to?: string | undefined },
): Promise<CallbackCounts> {
  const conditions: SQL[] = [
    filter.campaignId === undefined ? sql`true` : sql`campaign_id = ${filter.campaignId}`,
    filter.from === undefined ? sql`true` : sql`due_at >= ${filter.from}::timestamptz`,
    filter.to === undefined ? sql`true` : sql`due_at < ${filter.to}::timestamptz`,
  ];
  const [counts] = await inOneStatement<CallbackCounts>(
    database,
    scope,
    sql`
      select count(*) filter (where status = 'scheduled')::int as scheduled,
        count(*) filter (where status = 'kept' and not ${isLate})::int as "keptOnTime",
        count(*) filter (where status = 'kept' and ${isLate})::int as "keptLate",
        count(*) filter (where status = 'missed')::int as missed,
        count(*) filter (where status = 'cancelled')::int as cancelled
      from callbacks where ${sql.join(conditions, sql` and `)}`,
  );
  return counts!;
}
