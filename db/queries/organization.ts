import { sql } from 'drizzle-orm';
import { organizationSettings } from '#domain/organization.ts';
import type { LaneRules, OrganizationSettings, StoredOrganizationSettings } from '#domain/organization.ts';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { inOneStatement, iso } from './reading.ts';
import { rowsOf } from './rows.ts';

export type OrganizationRow = {
  id: string;
  name: string;
  /** Since when nothing is sent, by the organisation's own word; null = sending is free. */
  sendingStoppedAt: string | null;
  settings: OrganizationSettings;
};

type Stored = Omit<OrganizationRow, 'settings'> & { settings: StoredOrganizationSettings };

const columns = sql`id, name, settings, ${iso(sql`sending_stopped_at`)} as "sendingStoppedAt"`;

export async function readOrganizationSettings(
  database: Database,
  scope: TenantScope,
): Promise<OrganizationRow> {
  const [row] = await inOneStatement<Stored>(
    database,
    scope,
    sql`select ${columns} from organizations where id = ${scope.organizationId}`,
  );
  return { ...row!, settings: organizationSettings(row!.settings) };
}

export type SettingsChange = {
  [Key in Exclude<keyof OrganizationSettings, 'lane'>]?: OrganizationSettings[Key] | undefined;
} & { lane?: { [Key in keyof LaneRules]?: LaneRules[Key] | undefined } | undefined };

/** What is not given stays as it is. Whatever is sent from now on follows it. */
export async function changeOrganizationSettings(
  tx: TenantTransaction,
  organizationId: string,
  { lane = {}, ...change }: SettingsChange,
  actor: Actor,
): Promise<OrganizationRow> {
  const [row] = await rowsOf<Stored>(
    tx,
    sql`
      with changed as (
        update organizations set settings = settings || ${JSON.stringify(change)}::jsonb
          || jsonb_build_object('lane', coalesce(settings -> 'lane', '{}') || ${JSON.stringify(lane)}::jsonb)
        where id = ${organizationId} returning id, name, settings, sending_stopped_at),
      told as (
        insert into events (organization_id, type) select id, 'organization.updated' from changed)
      select ${columns} from changed`,
  );
  await recordAudit(tx, organizationId, actor, {
    action: 'organization.update',
    subjectType: 'organization',
    subjectId: organizationId,
    data: { settings: [...Object.keys(change), ...Object.keys(lane).map((name) => `lane.${name}`)] },
  });
  return { ...row!, settings: organizationSettings(row!.settings) };
}
