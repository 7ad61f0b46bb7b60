import { sql } from 'drizzle-orm';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { beforeInTime, inOneStatement, iso, list, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';
import { rowsOf } from './rows.ts';

export type VersionRow = {
  id: string;
  campaignId: string;
  number: number;
  definition: JourneyDefinition;
  status: 'draft' | 'published';
  publishedAt: string | null;
  createdAt: string;
};

const versionColumns = sql`
  v.id, v.campaign_id as "campaignId", v.number, v.definition,
  case when v.published_at is null then 'draft' else 'published' end as status,
  ${iso(sql`v.published_at`)} as "publishedAt", ${iso(sql`v.created_at`)} as "createdAt"`;

/** Of one campaign, newest first. Null when there is no such campaign. */
export async function listVersions(
  database: Database,
  scope: TenantScope,
  campaignId: string,
  page: PageRequest,
): Promise<Page<VersionRow> | null> {
  // The left join tells a campaign without versions from no campaign.
  const rows = await inOneStatement<VersionRow & { position: Position }>(
    database,
    scope,
    sql`
      select v.* from campaigns c left join lateral (
        select ${versionColumns}, ${position(sql`v.created_at`, sql`v.id`)}
        from journey_versions v
        where v.campaign_id = c.id and ${beforeInTime(sql`v.created_at`, sql`v.id`, page.after)}
        order by v.created_at desc, v.id desc limit ${page.limit + 1}) v on true
      where c.id = ${campaignId} order by v.number desc`,
  );
  if (rows.length === 0) return null;
  return pageOf(
    rows.filter((row) => row.id !== null),
    page.limit,
  );
}

export async function readVersion(
  database: Database,
  scope: TenantScope,
  key: { campaignId: string; versionId: string },
): Promise<VersionRow | null> {
  const rows = await inOneStatement<VersionRow>(
    database,
    scope,
    sql`
      select ${versionColumns} from journey_versions v
      where v.id = ${key.versionId} and v.campaign_id = ${key.campaignId}`,
  );
  return rows[0] ?? null;
}

/** Two versions of one campaign in one go; null where there is none. */
export async function readTwoVersions(
  database: Database,
  scope: TenantScope,
  key: { campaignId: string; versionIds: [string, string] },
): Promise<[VersionRow | null, VersionRow | null]> {
  const rows = await inOneStatement<VersionRow>(
    database,
    scope,
    sql`
      select ${versionColumns} from journey_versions v
      where v.id = any (${list(key.versionIds)}::uuid[]) and v.campaign_id = ${key.campaignId}`,
  );
  const [first, second] = key.versionIds.map((id) => rows.find((row) => row.id === id.toLowerCase()) ?? null);
  return [first!, second!];
}

/** As `readVersion`, holding the row until the transaction ends. */
export async function lockVersion(
  tx: TenantTransaction,
  key: { campaignId: string; versionId: string },
): Promise<VersionRow | null> {
  const rows = await rowsOf<VersionRow>(
    tx,
    sql`
      select ${versionColumns} from journey_versions v
      where v.id = ${key.versionId} and v.campaign_id = ${key.campaignId} for update`,
  );
  return rows[0] ?? null;
}

/** Adds a draft under the campaign's next number. Null when there is no such campaign. */
export async function createVersion(
  tx: TenantTransaction,
  organizationId: string,
  campaignId: string,
  definition: JourneyDefinition,
  actor: Actor,
): Promise<VersionRow | null> {
  // The campaign's row is the lock under which numbers are given out.
  const [campaign] = await rowsOf(tx, sql`select id from campaigns where id = ${campaignId} for update`);
  if (!campaign) return null;
  const [version] = await rowsOf<VersionRow>(
    tx,
    sql`
      insert into journey_versions as v (organization_id, campaign_id, number, definition, created_by)
      values (${organizationId}::uuid, ${campaignId}::uuid,
        (select coalesce(max(number), 0) + 1 from journey_versions where campaign_id = ${campaignId}),
        ${JSON.stringify(definition)}::jsonb, ${actor.userId}::uuid)
      returning ${versionColumns}`,
  );
  await announceDraft(tx, organizationId, campaignId);
  await recordAudit(tx, organizationId, actor, {
    action: 'journey_version.create',
    subjectType: 'journey_version',
    subjectId: version!.id,
  });
  return version!;
}

/** Writes a draft anew; a published version never changes. The version must be held (`lockVersion`). */
export async function updateDraft(
  tx: TenantTransaction,
  organizationId: string,
  draft: VersionRow,
  definition: JourneyDefinition,
  actor: Actor,
): Promise<VersionRow> {
  const [version] = await rowsOf<VersionRow>(
    tx,
    sql`
      update journey_versions v set definition = ${JSON.stringify(definition)}::jsonb
      where v.id = ${draft.id} returning ${versionColumns}`,
  );
  await announceDraft(tx, organizationId, draft.campaignId);
  await recordAudit(tx, organizationId, actor, {
    action: 'journey_version.update',
    subjectType: 'journey_version',
    subjectId: draft.id,
  });
  return version!;
}

/** Deletes a draft; its number may be given out again. The version must be held (`lockVersion`). */
export async function deleteDraft(
  tx: TenantTransaction,
  organizationId: string,
  draft: VersionRow,
  actor: Actor,
): Promise<void> {
  await tx.execute(sql`delete from journey_versions where id = ${draft.id}`);
  await announceDraft(tx, organizationId, draft.campaignId);
  await recordAudit(tx, organizationId, actor, {
    action: 'journey_version.delete',
    subjectType: 'journey_version',
    subjectId: draft.id,
    data: { campaignId: draft.campaignId, number: draft.number },
  });
}

async function announceDraft(
  tx: TenantTransaction,
  organizationId: string,
  campaignId: string,
): Promise<void> {
  await tx.execute(sql`
    insert into events (organization_id, type, data)
    values (${organizationId}::uuid, 'campaign.updated', jsonb_build_object('campaignId', ${campaignId}::text))`);
}

/**
 * Publishes a version: from now on it never changes, and new launches of its campaign use it. One that is published
 * already becomes the campaign's current one again.
 */
export async function publishVersion(
  tx: TenantTransaction,
  organizationId: string,
  version: VersionRow,
  actor: Actor,
): Promise<VersionRow> {
  await tx.execute(sql`
    update journey_versions set published_at = app_now() where id = ${version.id} and published_at is null`);
  await tx.execute(sql`
    with current as (
      update campaigns set current_version_id = ${version.id}, updated_at = app_now()
      where id = ${version.campaignId} and current_version_id is distinct from ${version.id}
      returning organization_id, id)
    insert into events (organization_id, type, data)
    select organization_id, 'campaign.updated', jsonb_build_object('campaignId', id) from current`);
  await recordAudit(tx, organizationId, actor, {
    action: 'journey_version.publish',
    subjectType: 'journey_version',
    subjectId: version.id,
  });
  return (await lockVersion(tx, { campaignId: version.campaignId, versionId: version.id }))!;
}
