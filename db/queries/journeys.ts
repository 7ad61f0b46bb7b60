import { sql } from 'drizzle-orm';
import type { StepKind } from '#domain/journey/definition.ts';
import type { JourneyStatus, Rest } from '#domain/journey/state.ts';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { matchesLead } from './lead-filter.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';

export type JourneyRow = {
  id: string;
  lead: { id: string; name: string; phone: string; timeZones: string[] };
  campaign: { id: string; name: string };
  launchId: string;
  versionId: string;
  status: JourneyStatus;
  endReason: string | null;
  stepId: string | null;
  stepKind: StepKind | null;
  waitingFor: Rest['kind'] | null;
  waitingUntil: string | null;
  waitingCode: string | null;
  lastDisposition: string | null;
  workflowId: string;
  createdAt: string;
  updatedAt: string;
  endedAt: string | null;
};

const journeyColumns = sql`
  j.id, jsonb_build_object('id', l.id, 'name', trim(l.first_name || ' ' || l.last_name), 'phone', l.phone,
    'timeZones', l.time_zones) as lead,
  jsonb_build_object('id', c.id, 'name', c.name) as campaign, j.launch_id as "launchId", j.version_id as "versionId",
  j.status, j.end_reason as "endReason", j.step_id as "stepId",
  (select s ->> 'kind' from journey_versions v, jsonb_array_elements(v.definition -> 'steps') s
    where v.id = j.version_id and s ->> 'id' = j.step_id) as "stepKind",
  j.waiting_for as "waitingFor", ${iso(sql`j.waiting_until`)} as "waitingUntil", j.waiting_code as "waitingCode",
  j.last_disposition as "lastDisposition", j.workflow_id as "workflowId", ${iso(sql`j.created_at`)} as "createdAt",
  ${iso(sql`j.updated_at`)} as "updatedAt", ${iso(sql`j.ended_at`)} as "endedAt"`;

const journeyTables = sql`
  journeys j
    join leads l on (l.organization_id, l.id) = (j.organization_id, j.lead_id)
    join campaigns c on (c.organization_id, c.id) = (j.organization_id, j.campaign_id)`;

export type JourneyFilter = {
  launchId?: string | undefined;
  campaignId?: string | undefined;
  leadId?: string | undefined;
  status?: JourneyStatus | undefined;
  waitingFor?: Rest['kind'] | undefined;
  search?: string | undefined;
};

/** Newest first. `search` is for the lead. */
export async function listJourneys(
  database: Database,
  scope: TenantScope,
  filter: JourneyFilter,
  page: PageRequest,
): Promise<Page<JourneyRow>> {
  const conditions = [beforeInTime(sql`j.created_at`, sql`j.id`, page.after)];
  if (filter.launchId !== undefined) conditions.push(sql`j.launch_id = ${filter.launchId}`);
  if (filter.campaignId !== undefined) conditions.push(sql`j.campaign_id = ${filter.campaignId}`);
  if (filter.leadId !== undefined) conditions.push(sql`j.lead_id = ${filter.leadId}`);
  if (filter.status !== undefined) conditions.push(sql`j.status = ${filter.status}`);
  if (filter.waitingFor !== undefined) conditions.push(sql`j.waiting_for = ${filter.waitingFor}`);
  if (filter.search !== undefined) conditions.push(matchesLead(filter.search));
  const rows = await inOneStatement<JourneyRow & { position: Position }>(
    database,
    scope,
    sql`
      select ${journeyColumns}, ${position(sql`j.created_at`, sql`j.id`)} from ${journeyTables}
      where ${sql.join(conditions, sql` and `)}
      order by j.created_at desc, j.id desc limit ${page.limit + 1}`,
  );
  return pageOf(rows, page.limit);
}

export async function readJourney(
  database: Database,
  scope: TenantScope,
  id: string,
): Promise<JourneyRow | null> {
  const rows = await inOneStatement<JourneyRow>(
    database,
    scope,
    sql`select ${journeyColumns} from ${journeyTables} where j.id = ${id}`,
  );
  return rows[0] ?? null;
}

/** Puts a person's words beside a journey that they are about to end; `recordRest` leaves them there. */
export async function noteRemoval(
  database: Database,
  scope: TenantScope,
  id: string,
  reason: string,
): Promise<void> {
  await inOneStatement(
    database,
    scope,
    sql`update journeys set end_reason = ${reason} where id = ${id} and ended_at is null`,
  );
}
