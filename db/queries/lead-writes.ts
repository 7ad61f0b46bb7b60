import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { TenantTransaction } from '../tenant.ts';
import type { LeadFields } from './lead-merge.ts';
import { list } from './reading.ts';
import { rowsOf } from './rows.ts';

/** All that people and CRMs write of a lead. */
export type WritableLead = LeadFields & { status: string };

const fieldsOf = sql`
  l.external_id as "externalId", l.first_name as "firstName", l.last_name as "lastName", l.company, l.phone,
  l.raw_phone as "rawPhone", l.email, l.address, l.city, l.state, l.postal_code as "postalCode", l.country,
  to_jsonb(l.time_zones) as "timeZones", l.source, l.custom_fields as "customFields", to_jsonb(l.tags) as tags, l.status`;

/** A lead as it may be written, held until the transaction ends. Null when there is none. */
export async function lockLead(tx: TenantTransaction, id: string): Promise<WritableLead | null> {
  const [row] = await rowsOf<WritableLead>(
    tx,
    sql`select ${fieldsOf} from leads l where l.id = ${id} and l.deleted_at is null for update`,
  );
  return row ?? null;
}

/** Whose external id it is, of all leads that are not deleted. */
export async function findByExternalId(tx: TenantTransaction, externalId: string): Promise<string | null> {
  const [row] = await rowsOf<{ id: string }>(tx, sql`select id from leads where external_id = ${externalId}`);
  return row?.id ?? null;
}

/** As `findByExternalId`, and whoever asks for the same one waits until this transaction has ended. */
export async function claimExternalId(tx: TenantTransaction, externalId: string): Promise<string | null> {
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(current_setting('app.organization_id') || ':external-id:' || ${externalId}, 0))`);
  return findByExternalId(tx, externalId);
}

/** Creates a lead, with its event. Nothing is returned when its external id is another's. */
export async function insertLead(
  tx: TenantTransaction,
  organizationId: string,
  lead: WritableLead,
): Promise<string | null> {
  const [row] = await rowsOf<{ id: string }>(
    tx,
    sql`
      with made as (
        insert into leads (organization_id, external_id, first_name, last_name, company, phone, raw_phone, email, address, city,
          state, postal_code, country, time_zones, source, custom_fields, tags, status)
        values (${organizationId}::uuid, ${valuesOf(lead)})
        on conflict (organization_id, external_id) do nothing returning organization_id, id),
      told as (insert into events (organization_id, type, lead_id) select organization_id, 'lead.created', id from made)
      select id from made`,
  );
  return row?.id ?? null;
}

/**
 * Writes a lead's fields. One that has them all already is left alone and tells nobody; answers whether it changed.
 * `untold`: another event says it.
 */
export async function updateLead(
  tx: TenantTransaction,
  id: string,
  lead: WritableLead,
  { untold = false } = {},
): Promise<boolean> {
  const columns = sql`(external_id, first_name, last_name, company, phone, raw_phone, email, address, city, state, postal_code,
    country, time_zones, source, custom_fields, tags, status)`;
  const rows = await rowsOf(
    tx,
    sql`
      with changed as (
        update leads set ${columns} = row(${valuesOf(lead)}), updated_at = app_now()
        where id = ${id} and ${columns} is distinct from (${valuesOf(lead)})
        returning organization_id, id),
      told as (insert into events (organization_id, type, lead_id) select organization_id, 'lead.updated', id from changed where not ${untold}::boolean)
      select id from changed`,
  );
  return rows.length === 1;
}

function valuesOf(lead: WritableLead): SQL {
  return sql`${lead.externalId}::text, ${lead.firstName}::text, ${lead.lastName}::text, ${lead.company}::text, ${lead.phone}::text,
    ${lead.rawPhone}::text, ${lead.email}::text, ${lead.address}::text, ${lead.city}::text, ${lead.state}::text,
    ${lead.postalCode}::text, ${lead.country}::text, ${list(lead.timeZones)}::text[], ${lead.source}::text,
    ${JSON.stringify(lead.customFields)}::jsonb, ${list(lead.tags)}::text[], ${lead.status}::text`;
}
