import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { JourneyStatus } from '#domain/journey/state.ts';

/** Which leads: all that meet every condition given. */
export type LeadFilter = {
  /** What somebody typed to find people; see `find_leads` in the migrations. */
  search?: string | undefined;
  status?: string | undefined;
  /** `none` = in no stage. */
  stageId?: string | undefined;
  tag?: string | undefined;
  source?: string | undefined;
  country?: string | undefined;
  importId?: string | undefined;
  campaignId?: string | undefined;
  /** Of any journey, or of that in `campaignId`. */
  journeyStatus?: JourneyStatus | undefined;
  /** Instants or days in UTC, from included, to not. */
  createdFrom?: string | undefined;
  createdTo?: string | undefined;
  hasPhoneZone?: boolean | undefined;
  blocked?: boolean | undefined;
  customFields?: Record<string, string> | undefined;
};

/** The condition that a lead, under the alias `l`, is one of these and not deleted. */
export function leadCondition(filter: LeadFilter): SQL {
  const { search, ...others } = filter;
  const conditions = [conditionBesideSearch(others)];
  if (search !== undefined) conditions.push(matchesLead(search));
  return sql.join(conditions, sql` and `);
}

/** The same without the search, which a list works out by itself. */
export function conditionBesideSearch(filter: Omit<LeadFilter, 'search'>): SQL {
  const conditions = [sql`l.deleted_at is null`];
  const { stageId, campaignId, journeyStatus } = filter;
  if (filter.status !== undefined) conditions.push(sql`l.status = ${filter.status}`);
  if (stageId === 'none') conditions.push(sql`l.stage_id is null`);
  else if (stageId !== undefined) conditions.push(sql`l.stage_id = ${stageId}::uuid`);
  if (filter.tag !== undefined) conditions.push(sql`${filter.tag} = any(l.tags)`);
  if (filter.source !== undefined) conditions.push(sql`l.source = ${filter.source}`);
  if (filter.country !== undefined) conditions.push(sql`l.country = ${filter.country}`);
  if (filter.importId !== undefined) {
    conditions.push(
      sql`l.id in (select im.lead_id from import_members im where im.import_id = ${filter.importId}::uuid)`,
    );
  }
  if (campaignId !== undefined || journeyStatus !== undefined) {
    conditions.push(sql`
      exists (select from journeys fj where fj.lead_id = l.id
        and ${campaignId === undefined ? sql`true` : sql`fj.campaign_id = ${campaignId}::uuid`}
        and ${journeyStatus === undefined ? sql`true` : sql`fj.status = ${journeyStatus}`})`);
  }
  if (filter.createdFrom !== undefined)
    conditions.push(sql`l.created_at >= ${filter.createdFrom}::timestamptz`);
  if (filter.createdTo !== undefined) conditions.push(sql`l.created_at < ${filter.createdTo}::timestamptz`);
  if (filter.hasPhoneZone !== undefined) {
    // Not `<> '{}'`: where all leads have the same zone, the planner takes that for almost nobody.
    conditions.push(sql`cardinality(l.time_zones) ${filter.hasPhoneZone ? sql`>` : sql`=`} 0`);
  }
  if (filter.blocked !== undefined) {
    // Worked out once: as a condition of each lead it may be joined the dear way round, lead by lead with all blocks.
    const blocked = sql`
      (select fb.lead_id from lead_blocks fb where fb.expires_at is null or fb.expires_at > app_now())`;
    conditions.push(filter.blocked ? sql`l.id in ${blocked}` : sql`l.id not in ${blocked}`);
  }
  for (const [name, value] of Object.entries(filter.customFields ?? {})) {
    conditions.push(sql`l.custom_fields ->> ${name} = ${value}`);
  }
  return sql.join(conditions, sql` and `);
}

/** The condition that a lead, under the alias `l`, is what somebody typed into a search field. */
export function matchesLead(search: string): SQL {
  return sql`l.id in (select found.lead_id from find_leads(${search}) found)`;
}
