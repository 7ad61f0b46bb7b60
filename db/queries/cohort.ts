import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { leadCondition } from './lead-filter.ts';
import type { LeadFilter } from './lead-filter.ts';
import { list } from './reading.ts';

/** Whom somebody means to launch; `relaunchOf`: those whom that launch refused. */
export type Cohort =
  | { importId: string }
  | { leadIds: string[] }
  | { filter: LeadFilter }
  | { savedFilterId: string }
  | { relaunchOf: string };

/** The same with the saved filter looked up. */
export type FoundCohort = Exclude<Cohort, { savedFilterId: string }>;

/**
 * The leads of a cohort as (lead_id, position): each once, none that is deleted. The order is that of the ids, of the
 * file's lines, of the earlier launch, or, for a filter, from the oldest lead on.
 */
export function cohortMembers(cohort: FoundCohort): SQL {
  if ('leadIds' in cohort) {
    return sql`
      select l.id as lead_id, min(w.position) as position
      from unnest(${list(cohort.leadIds)}::uuid[]) with ordinality as w(id, position) join leads l on l.id = w.id
      where l.deleted_at is null group by l.id`;
  }
  if ('importId' in cohort) {
    return sql`
      select im.lead_id, min(im.line)::bigint as position
      from import_members im join leads l on (l.organization_id, l.id) = (im.organization_id, im.lead_id)
      where im.import_id = ${cohort.importId}::uuid and l.deleted_at is null group by im.lead_id`;
  }
  if ('relaunchOf' in cohort) {
    // Who has a journey in the campaign by now was launched since, or had one before.
    return sql`
      select m.lead_id, m.position::bigint as position
      from launch_members m
        join launches la on (la.organization_id, la.id) = (m.organization_id, m.launch_id)
        join leads l on (l.organization_id, l.id) = (m.organization_id, m.lead_id)
      where m.launch_id = ${cohort.relaunchOf}::uuid and m.state = 'refused' and l.deleted_at is null
        and not exists (select from journeys j where j.campaign_id = la.campaign_id and j.lead_id = m.lead_id)`;
  }
  return sql`
    select l.id as lead_id, (extract(epoch from l.created_at) * 1000000)::bigint as position
    from leads l where ${leadCondition(cohort.filter)}`;
}
