import { sql } from 'drizzle-orm';
import type { DispositionRules } from '#domain/disposition.ts';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { inOneStatement, iso } from './reading.ts';
import { rowsOf } from './rows.ts';

export type DispositionRow = DispositionRules & { archivedAt: string | null };

const dispositionColumns = sql`
  d.code, d.label, d.lead_status as "leadStatus", d.stage, d.auto_create_stage as "autoCreateStage",
  d.remove_from_campaigns as "removeFromCampaigns", d.add_to_dnc as "addToDnc",
  d.callback_after_minutes as "callbackAfterMinutes", d.follow_up_task as "followUpTask",
  ${iso(sql`d.archived_at`)} as "archivedAt"`;

/** The dispositions in the organisation's order: those that can be applied, or also those that no longer can. */
export async function listDispositions(
  database: Database,
  scope: TenantScope,
  { archived = false }: { archived?: boolean } = {},
): Promise<DispositionRow[]> {
  return inOneStatement(
    database,
    scope,
    sql`
      select ${dispositionColumns} from dispositions d
      where ${archived ? sql`true` : sql`d.archived_at is null`}
      order by d.archived_at is not null, d.position, d.code`,
  );
}

/** Adds one at the end. Null when the code is taken, also by one that is archived. */
export async function createDisposition(
  tx: TenantTransaction,
  organizationId: string,
  rules: DispositionRules,
  actor: Actor,
): Promise<DispositionRow | null> {
  const [made] = await rowsOf<{ id: string }>(
    tx,
    sql`
      insert into dispositions (organization_id, code, label, lead_status, stage, auto_create_stage,
        remove_from_campaigns, add_to_dnc, callback_after_minutes, follow_up_task, position)
      values (${organizationId}::uuid, ${rules.code}, ${rules.label}, ${rules.leadStatus}, ${rules.stage},
        ${rules.autoCreateStage}, ${rules.removeFromCampaigns}, ${rules.addToDnc}, ${rules.callbackAfterMinutes}::int,
        ${rules.followUpTask}, (select coalesce(max(position), 0) + 1 from dispositions))
      on conflict (organization_id, code) do nothing returning id`,
  );
  if (!made) return null;
  await record(tx, organizationId, actor, 'disposition.create', made.id, rules);
  return (await readIn(tx, rules.code))!;
}

export type DispositionChange = {
  [Key in keyof Omit<DispositionRules, 'code'>]?: DispositionRules[Key] | undefined;
} & { archived?: boolean | undefined };

/** What is not given stays as it is; what was applied before stays applied. Null when there is no such code. */
export async function updateDisposition(
  tx: TenantTransaction,
  organizationId: string,
  code: string,
  { archived, ...change }: DispositionChange,
  actor: Actor,
): Promise<DispositionRow | null> {
  const [held] = await rowsOf<{ id: string }>(
    tx,
    sql`select id from dispositions where code = ${code} for update`,
  );
  if (!held) return null;
  const current = (await readIn(tx, code))!;
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const next: DispositionRow = { ...current, ...given };
  await tx.execute(sql`
    update dispositions set label = ${next.label}, lead_status = ${next.leadStatus}, stage = ${next.stage},
      auto_create_stage = ${next.autoCreateStage}, remove_from_campaigns = ${next.removeFromCampaigns},
      add_to_dnc = ${next.addToDnc}, callback_after_minutes = ${next.callbackAfterMinutes}::int,
      follow_up_task = ${next.followUpTask},
      archived_at = case when ${archived ?? current.archivedAt !== null}::boolean then coalesce(archived_at, app_now()) end
    where code = ${code}`);
  const data = archived === undefined ? given : { ...given, archived };
  await record(tx, organizationId, actor, 'disposition.update', held.id, data);
  return readIn(tx, code);
}

async function readIn(tx: TenantTransaction, code: string): Promise<DispositionRow | null> {
  const [row] = await rowsOf<DispositionRow>(
    tx,
    sql`select ${dispositionColumns} from dispositions d where d.code = ${code}`,
  );
  return row ?? null;
}

async function record(
  tx: TenantTransaction,
  organizationId: string,
  actor: Actor,
  action: 'disposition.create' | 'disposition.update',
  id: string,
  data: Record<string, unknown>,
): Promise<void> {
  await tx.execute(sql`
    insert into events (organization_id, type) values (${organizationId}::uuid, 'disposition.updated')`);
  await recordAudit(tx, organizationId, actor, { action, subjectType: 'disposition', subjectId: id, data });
}
