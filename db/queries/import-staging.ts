import { sql } from 'drizzle-orm';
import { arrayLiteral, copyInto, copyLine } from '../copy.ts';
import type { TenantSession, TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

/*
 * A file's rows on their way: temporary tables of the connection that imports it. COPY does not go together with row-level
 * security, and nobody else is to see them.
 */

/** What a row says about a person; what it does not say is not there. */
export type StagedLead = {
  externalId?: string;
  firstName?: string;
  lastName?: string;
  company?: string;
  phone: string;
  rawPhone: string;
  email?: string;
  address?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  country?: string;
  timeZones: string[];
  source?: string;
  customFields: Record<string, string>;
  tags: string[];
};

/** A row that was not taken: where it stands in the file (the header is line 1), why, and its cells. */
export type RejectedRow = {
  line: number;
  column: string | null;
  code: string;
  message: string;
  cells: string[];
};

/** Makes the tables of one import on its connection. */
export async function createStaging(tx: TenantTransaction): Promise<void> {
  // New ids follow each other, which keeps the indexes of a large import together and its leads in the file's order.
  await tx.execute(sql`
    create temp table staged (line int not null, id uuid not null default uuidv7(), external_id text, first_name text,
      last_name text, company text, phone text not null, raw_phone text not null, email text, address text, city text,
      state text, postal_code text, country text, time_zones text[] not null, source text, custom_fields jsonb not null,
      tags text[] not null)`);
  await tx.execute(sql`
    create temp table unfit (line int not null, column_name text, code text not null, message text not null,
      cells text[] not null)`);
  await tx.execute(sql`
    create temp table matches (line int primary key, lead_id uuid not null, by_id boolean not null, time_zones text[])`);
  await tx.execute(sql`create index on matches (lead_id)`);
}

/** A lead as a line for `stageRows`. */
export function stagedLine(line: number, lead: StagedLead): string {
  return copyLine([
    String(line),
    lead.externalId ?? null,
    lead.firstName ?? null,
    lead.lastName ?? null,
    lead.company ?? null,
    lead.phone,
    lead.rawPhone,
    lead.email ?? null,
    lead.address ?? null,
    lead.city ?? null,
    lead.state ?? null,
    lead.postalCode ?? null,
    lead.country ?? null,
    zonesLiteral(lead.timeZones),
    lead.source ?? null,
    jsonLiteral(lead.customFields),
    lead.tags.length === 0 ? '{}' : arrayLiteral(lead.tags),
  ]);
}

/** A rejected row as a line for `stageRows`. */
export function unfitLine({ line, column, code, message, cells }: RejectedRow): string {
  return copyLine([String(line), column, code, message, arrayLiteral(cells)]);
}

/** Puts rows of the file into the tables. */
export async function stageRows(
  session: TenantSession,
  rows: { staged: string[]; unfit: string[] },
): Promise<void> {
  await session.transaction(async () => {
    const { client } = session;
    if (rows.staged.length > 0) {
      const columns =
        'line, external_id, first_name, last_name, company, phone, raw_phone, email, address, city, state, postal_code, country, time_zones, source, custom_fields, tags';
      await copyInto(client, `staged (${columns})`, rows.staged);
    }
    if (rows.unfit.length > 0) {
      await copyInto(client, 'unfit (line, column_name, code, message, cells)', rows.unfit);
    }
  });
}

export type Twin = {
  line: number;
  externalId: string | null;
  phone: string;
  firstName: string;
  lastName: string;
};

/** The rows that share their external id or their number with another row of the file, in the file's order. */
export async function* rowsWithTwins(tx: TenantTransaction): AsyncGenerator<Twin[]> {
  await tx.execute(sql`
    declare twins no scroll cursor for
    select line, external_id as "externalId", phone, coalesce(first_name, '') as "firstName",
      coalesce(last_name, '') as "lastName"
    from staged
    where phone in (select phone from staged group by phone having count(*) > 1)
      or external_id in (
        select external_id from staged where external_id is not null group by external_id having count(*) > 1)
    order by line`);
  for (;;) {
    const rows = await rowsOf<Twin>(tx, sql`fetch 5000 from twins`);
    if (rows.length === 0) break;
    yield rows;
  }
  await tx.execute(sql`close twins`);
}

/** Takes rows out again that name somebody whom an earlier line has named; their cells follow at the end. */
export async function rejectDuplicates(
  tx: TenantTransaction,
  duplicates: { line: number; firstLine: number }[],
): Promise<void> {
  if (duplicates.length === 0) return;
  await tx.execute(sql`
    with duplicates as (
      select * from jsonb_to_recordset(${JSON.stringify(duplicates)}::jsonb) as d(line int, "firstLine" int)),
    gone as (delete from staged s using duplicates d where s.line = d.line),
    unmatched as (delete from matches m using duplicates d where m.line = d.line)
    insert into unfit (line, column_name, code, message, cells)
    select line, null, 'DUPLICATE_ROW', format('The same person stands in line %s already.', "firstLine"), '{}'
    from duplicates`);
}

/** To be called when all rows are there: from now on they are looked up by line. */
export async function indexStaging(tx: TenantTransaction): Promise<void> {
  await tx.execute(sql`create index on staged (line)`);
  await tx.execute(sql`create index on unfit (line)`);
  await tx.execute(sql`analyze staged`);
}

let lastZones: string[] | undefined;
let lastZonesLiteral = '';

function zonesLiteral(zones: string[]): string {
  if (zones !== lastZones) {
    lastZones = zones;
    lastZonesLiteral = arrayLiteral(zones);
  }
  return lastZonesLiteral;
}

function jsonLiteral(fields: Record<string, string>): string {
  for (const _ in fields) return JSON.stringify(fields);
  return '{}';
}
