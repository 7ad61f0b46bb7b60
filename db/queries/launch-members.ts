import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import { plausibleStates } from '#domain/compliance/contact-hours.ts';
import { numbersOf } from '#domain/dialing/routing.ts';
import type { OwnNumber } from '#domain/dialing/routing.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { isE164 } from '#domain/phone.ts';
import type { PreflightFacts, PreflightLaunch, PreflightProblem } from '#domain/preflight.ts';
import type { TenantTransaction } from '../tenant.ts';
import { leadBlocked, newestConsent, onDnc, templateFieldsOf, templateValues } from './contact-facts.ts';
import { rowsOf } from './rows.ts';

export type LaunchToStart = PreflightLaunch & {
  campaignId: string;
  versionId: string;
  status: 'starting' | 'running' | 'cancelled';
  paused: boolean;
};

/** Our active numbers; what they have done today is not asked before a launch. */
export const ownNumbers = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'e164', n.e164, 'canSms', n.can_sms, 'canVoice', n.can_voice,
      'areaCode', n.area_code, 'dailyCap', n.daily_cap, 'ratePerSecond', n.rate_per_second, 'usedToday', 0)), '[]')
    from phone_numbers n where n.is_active)`;

/** What is the same for all members of a launch. Null when the launch does not exist. */
export async function readLaunch(tx: TenantTransaction, launchId: string): Promise<LaunchToStart | null> {
  type Row = Omit<LaunchToStart, 'settings' | 'now'> & {
    now: string;
    settings: Partial<CampaignSettings>;
    definition: JourneyDefinition;
    numbers: OwnNumber[];
  };
  const [row] = await rowsOf<Row>(
    tx,
    sql`
      select app_now() as now, la.campaign_id as "campaignId", la.version_id as "versionId", la.status,
        la.paused_at is not null as paused, c.settings, v.definition, ${ownNumbers} as numbers
      from launches la
        join campaigns c on (c.organization_id, c.id) = (la.organization_id, la.campaign_id)
        join journey_versions v on (v.organization_id, v.id) = (la.organization_id, la.version_id)
      where la.id = ${launchId}`,
  );
  if (!row) return null;
  const settings = { ...defaultCampaignSettings, ...row.settings };
  return { ...row, now: new Date(row.now), settings, numbers: numbersOf(settings, row.numbers) };
}

/** A lead as the preflight reads it, before it is put into the preflight's words. */
export type MemberFactsRow = {
  phone: string;
  state: string | null;
  postalCode: string | null;
  country: string | null;
  timeZones: string[];
  fields: Record<string, string | null>;
  customFields: Record<string, string>;
  deleted: boolean;
  leadBlocked: boolean;
  onDnc: boolean;
  textConsent: 'opt_in' | 'opt_out' | null;
  callConsent: 'opt_in' | 'opt_out' | null;
};

/** The columns of `MemberFactsRow`, for a statement in which `l`, `c` and `o` are the lead, the campaign, the organisation. */
export const memberFacts: SQL = sql`
  l.phone, l.state, l.postal_code as "postalCode", l.country, l.time_zones as "timeZones", ${templateFieldsOf} as fields,
  l.custom_fields as "customFields", l.deleted_at is not null as deleted, ${leadBlocked} as "leadBlocked", ${onDnc} as "onDnc",
  ${newestConsent('sms', sql`c.id`)} ->> 'kind' as "textConsent",
  ${newestConsent('call', sql`c.id`)} ->> 'kind' as "callConsent"`;

/** What the preflight judges. */
export function preflightFacts(row: MemberFactsRow): Omit<PreflightFacts, 'alreadyEnrolled'> {
  const { phone, state, postalCode, country, timeZones } = row;
  return {
    // Who was deleted has no number any more, whatever is left in the row.
    phoneValid: isE164(phone) && !row.deleted,
    leadBlocked: row.leadBlocked,
    onDnc: row.onDnc,
    consent: { sms: row.textConsent, call: row.callConsent },
    timeZones,
    states: plausibleStates({ phone, state, postalCode, country }),
    variables: templateValues(row.fields, row.customFields),
  };
}

export type PendingMember = PreflightFacts & {
  leadId: string;
  /** This launch has enrolled the lead already, in a run that was interrupted before it could say so. */
  enrolled: boolean;
};

/** The next members nobody has looked at, in the order of the cohort, with what the preflight judges. */
export async function nextPendingMembers(
  tx: TenantTransaction,
  launchId: string,
  limit: number,
): Promise<PendingMember[]> {
  type Row = MemberFactsRow & { leadId: string; alreadyEnrolled: boolean; enrolled: boolean };
  const rows = await rowsOf<Row>(
    tx,
    sql`
      select m.lead_id as "leadId", ${memberFacts},
        exists (select from journeys j where j.campaign_id = la.campaign_id and j.lead_id = l.id and j.launch_id <> la.id) as "alreadyEnrolled",
        exists (select from journeys j where j.campaign_id = la.campaign_id and j.lead_id = l.id and j.launch_id = la.id) as "enrolled"
      from launch_members m
        join launches la on (la.organization_id, la.id) = (m.organization_id, m.launch_id)
        join campaigns c on (c.organization_id, c.id) = (la.organization_id, la.campaign_id)
        join organizations o on o.id = la.organization_id
        join leads l on (l.organization_id, l.id) = (m.organization_id, m.lead_id)
      where m.launch_id = ${launchId} and m.state = 'pending'
      order by m.position limit ${limit}`,
  );
  return rows.map((row) => {
    const { leadId, enrolled, alreadyEnrolled } = row;
    return { leadId, enrolled, alreadyEnrolled, ...preflightFacts(row) };
  });
}

/**
 * Enrols leads: one journey row a lead and campaign, whoever else is launching the same people at this moment. Answers
 * with the rows that belong to this launch, new or from an interrupted run; a lead that is missing among them is
 * enrolled by another launch.
 */
export async function enrolMembers(
  tx: TenantTransaction,
  launchId: string,
  members: { leadId: string; workflowId: string }[],
): Promise<{ journeyId: string; leadId: string; workflowId: string }[]> {
  if (members.length === 0) return [];
  const input = JSON.stringify(members);
  await tx.execute(sql`
    insert into journeys (organization_id, lead_id, campaign_id, launch_id, version_id, workflow_id)
    select la.organization_id, i."leadId", la.campaign_id, la.id, la.version_id, i."workflowId"
    from launches la, jsonb_to_recordset(${input}::jsonb) as i("leadId" uuid, "workflowId" text)
    where la.id = ${launchId}
    -- Two launches of one cohort insert in the same order, so that they wait for each other and never deadlock.
    order by i."leadId"
    on conflict (organization_id, campaign_id, lead_id) do nothing`);
  return rowsOf(
    tx,
    sql`
      select j.id as "journeyId", j.lead_id as "leadId", j.workflow_id as "workflowId"
      from journeys j join jsonb_to_recordset(${input}::jsonb) as i("leadId" uuid) on i."leadId" = j.lead_id
      where j.launch_id = ${launchId}`,
  );
}

/** Journeys of a launch that were enrolled and whose start, if it came to that, is not on record. */
export async function unstartedJourneys(
  tx: TenantTransaction,
  launchId: string,
): Promise<{ journeyId: string; leadId: string; workflowId: string }[]> {
  return rowsOf(
    tx,
    sql`
      select id as "journeyId", lead_id as "leadId", workflow_id as "workflowId" from journeys
      where launch_id = ${launchId} and workflow_started_at is null and status = 'active'`,
  );
}

/** Puts the outcome of a batch on record, both lists in one statement each. */
export async function settleMembers(
  tx: TenantTransaction,
  launchId: string,
  settled: {
    started: { leadId: string; journeyId: string }[];
    refused: { leadId: string; problems: PreflightProblem[] }[];
  },
): Promise<void> {
  if (settled.started.length > 0) {
    const input = JSON.stringify(settled.started);
    await tx.execute(sql`
      with started as (
        update journeys j set workflow_started_at = coalesce(j.workflow_started_at, app_now())
        from jsonb_to_recordset(${input}::jsonb) as i("journeyId" uuid) where j.id = i."journeyId")
      update launch_members m set state = 'started', journey_id = i."journeyId", updated_at = app_now()
      from jsonb_to_recordset(${input}::jsonb) as i("leadId" uuid, "journeyId" uuid)
      where m.launch_id = ${launchId} and m.lead_id = i."leadId"`);
  }
  if (settled.refused.length > 0) {
    await tx.execute(sql`
      update launch_members m set state = 'refused', problems = i.problems, updated_at = app_now()
      from jsonb_to_recordset(${JSON.stringify(settled.refused)}::jsonb) as i("leadId" uuid, problems jsonb)
      where m.launch_id = ${launchId} and m.lead_id = i."leadId" and m.state = 'pending'`);
  }
  await announceLaunch(tx, launchId);
}

/** Nobody is left to look at: the launch runs by itself from here. */
export async function markLaunchRunning(tx: TenantTransaction, launchId: string): Promise<void> {
  const changed = await rowsOf(
    tx,
    sql`
      update launches set status = 'running', started_at = coalesce(started_at, app_now())
      where id = ${launchId} and status = 'starting' returning id`,
  );
  if (changed.length > 0) await announceLaunch(tx, launchId);
}

async function announceLaunch(tx: TenantTransaction, launchId: string): Promise<void> {
  await tx.execute(sql`
    insert into events (organization_id, type, launch_id)
    select organization_id, 'launch.updated', id from launches where id = ${launchId}`);
}
