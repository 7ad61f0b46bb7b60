import { sql } from 'drizzle-orm';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { beforeInTime, inOneStatement, iso, list, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';
import { rowsOf } from './rows.ts';

export type CampaignRow = {
  id: string;
  name: string;
  settings: CampaignSettings;
  currentVersion: { id: string; number: number; publishedAt: string } | null;
  pausedAt: string | null;
  createdAt: string;
};

const campaignColumns = sql`
  c.id, c.name, ${JSON.stringify(defaultCampaignSettings)}::jsonb || c.settings as settings,
  case when v.id is not null then
    jsonb_build_object('id', v.id, 'number', v.number, 'publishedAt', ${iso(sql`v.published_at`)}) end as "currentVersion",
  ${iso(sql`c.paused_at`)} as "pausedAt", ${iso(sql`c.created_at`)} as "createdAt"`;

const campaignTables = sql`
  campaigns c left join journey_versions v on (v.organization_id, v.id) = (c.organization_id, c.current_version_id)`;

/** Those that are not archived, newest first. */
export async function listCampaigns(
  database: Database,
  scope: TenantScope,
  page: PageRequest,
): Promise<Page<CampaignRow>> {
  const rows = await inOneStatement<CampaignRow & { position: Position }>(
    database,
    scope,
    sql`
      select ${campaignColumns}, ${position(sql`c.created_at`, sql`c.id`)} from ${campaignTables}
      where c.archived_at is null and ${beforeInTime(sql`c.created_at`, sql`c.id`, page.after)}
      order by c.created_at desc, c.id desc limit ${page.limit + 1}`,
  );
  return pageOf(rows, page.limit);
}

export async function readCampaign(
  database: Database,
  scope: TenantScope,
  id: string,
): Promise<CampaignRow | null> {
  const rows = await inOneStatement<CampaignRow>(
    database,
    scope,
    sql`select ${campaignColumns} from ${campaignTables} where c.id = ${id}`,
  );
  return rows[0] ?? null;
}

async function readCampaignIn(tx: TenantTransaction, id: string): Promise<CampaignRow | null> {
  const [row] = await rowsOf<CampaignRow>(
    tx,
    sql`select ${campaignColumns} from ${campaignTables} where c.id = ${id}`,
  );
  return row ?? null;
}

/** Why a campaign cannot be as it was asked for: `unknown_numbers` = it names some that the organisation does not have. */
export type CampaignRefusal = 'name_taken' | 'unknown_numbers';

export async function createCampaign(
  tx: TenantTransaction,
  organizationId: string,
  campaign: { name: string; settings: CampaignSettings },
  actor: Actor,
): Promise<CampaignRow | CampaignRefusal> {
  if (!(await haveNumbers(tx, campaign.settings.numberIds))) return 'unknown_numbers';
  const [made] = await rowsOf<{ id: string }>(
    tx,
    sql`
      insert into campaigns (organization_id, name, settings, pipeline_id)
      values (${organizationId}::uuid, ${campaign.name}, ${JSON.stringify(campaign.settings)}::jsonb,
        (select id from pipelines where is_default limit 1))
      on conflict (organization_id, name) do nothing returning id`,
  );
  if (!made) return 'name_taken';
  await announce(tx, organizationId, made.id, 'campaign.created');
  await recordAudit(tx, organizationId, actor, {
    action: 'campaign.create',
    subjectType: 'campaign',
    subjectId: made.id,
  });
  return (await readCampaignIn(tx, made.id))!;
}

async function haveNumbers(tx: TenantTransaction, ids: string[] | null | undefined): Promise<boolean> {
  if (!ids) return true;
  const known = await rowsOf(tx, sql`select id from phone_numbers where id = any (${list(ids)}::uuid[])`);
  return known.length === new Set(ids).size;
}

export type CampaignChange = { name?: string | undefined; settings?: Partial<CampaignSettings> | undefined };

/** What is not given stays as it is. */
export async function updateCampaign(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  change: CampaignChange,
  actor: Actor,
): Promise<CampaignRow | 'not_found' | CampaignRefusal> {
  const [current] = await rowsOf<{ id: string; taken: boolean }>(
    tx,
    sql`
      select c.id, exists (select from campaigns o where o.name = ${change.name ?? ''} and o.id <> c.id) as taken
      from campaigns c where c.id = ${id} for update of c`,
  );
  if (!current) return 'not_found';
  if (current.taken) return 'name_taken';
  if (!(await haveNumbers(tx, change.settings?.numberIds))) return 'unknown_numbers';
  await tx.execute(sql`
    update campaigns set name = coalesce(${change.name ?? null}, name),
      settings = settings || ${JSON.stringify(change.settings ?? {})}::jsonb, updated_at = app_now()
    where id = ${id}`);
  await announce(tx, organizationId, id, 'campaign.updated');
  await recordAudit(tx, organizationId, actor, {
    action: 'campaign.update',
    subjectType: 'campaign',
    subjectId: id,
    data: change,
  });
  return (await readCampaignIn(tx, id)) ?? 'not_found';
}

async function announce(tx: TenantTransaction, organizationId: string, id: string, type: string) {
  await tx.execute(sql`
    insert into events (organization_id, type, data)
    values (${organizationId}::uuid, ${type}, jsonb_build_object('campaignId', ${id}::text))`);
}
