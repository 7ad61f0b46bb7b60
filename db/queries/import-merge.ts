import { sql } from 'drizzle-orm';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

/** Lines after the first number, up to and with the second. */
export type LineRange = { after: number; upTo: number };
type NextRange = LineRange & { isLast: boolean };

/**
 * For as long as this transaction lasts, entries of the search index are gathered and put in together: one by one they cost
 * more than all the rest of an import. Whatever is left gathered a search has to read through, so the last transaction of an
 * import is to do without.
 */
export async function gatherIndexEntries(tx: TenantTransaction): Promise<void> {
  await tx.execute(sql`
    select set_config('gin_pending_list_limit', '64MB', true), set_config('work_mem', '64MB', true)`);
}

/** The next lines that are to be stored; null when there are none. */
export async function nextRange(
  tx: TenantTransaction,
  after: number,
  limit: number,
): Promise<NextRange | null> {
  const [row] = await rowsOf<{ upTo: number | null; found: number }>(
    tx,
    sql`
      select max(line) as "upTo", count(*)::int as found from (
        select line from (
          (select line from staged where line > ${after}::int order by line limit ${limit}::int)
          union all
          (select line from unfit where line > ${after}::int order by line limit ${limit}::int)) as both_kinds
        order by line limit ${limit}::int) as next`,
  );
  return row?.upTo == null ? null : { after, upTo: row.upTo, isLast: row.found < limit };
}

/** What an interrupted run has stored counts as matched from now on. */
export async function resumeImport(tx: TenantTransaction, importId: string): Promise<void> {
  await tx.execute(sql`
    insert into matches (line, lead_id, by_id)
    select line, lead_id, true from import_members where import_id = ${importId}::uuid`);
}

/** The last line of an import that is stored; 0 = none. */
export async function lastLineStored(tx: TenantTransaction, importId: string): Promise<number> {
  const [row] = await rowsOf<{ line: number }>(
    tx,
    sql`
      select greatest(0, (select max(line) from import_members where import_id = ${importId}::uuid),
        (select max(line) from import_rejections where import_id = ${importId}::uuid)) as line`,
  );
  return row!.line;
}

/**
 * Finds out which of these rows are leads already. The CRM's own id decides; without one, or when nobody has it yet, the
 * number together with the whole name does, and then only a lead that carries no other external id. People who share a
 * number (a family, a front desk) are different leads. Each row is looked up by itself, through an index: a join of all
 * would read the organisation's every lead for each portion of the file.
 */
export async function matchRows(tx: TenantTransaction, { after, upTo }: LineRange): Promise<void> {
  await tx.execute(sql`
    with given as materialized (
      select line, external_id, phone, lower(coalesce(first_name, '')) as first_name, lower(coalesce(last_name, '')) as last_name
      from staged where line > ${after}::int and line <= ${upTo}::int),
    by_id as (
      select g.line, found.id from given g cross join lateral (
        select l.id from leads l where l.external_id = g.external_id and l.deleted_at is null limit 1) as found
      where g.external_id is not null),
    by_person as (
      select g.line, found.id from given g cross join lateral (
        select l.id from leads l
        where l.phone = g.phone and lower(l.first_name) = g.first_name and lower(l.last_name) = g.last_name
          and (g.external_id is null or l.external_id is null) and l.deleted_at is null
        order by l.external_id is not null, l.created_at, l.id limit 1) as found
      where g.line not in (select line from by_id))
    insert into matches (line, lead_id, by_id)
    select line, id, true from by_id union all select line, id, false from by_person`);
}

export type Claim = { line: number; firstLine: number; isOther: boolean };

/**
 * Rows that were matched with a lead that an earlier row was matched with too. `isOther`: both rows carry an external id
 * and the lead had none, so that it is the first one's now, and this row is somebody else.
 */
export async function laterClaims(tx: TenantTransaction, { after, upTo }: LineRange): Promise<Claim[]> {
  return rowsOf<Claim>(
    tx,
    sql`
      select m.line, earlier.line as "firstLine",
        not m.by_id and not earlier.by_id and s.external_id is not null and f.external_id is not null as "isOther"
      from matches m
      join staged s on s.line = m.line
      cross join lateral (
        select e.line, e.by_id from matches e where e.lead_id = m.lead_id order by e.line limit 1) as earlier
      left join staged f on f.line = earlier.line
      where m.line > ${after}::int and m.line <= ${upTo}::int and earlier.line < m.line
      order by m.line`,
  );
}

/** These rows are nobody whom we know. */
export async function unmatch(tx: TenantTransaction, lines: number[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.execute(sql`delete from matches where line = any(${sql.param(lines)}::int[])`);
}

/** The lead of a match, looked up by itself too. */
const leadOfMatch = sql`join lateral (select * from leads where id = m.lead_id limit 1) as l on true`;

export type MergedPlace = {
  phone: string;
  state: string | null;
  postalCode: string | null;
  country: string | null;
};

/** Where matched leads will be by row and lead together, where that is more than the row alone says; each place once. */
export async function mergedPlaces(
  tx: TenantTransaction,
  { after, upTo }: LineRange,
): Promise<MergedPlace[]> {
  return rowsOf<MergedPlace>(
    tx,
    sql`
      select distinct s.phone, coalesce(s.state, l.state) as state, coalesce(s.postal_code, l.postal_code) as "postalCode",
        coalesce(s.country, l.country) as country
      from matches m join staged s on s.line = m.line ${leadOfMatch}
      where m.line > ${after}::int and m.line <= ${upTo}::int and (s.state is null and l.state is not null
        or s.postal_code is null and l.postal_code is not null or s.country is null and l.country is not null)`,
  );
}

/** Says which zones such places have. */
export async function setMergedZones(
  tx: TenantTransaction,
  { after, upTo }: LineRange,
  places: (MergedPlace & { timeZones: string[] })[],
): Promise<void> {
  if (places.length === 0) return;
  await tx.execute(sql`
    update matches known set time_zones = p."timeZones"
    from matches m join staged s on s.line = m.line ${leadOfMatch}
      join jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
        as p(phone text, state text, "postalCode" text, country text, "timeZones" text[])
        on s.phone = p.phone and coalesce(s.state, l.state) is not distinct from p.state
          and coalesce(s.postal_code, l.postal_code) is not distinct from p."postalCode"
          and coalesce(s.country, l.country) is not distinct from p.country
    where known.line = m.line and m.line > ${after}::int and m.line <= ${upTo}::int`);
}

/**
 * Stores these rows: new leads, changed leads, who came of which line, what was rejected, an event a lead, the counts. What
 * a row does not say stays, custom fields and tags are added to; the spelling of a number stays while the number does. A
 * lead that has all of it already is left alone and tells nobody.
 */
export async function storeRows(
  tx: TenantTransaction,
  organizationId: string,
  importId: string,
  { after, upTo }: LineRange,
): Promise<void> {
  await tx.execute(sql`
    with merged as materialized (
      select s.line, coalesce(m.lead_id, s.id) as id, m.lead_id is not null as known,
        coalesce(s.external_id, l.external_id) as external_id,
        coalesce(s.first_name, l.first_name, '') as first_name, coalesce(s.last_name, l.last_name, '') as last_name,
        coalesce(s.company, l.company) as company, s.phone,
        case when l.phone = s.phone then l.raw_phone else s.raw_phone end as raw_phone,
        coalesce(s.email, l.email) as email, coalesce(s.address, l.address) as address, coalesce(s.city, l.city) as city,
        coalesce(s.state, l.state) as state, coalesce(s.postal_code, l.postal_code) as postal_code,
        coalesce(s.country, l.country) as country, coalesce(m.time_zones, s.time_zones) as time_zones,
        coalesce(s.source, l.source) as source, coalesce(l.custom_fields, '{}') || s.custom_fields as custom_fields,
        case when l.tags is null then s.tags when s.tags <@ l.tags then l.tags
          else l.tags || array(select t from unnest(s.tags) with ordinality as u(t, nr) where t <> all(l.tags) order by nr)
        end as tags,
        m.lead_id is null or (l.external_id, l.first_name, l.last_name, l.company, l.phone, l.email, l.address, l.city,
            l.state, l.postal_code, l.country, l.time_zones, l.source, l.custom_fields)
          is distinct from (coalesce(s.external_id, l.external_id), coalesce(s.first_name, l.first_name),
            coalesce(s.last_name, l.last_name), coalesce(s.company, l.company), s.phone, coalesce(s.email, l.email),
            coalesce(s.address, l.address), coalesce(s.city, l.city), coalesce(s.state, l.state),
            coalesce(s.postal_code, l.postal_code), coalesce(s.country, l.country),
            coalesce(m.time_zones, s.time_zones), coalesce(s.source, l.source), l.custom_fields || s.custom_fields)
          or not s.tags <@ l.tags as is_news
      from staged s left join matches m on m.line = s.line left ${leadOfMatch}
      where s.line > ${after}::int and s.line <= ${upTo}::int),
    written as (
      insert into leads (organization_id, id, external_id, first_name, last_name, company, phone, raw_phone, email, address,
        city, state, postal_code, country, time_zones, source, custom_fields, tags)
      select ${organizationId}::uuid, id, external_id, first_name, last_name, company, phone, raw_phone, email, address, city,
        state, postal_code, country, time_zones, source, custom_fields, tags
      from merged where is_news order by line
      on conflict (organization_id, id) do update set external_id = excluded.external_id, first_name = excluded.first_name,
        last_name = excluded.last_name, company = excluded.company, phone = excluded.phone, raw_phone = excluded.raw_phone,
        email = excluded.email, address = excluded.address, city = excluded.city, state = excluded.state,
        postal_code = excluded.postal_code, country = excluded.country, time_zones = excluded.time_zones,
        source = excluded.source, custom_fields = excluded.custom_fields, tags = excluded.tags, updated_at = app_now()),
    told as (
      insert into events (organization_id, type, lead_id)
      select ${organizationId}::uuid, case when known then 'lead.updated' else 'lead.created' end, id
      from merged where is_news order by line),
    members as (
      insert into import_members (organization_id, import_id, line, lead_id)
      select ${organizationId}::uuid, ${importId}::uuid, line, id from merged order by line),
    rejections as (
      insert into import_rejections (organization_id, import_id, line, column_name, code, message, cells)
      select ${organizationId}::uuid, ${importId}::uuid, line, column_name, code, message, cells
      from unfit where line > ${after}::int and line <= ${upTo}::int
      returning line)
    update imports i set created = i.created + counted.created, updated = i.updated + counted.updated,
      rejected = i.rejected + (select count(*) from rejections)
    from (select count(*) filter (where not known) as created, count(*) filter (where known) as updated from merged) as counted
    where i.id = ${importId}::uuid`);
}

/** Lines of an import whose cells were not at hand when they were rejected. */
export async function linesWithoutCells(tx: TenantTransaction, importId: string): Promise<number[]> {
  const rows = await rowsOf<{ line: number }>(
    tx,
    sql`select line from import_rejections where import_id = ${importId}::uuid and cells = '{}' order by line`,
  );
  return rows.map(({ line }) => line);
}

export async function setRejectedCells(
  tx: TenantTransaction,
  importId: string,
  rows: { line: number; cells: string[] }[],
): Promise<void> {
  await tx.execute(sql`
    update import_rejections r set cells = c.cells
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(line int, cells text[])
    where r.import_id = ${importId}::uuid and r.line = c.line`);
}
