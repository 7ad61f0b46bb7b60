import { sql } from 'drizzle-orm';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import type { OwnCapabilities, PreflightFacts, PreflightProblem } from '#domain/preflight.ts';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

export type LaunchToStart = {
  campaignId: string;
  versionId: string;
  status: 'starting' | 'running' | 'cancelled';
  paused: boolean;
  requireConsent: boolean;
  definition: JourneyDefinition;
  numbers: OwnCapabilities[];
};

/** What is the same for all members of a launch. Null when the launch does not exist. */
export async function readLaunch(tx: TenantTransaction, launchId: string): Promise<LaunchToStart | null> {
  type Row = Omit<LaunchToStart, 'requireConsent'> & { settings: Partial<CampaignSettings> };
  const [row] = await rowsOf<Row>(
    tx,
    sql`
      select la.campaign_id as "campaignId", la.version_id as "versionId", la.status, la.paused_at is not null as paused,
        c.settings, v.definition,
        (select coalesce(jsonb_agg(jsonb_build_object('canSms', can_sms, 'canVoice', can_voice)), '[]')
          from phone_numbers where is_active) as numbers
      from launches la
        join campaigns c on (c.organization_id, c.id) = (la.organization_id, la.campaign_id)
        join journey_versions v on (v.organization_id, v.id) = (la.organization_id, la.version_id)
      where la.id = ${launchId}`,
  );
  if (!row) return null;
  const { settings, ...launch } = row;
  return { ...launch, requireConsent: { ...defaultCampaignSettings, ...settings }.requireConsent };
}

export type PendingMember = Omit<PreflightFacts, 'requireConsent'> & {
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
  return rowsOf(
    tx,
    sql`
      select m.lead_id as "leadId", l.phone like '+%' as "phoneValid",
        exists (select from dnc_entries d where d.phone = l.phone) as "onDnc",
        coalesce(k.kind = 'opt_out', false) as "optedOut", coalesce(k.kind = 'opt_in', false) as "hasConsent",
        exists (select from lead_blocks b where b.lead_id = l.id and (b.expires_at is null or b.expires_at > app_now())) as "leadBlocked",
        exists (select from journeys j where j.campaign_id = la.campaign_id and j.lead_id = l.id and j.launch_id <> la.id) as "alreadyEnrolled",
        exists (select from journeys j where j.campaign_id = la.campaign_id and j.lead_id = l.id and j.launch_id = la.id) as "enrolled"
      from launch_members m
        join launches la on (la.organization_id, la.id) = (m.organization_id, m.launch_id)
        join leads l on (l.organization_id, l.id) = (m.organization_id, m.lead_id)
        left join lateral (select kind from consents k where k.phone = l.phone order by k.created_at desc, k.id desc limit 1) k on true
      where m.launch_id = ${launchId} and m.state = 'pending'
      order by m.position limit ${limit}`,
  );
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
