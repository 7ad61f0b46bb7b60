import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { inOneStatement, iso, list as listOf } from './reading.ts';
import { rowsOf } from './rows.ts';

export type DncEntryRow = { phone: string; list: string; reason: string | null; createdAt: string };

const entryColumns = sql`d.phone, d.list, d.reason, ${iso(sql`d.created_at`)} as "createdAt"`;

/** Where a page ended: list and number. */
export type DncPosition = [list: string, phone: string];

/** By list and number; of one number, of one list, or all. */
export async function listDncEntries(
  database: Database,
  scope: TenantScope,
  filter: { phone?: string | undefined; list?: string | undefined },
  page: { limit: number; after: DncPosition | null },
): Promise<{ rows: DncEntryRow[]; next: DncPosition | null }> {
  const { after, limit } = page;
  const conditions = [
    filter.phone === undefined ? sql`true` : sql`d.phone = ${filter.phone}`,
    filter.list === undefined ? sql`true` : sql`d.list = ${filter.list}`,
    after === null ? sql`true` : sql`(d.list, d.phone) > (${after[0]}, ${after[1]})`,
  ];
  const rows = await inOneStatement<DncEntryRow>(
    database,
    scope,
    sql`
      select ${entryColumns} from dnc_entries d where ${sql.join(conditions, sql` and `)}
      order by d.list, d.phone limit ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown, next: last ? [last.list, last.phone] : null };
}

/** Puts a number on a list; one that is there already stays as it is. Lock the lane first. */
export async function addDncEntry(
  tx: TenantTransaction,
  organizationId: string,
  entry: { phone: string; list: string; reason: string | null },
  actor: Actor,
): Promise<{ created: boolean; entry: DncEntryRow }> {
  await rememberList(tx, organizationId, entry.list, null);
  const [made] = await rowsOf<DncEntryRow>(
    tx,
    sql`
      with d as (
        insert into dnc_entries (organization_id, phone, list, reason)
        values (${organizationId}::uuid, ${entry.phone}, ${entry.list}, ${entry.reason})
        on conflict do nothing returning *)
      select ${entryColumns} from d`,
  );
  if (made) await audit(tx, organizationId, actor, 'dnc.add', { list: entry.list });
  const [standing] = made
    ? [made]
    : await rowsOf<DncEntryRow>(
        tx,
        sql`select ${entryColumns} from dnc_entries d where d.phone = ${entry.phone} and d.list = ${entry.list}`,
      );
  return { created: made !== undefined, entry: standing! };
}

/** False when the number is not on that list. */
export async function removeDncEntry(
  tx: TenantTransaction,
  organizationId: string,
  entry: { phone: string; list: string },
  actor: Actor,
): Promise<boolean> {
  const [gone] = await rowsOf(
    tx,
    sql`delete from dnc_entries where phone = ${entry.phone} and list = ${entry.list} returning list`,
  );
  if (gone) await audit(tx, organizationId, actor, 'dnc.remove', { list: entry.list });
  return gone !== undefined;
}

export type DncListRow = { list: string; entries: number; scrubbedOn: string | null };

/** Every list that has an entry or a date, the own one first. */
export async function listDncLists(
  database: Database,
  scope: TenantScope,
): Promise<{ now: Date; lists: DncListRow[] }> {
  const rows = await inOneStatement<DncListRow & { now: string }>(
    database,
    scope,
    sql`
      select list, coalesce(e.entries, 0)::int as entries, scrubbed_on::text as "scrubbedOn", app_now() as now
      from (select list, count(*) as entries from dnc_entries group by list
          union all select 'own', 0 where not exists (select from dnc_entries where list = 'own')) e
        full join dnc_lists l using (list) order by list <> 'own', list`,
  );
  return {
    now: new Date(rows[0]!.now),
    lists: rows.map(({ list, entries, scrubbedOn }) => ({ list, entries, scrubbedOn })),
  };
}

/** Loads one file into a list, chunk by chunk, in the caller's transaction. */
export type DncLoad = {
  /** Answers with how many of these numbers were new. */
  add(phones: string[]): Promise<number>;
  /** Says that the file is complete; answers with how many numbers are on the list no longer. */
  finish(): Promise<number>;
};

/**
 * Begins to load a copy of a list. With `replaces` the list is afterwards the file, and nothing else; entries that stay
 * are not touched. Two files of one organisation wait for each other.
 */
export async function beginDncLoad(
  tx: TenantTransaction,
  organizationId: string,
  file: { list: string; scrubbedOn: string | null; replaces: boolean },
): Promise<DncLoad> {
  const { list, replaces } = file;
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${organizationId}::text || ':dnc-import', 0))`,
  );
  if (replaces) await tx.execute(sql`create temp table dnc_loaded (phone text primary key) on commit drop`);
  const kept = sql`, kept as (insert into dnc_loaded select phone from given on conflict do nothing)`;
  return {
    async add(phones) {
      const [row] = await rowsOf<{ added: number }>(
        tx,
        sql`
          with given as (select distinct phone from unnest(${listOf(phones)}::text[]) as phone)
            ${replaces ? kept : sql``},
          added as (
            insert into dnc_entries (organization_id, phone, list)
            select ${organizationId}::uuid, phone, ${list} from given on conflict do nothing returning phone)
          select count(*)::int as added from added`,
      );
      return row!.added;
    },
    async finish() {
      await rememberList(tx, organizationId, list, file.scrubbedOn);
      if (!replaces) return 0;
      const [row] = await rowsOf<{ removed: number }>(
        tx,
        sql`
          with removed as (
            delete from dnc_entries d where d.list = ${list}
              and not exists (select from dnc_loaded l where l.phone = d.phone) returning d.phone)
          select count(*)::int as removed from removed`,
      );
      return row!.removed;
    },
  };
}

/** Puts on record what a file did to a list. */
export async function recordDncImport(
  tx: TenantTransaction,
  organizationId: string,
  actor: Actor,
  result: { list: string; lines: number; added: number; removed: number },
): Promise<void> {
  await audit(tx, organizationId, actor, 'dnc.import', result);
}

/** A copy's day only moves on; an older file does not make the list older than it is. */
async function rememberList(
  tx: TenantTransaction,
  organizationId: string,
  list: string,
  scrubbedOn: string | null,
): Promise<void> {
  await tx.execute(sql`
    insert into dnc_lists as l (organization_id, list, scrubbed_on)
    values (${organizationId}::uuid, ${list}, ${scrubbedOn}::date)
    on conflict (organization_id, list) do update set scrubbed_on = excluded.scrubbed_on, updated_at = app_now()
      where excluded.scrubbed_on > coalesce(l.scrubbed_on, '-infinity')`);
}

/** A list has no id of its own: the entry is about the organisation's lists, and names which. */
function audit(
  tx: TenantTransaction,
  organizationId: string,
  actor: Actor,
  action: string,
  data: Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, organizationId, actor, {
    action,
    subjectType: 'dnc_list',
    subjectId: organizationId,
    data,
  });
}
