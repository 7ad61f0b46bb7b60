import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import type { LeadFilter } from './lead-filter.ts';
import { inOneStatement, iso } from './reading.ts';
import { rowsOf } from './rows.ts';

export type SavedFilterRow = {
  id: string;
  name: string;
  filter: LeadFilter;
  createdAt: string;
  updatedAt: string;
};

const columns = sql`
  f.id, f.name, f.filter, ${iso(sql`f.created_at`)} as "createdAt", ${iso(sql`f.updated_at`)} as "updatedAt"`;

export const maxSavedFilters = 500;

/** All of them, by name. */
export async function listSavedFilters(database: Database, scope: TenantScope): Promise<SavedFilterRow[]> {
  return inOneStatement<SavedFilterRow>(
    database,
    scope,
    sql`select ${columns} from saved_filters f order by lower(f.name), f.id`,
  );
}

export async function readSavedFilter(
  database: Database,
  scope: TenantScope,
  id: string,
): Promise<SavedFilterRow | null> {
  const rows = await inOneStatement<SavedFilterRow>(
    database,
    scope,
    sql`select ${columns} from saved_filters f where f.id = ${id}`,
  );
  return rows[0] ?? null;
}

export async function createSavedFilter(
  tx: TenantTransaction,
  organizationId: string,
  { name, filter }: { name: string; filter: LeadFilter },
  actor: Actor,
): Promise<SavedFilterRow | 'NAME_TAKEN' | 'TOO_MANY_FILTERS'> {
  const [known] = await rowsOf<{ number: number }>(
    tx,
    sql`select count(*)::int as number from saved_filters`,
  );
  if (known!.number >= maxSavedFilters) return 'TOO_MANY_FILTERS';
  const [row] = await rowsOf<SavedFilterRow>(
    tx,
    sql`
      with f as (
        insert into saved_filters (organization_id, name, filter, created_by)
        values (${organizationId}::uuid, ${name}, ${JSON.stringify(filter)}::jsonb, ${actor.userId}::uuid)
        on conflict (organization_id, name) do nothing returning *),
      told as (${tell})
      select ${columns} from f`,
  );
  if (!row) return 'NAME_TAKEN';
  await audit(tx, organizationId, actor, 'create', row.id);
  return row;
}

/** What is not given stays. Null when there is no such filter. */
export async function updateSavedFilter(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  { name, filter }: { name?: string | undefined; filter?: LeadFilter | undefined },
  actor: Actor,
): Promise<SavedFilterRow | 'NAME_TAKEN' | null> {
  if (name !== undefined) {
    const taken = await rowsOf(tx, sql`select id from saved_filters where name = ${name} and id <> ${id}`);
    if (taken.length > 0) return 'NAME_TAKEN';
  }
  const [row] = await rowsOf<SavedFilterRow>(
    tx,
    sql`
      with f as (
        update saved_filters set name = coalesce(${name ?? null}, name), updated_at = app_now(),
          filter = coalesce(${filter === undefined ? null : JSON.stringify(filter)}::jsonb, filter)
        where id = ${id} returning *),
      told as (${tell})
      select ${columns} from f`,
  );
  if (!row) return null;
  await audit(tx, organizationId, actor, 'update', id);
  return row;
}

/** False when there is no such filter. */
export async function deleteSavedFilter(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  actor: Actor,
): Promise<boolean> {
  const gone = await rowsOf(
    tx,
    sql`
      with f as (delete from saved_filters where id = ${id} returning *), told as (${tell})
      select id from f`,
  );
  if (gone.length === 0) return false;
  await audit(tx, organizationId, actor, 'delete', id);
  return true;
}

const tell = sql`
  insert into events (organization_id, type, data)
  select organization_id, 'saved_filter.updated', jsonb_build_object('savedFilterId', id) from f`;

function audit(
  tx: TenantTransaction,
  organizationId: string,
  actor: Actor,
  what: 'create' | 'update' | 'delete',
  subjectId: string,
): Promise<void> {
  return recordAudit(tx, organizationId, actor, {
    action: `saved_filter.${what}`,
    subjectType: 'saved_filter',
    subjectId,
  });
}
