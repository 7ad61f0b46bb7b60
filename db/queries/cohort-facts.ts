import { sql } from 'drizzle-orm';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import { numbersOf } from '#domain/dialing/routing.ts';
import type { OwnNumber } from '#domain/dialing/routing.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { organizationSettings } from '#domain/organization.ts';
import type { StoredOrganizationSettings } from '#domain/organization.ts';
import type { PreflightCampaign, PreflightLead } from '#domain/preflight-report.ts';
import type { Database } from '../database.ts';
import type { ImportStatus } from '../schema/imports.ts';
import { withOrganization } from '../tenant.ts';
import type { TenantScope } from '../tenant.ts';
import { cohortMembers } from './cohort.ts';
import type { FoundCohort } from './cohort.ts';
import { consentUnclear, dncListsOf, lastReplyAt, lastTextAt, sendingStopped } from './contact-facts.ts';
import type { LeadFilter } from './lead-filter.ts';
import { memberFacts, ownNumbers, preflightFacts } from './launch-members.ts';
import type { MemberFactsRow } from './launch-members.ts';
import { inOneStatement } from './reading.ts';
import { rowsOf } from './rows.ts';

export type CampaignFacts = {
  /** Null when nothing is published yet. */
  campaign: PreflightCampaign | null;
  dncLists: { list: string; scrubbedOn: string | null }[];
  /** Of the import that was asked about; null = there is none. */
  importStatus: ImportStatus | null;
  /** The saved filter that was asked about; null = there is none. */
  savedFilter: LeadFilter | null;
};

/** What a preflight of the campaign's current version needs to know once. Null when there is no such campaign. */
export async function readCampaignFacts(
  database: Database,
  scope: TenantScope,
  asked: { campaignId: string; importId: string | null; savedFilterId: string | null },
): Promise<CampaignFacts | null> {
  type Row = {
    now: string;
    definition: JourneyDefinition | null;
    settings: Partial<CampaignSettings>;
    organizationSettings: StoredOrganizationSettings;
    numbers: OwnNumber[];
    sendingStopped: boolean;
    campaignPaused: boolean;
    dncLists: CampaignFacts['dncLists'];
    importStatus: ImportStatus | null;
    savedFilter: LeadFilter | null;
  };
  const [row] = await inOneStatement<Row>(
    database,
    scope,
    sql`
      select app_now() as now, v.definition, c.settings, o.settings as "organizationSettings", ${ownNumbers} as numbers,
        ${sendingStopped} as "sendingStopped", c.paused_at is not null as "campaignPaused", ${dncListsOf} as "dncLists",
        (select i.status from imports i where i.id = ${asked.importId}::uuid) as "importStatus",
        (select f.filter from saved_filters f where f.id = ${asked.savedFilterId}::uuid) as "savedFilter"
      from campaigns c
        join organizations o on o.id = c.organization_id
        left join journey_versions v on (v.organization_id, v.id) = (c.organization_id, c.current_version_id)
      where c.id = ${asked.campaignId} and c.archived_at is null`,
  );
  if (!row) return null;
  const { now, definition, dncLists, importStatus, savedFilter } = row;
  const settings = { ...defaultCampaignSettings, ...row.settings };
  const campaign: PreflightCampaign | null = definition && {
    now: new Date(now),
    definition,
    settings,
    numbers: numbersOf(settings, row.numbers),
    organization: organizationSettings(row.organizationSettings),
    sendingStopped: row.sendingStopped,
    campaignPaused: row.campaignPaused,
  };
  return { campaign, dncLists, importStatus, savedFilter };
}

/** Where in a cohort a page ended. */
export type CohortPlace = { position: number; leadId: string };

export type CohortLead = PreflightLead & { leadId: string; leadName: string; place: CohortPlace };

/** As many as a person's selection holds come in one piece. */
const leadsAtOnce = 10_000;

/**
 * Goes through a cohort in its order, with what a preflight knows of each lead, all of it as it was at one moment; ids of
 * nobody are left out. `look` gets some of them at a time, so the cohort may be large, and ends it by answering false.
 */
export async function walkCohort(
  database: Database,
  scope: TenantScope,
  asked: { campaignId: string; cohort: FoundCohort; after?: CohortPlace | null },
  look: (leads: CohortLead[]) => boolean,
): Promise<void> {
  const after = asked.after ?? null;
  type Row = MemberFactsRow & {
    leadId: string;
    leadName: string;
    position: number;
    alreadyEnrolled: boolean;
    consentUnclear: boolean;
    lastTextAt: string | null;
    lastReplyAt: string | null;
  };
  await withOrganization(database, scope, async (tx) => {
    const opened = rowsOf(
      tx,
      sql`
      declare members no scroll cursor for
      select m.lead_id as "leadId", trim(l.first_name || ' ' || l.last_name) as "leadName", m.position, ${memberFacts},
        ${consentUnclear} as "consentUnclear", ${lastTextAt()} as "lastTextAt", ${lastReplyAt} as "lastReplyAt",
        exists (select from journeys j where j.campaign_id = c.id and j.lead_id = l.id) as "alreadyEnrolled"
      from (${cohortMembers(asked.cohort)}) m
        join leads l on l.id = m.lead_id
        join campaigns c on c.organization_id = l.organization_id and c.id = ${asked.campaignId}
        join organizations o on o.id = l.organization_id
      where ${after === null ? sql`true` : sql`(m.position, m.lead_id) > (${after.position}::bigint, ${after.leadId}::uuid)`}
      order by m.position, m.lead_id`,
    );
    const next = () => rowsOf<Row>(tx, sql`fetch ${sql.raw(String(leadsAtOnce))} from members`);
    // The first piece travels with the cursor.
    let [, rows] = await Promise.all([opened, next()]);
    while (look(rows.map(cohortLead)) && rows.length === leadsAtOnce) rows = await next();
  });

  function cohortLead(row: Row): CohortLead {
    return {
      ...preflightFacts(row),
      leadId: row.leadId,
      leadName: row.leadName,
      place: { position: row.position, leadId: row.leadId },
      phone: row.phone,
      alreadyEnrolled: row.alreadyEnrolled,
      consentUnclear: row.consentUnclear,
      lastTextAt: row.lastTextAt === null ? null : new Date(row.lastTextAt),
      lastReplyAt: row.lastReplyAt === null ? null : new Date(row.lastReplyAt),
    };
  }
}
