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
import type { TenantScope } from '../tenant.ts';
import { consentUnclear, dncListsOf, lastReplyAt, lastTextAt, sendingStopped } from './contact-facts.ts';
import type { Cohort } from './launch-changes.ts';
import { memberFacts, ownNumbers, preflightFacts } from './launch-members.ts';
import type { MemberFactsRow } from './launch-members.ts';
import { inOneStatement, list } from './reading.ts';

export type CampaignFacts = {
  /** Null when nothing is published yet. */
  campaign: PreflightCampaign | null;
  dncLists: { list: string; scrubbedOn: string | null }[];
  /** Whether the import that was asked about exists. */
  importFound: boolean;
};

/** What a preflight of the campaign's current version needs to know once. Null when there is no such campaign. */
export async function readCampaignFacts(
  database: Database,
  scope: TenantScope,
  asked: { campaignId: string; importId: string | null },
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
    importFound: boolean;
  };
  const [row] = await inOneStatement<Row>(
    database,
    scope,
    sql`
      select app_now() as now, v.definition, c.settings, o.settings as "organizationSettings", ${ownNumbers} as numbers,
        ${sendingStopped} as "sendingStopped", c.paused_at is not null as "campaignPaused", ${dncListsOf} as "dncLists",
        exists (select from imports i where i.id = ${asked.importId}::uuid) as "importFound"
      from campaigns c
        join organizations o on o.id = c.organization_id
        left join journey_versions v on (v.organization_id, v.id) = (c.organization_id, c.current_version_id)
      where c.id = ${asked.campaignId} and c.archived_at is null`,
  );
  if (!row) return null;
  const { now, definition, dncLists, importFound } = row;
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
  return { campaign, dncLists, importFound };
}

/** What a preflight knows of each lead of a cohort, in its order, each lead once; ids of nobody are left out. */
export async function readCohort(
  database: Database,
  scope: TenantScope,
  campaignId: string,
  cohort: Cohort,
): Promise<PreflightLead[]> {
  const members =
    'leadIds' in cohort
      ? sql`select w.id as lead_id, w.position from unnest(${list(cohort.leadIds)}::uuid[]) with ordinality as w(id, position)`
      : sql`select lead_id, min(line) as position from import_members where import_id = ${cohort.importId} group by lead_id`;
  type Row = MemberFactsRow & {
    alreadyEnrolled: boolean;
    consentUnclear: boolean;
    lastTextAt: string | null;
    lastReplyAt: string | null;
  };
  const rows = await inOneStatement<Row>(
    database,
    scope,
    sql`
      select ${memberFacts}, ${consentUnclear} as "consentUnclear", ${lastTextAt()} as "lastTextAt",
        ${lastReplyAt} as "lastReplyAt",
        exists (select from journeys j where j.campaign_id = c.id and j.lead_id = l.id) as "alreadyEnrolled"
      from (${members}) m
        join leads l on l.id = m.lead_id
        join campaigns c on c.organization_id = l.organization_id and c.id = ${campaignId}
        join organizations o on o.id = l.organization_id
      order by m.position`,
  );
  return rows.map((row) => ({
    ...preflightFacts(row),
    phone: row.phone,
    alreadyEnrolled: row.alreadyEnrolled,
    consentUnclear: row.consentUnclear,
    lastTextAt: row.lastTextAt === null ? null : new Date(row.lastTextAt),
    lastReplyAt: row.lastReplyAt === null ? null : new Date(row.lastReplyAt),
  }));
}
