import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { inOneStatement, iso } from './reading.ts';
import { rowsOf } from './rows.ts';

export type NumberRow = {
  id: string;
  e164: string;
  canSms: boolean;
  canVoice: boolean;
  areaCode: string | null;
  attestation: 'A' | 'B' | 'C' | null;
  dailyCap: number | null;
  ratePerSecond: number;
  isActive: boolean;
  /** Touches of today, by the UTC date. */
  usedToday: number;
  createdAt: string;
};

const numberColumns = sql`
  n.id, n.e164, n.can_sms as "canSms", n.can_voice as "canVoice", n.area_code as "areaCode", n.attestation,
  n.daily_cap as "dailyCap", n.rate_per_second::float8 as "ratePerSecond", n.is_active as "isActive",
  coalesce((select u.used from number_usage u
    where u.phone_number_id = n.id and u.day = (app_now() at time zone 'UTC')::date), 0) as "usedToday",
  ${iso(sql`n.created_at`)} as "createdAt"`;

/** In their own order; `after` is the number at which the page before ended. */
export async function listNumbers(
  database: Database,
  scope: TenantScope,
  page: { limit: number; after: string | null },
): Promise<{ rows: NumberRow[]; next: string | null }> {
  const rows = await inOneStatement<NumberRow>(
    database,
    scope,
    sql`
      select ${numberColumns} from phone_numbers n where n.e164 > ${page.after ?? ''}
      order by n.e164 limit ${page.limit + 1}`,
  );
  const shown = rows.slice(0, page.limit);
  return { rows: shown, next: rows.length > page.limit ? shown.at(-1)!.e164 : null };
}

export type NumberSettings = {
  canSms: boolean;
  canVoice: boolean;
  areaCode: string | null;
  attestation: 'A' | 'B' | 'C' | null;
  dailyCap: number | null;
  ratePerSecond: number;
};

/**
 * Makes a number one of the organisation's, and has what comes in by it routed here. Null when it is somebody's already:
 * on an installation a number has one owner.
 */
export async function createNumber(
  tx: TenantTransaction,
  organizationId: string,
  number: NumberSettings & { e164: string },
  actor: Actor,
): Promise<NumberRow | null> {
  const routed = await rowsOf(
    tx,
    sql`
      insert into platform.number_routes (e164, organization_id) values (${number.e164}, ${organizationId}::uuid)
      on conflict do nothing returning e164`,
  );
  if (routed.length === 0) return null;
  const [made] = await rowsOf<{ id: string }>(
    tx,
    sql`
      insert into phone_numbers (organization_id, e164, can_sms, can_voice, area_code, attestation, daily_cap, rate_per_second)
      values (${organizationId}::uuid, ${number.e164}, ${number.canSms}, ${number.canVoice}, ${number.areaCode},
        ${number.attestation}, ${number.dailyCap}::int, ${number.ratePerSecond}::numeric)
      on conflict (organization_id, e164) do nothing returning id`,
  );
  if (!made) return null;
  await record(tx, organizationId, actor, 'number.create', made.id, { e164: number.e164 });
  return readNumberIn(tx, made.id);
}

export type NumberChange = { [Key in keyof NumberSettings]?: NumberSettings[Key] | undefined } & {
  isActive?: boolean | undefined;
};

/** What is not given stays as it is; touches follow it from the next one on. Null when there is no such number. */
export async function updateNumber(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  change: NumberChange,
  actor: Actor,
): Promise<NumberRow | null> {
  const [held] = await rowsOf(tx, sql`select id from phone_numbers where id = ${id} for update`);
  if (!held) return null;
  const current = (await readNumberIn(tx, id))!;
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const next: NumberRow = { ...current, ...given };
  await tx.execute(sql`
    update phone_numbers set can_sms = ${next.canSms}, can_voice = ${next.canVoice}, area_code = ${next.areaCode},
      attestation = ${next.attestation}, daily_cap = ${next.dailyCap}::int, rate_per_second = ${next.ratePerSecond}::numeric,
      is_active = ${next.isActive}
    where id = ${id}`);
  await record(tx, organizationId, actor, 'number.update', id, given);
  return readNumberIn(tx, id);
}

async function readNumberIn(tx: TenantTransaction, id: string): Promise<NumberRow | null> {
  const [row] = await rowsOf<NumberRow>(
    tx,
    sql`select ${numberColumns} from phone_numbers n where n.id = ${id}`,
  );
  return row ?? null;
}

async function record(
  tx: TenantTransaction,
  organizationId: string,
  actor: Actor,
  action: 'number.create' | 'number.update',
  id: string,
  data: Record<string, unknown>,
): Promise<void> {
  await tx.execute(sql`
    insert into events (organization_id, type, data)
    values (${organizationId}::uuid, 'number.updated', jsonb_build_object('numberId', ${id}::text))`);
  await recordAudit(tx, organizationId, actor, { action, subjectType: 'number', subjectId: id, data });
}
