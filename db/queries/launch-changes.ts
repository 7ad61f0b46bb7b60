import { sql } from 'drizzle-orm';
import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import { refusals } from '#domain/compliance/refusals.ts';
import type { Database } from '../database.ts';
import type { ImportStatus } from '../schema/imports.ts';
import { systemScope } from '../tenant.ts';
import type { TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { cohortMembers } from './cohort.ts';
import type { Cohort, FoundCohort } from './cohort.ts';
import type { LeadFilter } from './lead-filter.ts';
import { setPaused } from './pauses.ts';
import { inOneStatement } from './reading.ts';
import { rowsOf } from './rows.ts';

export type NewLaunch = {
  campaignId: string;
  /** Null names it after the campaign. */
  name: string | null;
  cohort: Cohort;
  /** The client's key with the hash of what it asked for; null when it gave none. */
  idempotency: { key: string; requestHash: string } | null;
};

export type LaunchCreation =
  | { outcome: 'created' | 'replayed'; launchId: string; campaignId: string; starting: boolean }
  | { outcome: 'refused'; code: 'CAMPAIGN_NOT_FOUND' | 'CAMPAIGN_NOT_PUBLISHED' | 'IDEMPOTENCY_KEY_REUSED' };

/**
 * Writes a launch of the campaign's current version, without its members. The unique key of (organisation, idempotency
 * key) decides between requests that arrive at once: the later ones wait for the first and are answered with its launch.
 */
export async function createLaunch(
  tx: TenantTransaction,
  organizationId: string,
  launch: NewLaunch,
  actor: Actor,
): Promise<LaunchCreation> {
  const { idempotency } = launch;
  if (idempotency !== null) {
    // Before anything is judged: the first answer stands, whatever became of the campaign since.
    const earlier = await findByKey(tx, idempotency);
    if (earlier) return earlier;
  }
  const [campaign] = await rowsOf<{ versionId: string | null }>(
    tx,
    sql`select current_version_id as "versionId" from campaigns where id = ${launch.campaignId} and archived_at is null`,
  );
  if (!campaign) return { outcome: 'refused', code: 'CAMPAIGN_NOT_FOUND' };
  if (campaign.versionId === null) return { outcome: 'refused', code: 'CAMPAIGN_NOT_PUBLISHED' };
  const savedFilterId = 'savedFilterId' in launch.cohort ? launch.cohort.savedFilterId : null;
  const [made] = await rowsOf<{ id: string }>(
    tx,
    sql`
      with made as (
        insert into launches (organization_id, campaign_id, version_id, name, cohort, idempotency_key, request_hash,
          created_by)
        select c.organization_id, c.id, ${campaign.versionId}::uuid,
          coalesce(${launch.name}::text, c.name || ', ' || to_char(app_now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI')),
          ${JSON.stringify(recordOf(launch.cohort))}::jsonb || coalesce(
            (select jsonb_build_object('filter', f.filter) from saved_filters f where f.id = ${savedFilterId}::uuid), '{}'),
          ${idempotency?.key ?? null}::text, ${idempotency?.requestHash ?? null}::text, ${actor.userId}::uuid
        from campaigns c where c.id = ${launch.campaignId}
        on conflict (organization_id, idempotency_key) do nothing
        returning organization_id, id),
      told as (
        insert into events (organization_id, type, launch_id) select organization_id, 'launch.created', id from made)
      select id from made`,
  );
  if (!made) return (await findByKey(tx, idempotency!))!;
  await recordAudit(tx, organizationId, actor, {
    action: 'launch.create',
    subjectType: 'launch',
    subjectId: made.id,
  });
  return { outcome: 'created', launchId: made.id, campaignId: launch.campaignId, starting: true };
}

async function findByKey(
  tx: TenantTransaction,
  { key, requestHash }: { key: string; requestHash: string },
): Promise<LaunchCreation | null> {
  type Row = { id: string; campaignId: string; requestHash: string; status: string };
  const [row] = await rowsOf<Row>(
    tx,
    sql`
      select id, campaign_id as "campaignId", request_hash as "requestHash", status
      from launches where idempotency_key = ${key}`,
  );
  if (!row) return null;
  if (row.requestHash !== requestHash) return { outcome: 'refused', code: 'IDEMPOTENCY_KEY_REUSED' };
  const { id: launchId, campaignId } = row;
  return { outcome: 'replayed', launchId, campaignId, starting: row.status === 'starting' };
}

/** What is kept of a cohort beside its launch; single leads are its members and are only counted. */
export type LaunchCohort = {
  importId?: string;
  leads?: number;
  filter?: LeadFilter;
  savedFilterId?: string;
  relaunchOf?: string;
};

function recordOf(cohort: Cohort): LaunchCohort {
  return 'leadIds' in cohort ? { leads: cohort.leadIds.length } : cohort;
}

type CohortRefusal = 'IMPORT_NOT_FOUND' | 'IMPORT_NOT_DONE' | 'SAVED_FILTER_NOT_FOUND';

/**
 * Writes the cohort's members in its order, each lead once, in one statement however many they are: whom a filter means
 * is decided here and never again. `missing` counts the leads that do not exist.
 */
export async function addMembers(
  tx: TenantTransaction,
  organizationId: string,
  launchId: string,
  asked: Cohort,
): Promise<{ added: number; missing: number } | CohortRefusal> {
  const cohort = await findCohort(tx, launchId, asked);
  if (typeof cohort === 'string') return cohort;
  const { rowCount } = await tx.execute(sql`
    insert into launch_members (organization_id, launch_id, lead_id, position)
    select ${organizationId}::uuid, ${launchId}::uuid, m.lead_id, row_number() over (order by m.position, m.lead_id)
    from (${cohortMembers(cohort)}) m`);
  const added = rowCount ?? 0;
  const wanted = 'leadIds' in cohort ? new Set(cohort.leadIds.map((id) => id.toLowerCase())).size : added;
  return { added, missing: wanted - added };
}

async function findCohort(
  tx: TenantTransaction,
  launchId: string,
  cohort: Cohort,
): Promise<FoundCohort | CohortRefusal> {
  if ('importId' in cohort) {
    const [found] = await rowsOf<{ status: ImportStatus }>(
      tx,
      sql`select status from imports where id = ${cohort.importId}`,
    );
    if (!found) return 'IMPORT_NOT_FOUND';
    // Until it has ended it stores its leads piece by piece.
    return found.status === 'done' ? cohort : 'IMPORT_NOT_DONE';
  }
  if (!('savedFilterId' in cohort)) return cohort;
  // As it was when the launch was written: somebody may be changing it.
  const [row] = await rowsOf<{ filter: LeadFilter | null }>(
    tx,
    sql`select cohort -> 'filter' as filter from launches where id = ${launchId}`,
  );
  return row?.filter ? { filter: row.filter } : 'SAVED_FILTER_NOT_FOUND';
}

export type LaunchChange = 'pause' | 'resume' | 'cancel';

/**
 * Pauses, resumes or cancels: the gate reads this row, so sending stops with the commit. A cancelled launch stays so, and
 * its members that nobody has looked at are refused. `changed` is false when there was nothing to change; null when
 * there is no such launch.
 */
export async function changeLaunch(
  tx: TenantTransaction,
  organizationId: string,
  launchId: string,
  change: LaunchChange,
  actor: Actor,
  policy: ResumePolicy | null = null,
): Promise<{ changed: boolean; cancelled: boolean } | null> {
  if (change === 'cancel') return cancelLaunch(tx, organizationId, launchId, actor);
  const subject = { kind: 'launch', id: launchId } as const;
  return setPaused(tx, organizationId, subject, change === 'pause' ? { change } : { change, policy }, actor);
}

async function cancelLaunch(
  tx: TenantTransaction,
  organizationId: string,
  launchId: string,
  actor: Actor,
): Promise<{ changed: boolean; cancelled: boolean } | null> {
  const [changed] = await rowsOf(
    tx,
    sql`
      with cancelled as (
        update launches set status = 'cancelled', cancelled_at = app_now(), paused_at = null
        where id = ${launchId} and cancelled_at is null returning id),
      over as (
        update sending_pauses p set ended_at = app_now() from cancelled c where p.subject_id = c.id and p.ended_at is null)
      select id from cancelled`,
  );
  if (changed) {
    await refusePending(tx, launchId);
    await tx.execute(sql`
      insert into events (organization_id, type, launch_id)
      values (${organizationId}::uuid, 'launch.updated', ${launchId}::uuid)`);
    await recordAudit(tx, organizationId, actor, {
      action: 'launch.cancel',
      subjectType: 'launch',
      subjectId: launchId,
    });
  }
  const [launch] = await rowsOf<{ cancelled: boolean }>(
    tx,
    sql`select cancelled_at is not null as cancelled from launches where id = ${launchId}`,
  );
  return launch ? { changed: changed !== undefined, cancelled: launch.cancelled } : null;
}

async function refusePending(tx: TenantTransaction, launchId: string): Promise<void> {
  const { message, severity } = refusals.LAUNCH_CANCELLED;
  const problems = JSON.stringify([{ code: 'LAUNCH_CANCELLED', field: 'launch', severity, message }]);
  await tx.execute(sql`
    update launch_members set state = 'refused', problems = ${problems}::jsonb, updated_at = app_now()
    where launch_id = ${launchId} and state = 'pending'`);
}

/** Launches that are not paused, were written at least that long ago, and that no workflow has finished starting. */
export async function launchesToStart(
  database: Database,
  organizationId: string,
  olderThanSeconds: number,
): Promise<{ launchId: string; campaignId: string }[]> {
  return inOneStatement(
    database,
    systemScope(organizationId),
    sql`
      select id as "launchId", campaign_id as "campaignId" from launches
      where status = 'starting' and paused_at is null
        and created_at < app_now() - ${olderThanSeconds} * interval '1 second'`,
  );
}
