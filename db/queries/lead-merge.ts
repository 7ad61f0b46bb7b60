import { sql } from 'drizzle-orm';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

/** What may be written of a lead. */
export type LeadFields = {
  externalId: string | null;
  firstName: string;
  lastName: string;
  company: string | null;
  phone: string;
  rawPhone: string;
  email: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  postalCode: string | null;
  country: string | null;
  timeZones: string[];
  source: string | null;
  customFields: Record<string, string>;
  tags: string[];
};

/** How a person is recognised. `key` is the caller's own, and comes back with the match. */
export type LeadIdentity = {
  key: number;
  externalId: string | null;
  phone: string;
  firstName: string;
  lastName: string;
};

export type LeadMatch = { key: number; id: string; fields: LeadFields };

const fieldsOf = sql`jsonb_build_object('externalId', l.external_id, 'firstName', l.first_name, 'lastName', l.last_name,
  'company', l.company, 'phone', l.phone, 'rawPhone', l.raw_phone, 'email', l.email, 'address', l.address, 'city', l.city,
  'state', l.state, 'postalCode', l.postal_code, 'country', l.country, 'timeZones', l.time_zones, 'source', l.source,
  'customFields', l.custom_fields, 'tags', l.tags)`;

/**
 * Makes imports and upserts of one organisation wait for each other until the transaction ends, so that two at once
 * cannot both find a person missing and create them twice.
 */
export async function lockLeadMerging(tx: TenantTransaction): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(current_setting('app.organization_id') || ':merge-leads', 0))`,
  );
}

/**
 * The leads that these people are already. The CRM's own id decides; without one, or when nobody has it yet, the number
 * together with the whole name does, and then only a lead that carries no other external id. People who share a number
 * (a family, a front desk) are different leads.
 */
export async function findLeadsToMerge(tx: TenantTransaction, people: LeadIdentity[]): Promise<LeadMatch[]> {
  if (people.length === 0) return [];
  return rowsOf(
    tx,
    sql`
      select i.key, l.id, ${fieldsOf} as fields
      from jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
        as i(key int, "externalId" text, phone text, "firstName" text, "lastName" text)
      cross join lateral (
        select coalesce(
          (select e.id from leads e where e.external_id = i."externalId"),
          (select n.id from leads n
            where n.phone = i.phone and lower(n.first_name) = lower(i."firstName") and lower(n.last_name) = lower(i."lastName")
              and (i."externalId" is null or n.external_id is null)
            order by n.external_id is not null, n.created_at, n.id limit 1)) as id) as m
      join leads l on l.id = m.id`,
  );
}

export type NewLead = LeadFields & { id: string };

const columns = sql`organization_id, id, external_id, first_name, last_name, company, phone, raw_phone, email, address, city,
  state, postal_code, country, time_zones, source, custom_fields, tags`;
const record = sql`i(id uuid, "externalId" text, "firstName" text, "lastName" text, company text, phone text, "rawPhone" text,
  email text, address text, city text, state text, "postalCode" text, country text, "timeZones" text[], source text,
  "customFields" jsonb, tags text[])`;
const values = sql`i."firstName", i."lastName", i.company, i.phone, i."rawPhone", i.email, i.address, i.city, i.state,
  i."postalCode", i.country, i."timeZones", i.source, i."customFields", i.tags`;

/** Creates leads, with an event each. */
export async function insertLeads(
  tx: TenantTransaction,
  organizationId: string,
  leads: NewLead[],
): Promise<void> {
  if (leads.length === 0) return;
  await tx.execute(sql`
    with created as (
      insert into leads (${columns})
      select ${organizationId}::uuid, i.id, i."externalId", ${values}
      from jsonb_to_recordset(${JSON.stringify(leads)}::jsonb) as ${record}
      returning organization_id, id)
    insert into events (organization_id, type, lead_id) select organization_id, 'lead.created', id from created`);
}

/** Writes the fields of leads that exist; a lead that has them all already is left alone and tells nobody. */
export async function updateLeads(tx: TenantTransaction, leads: NewLead[]): Promise<void> {
  if (leads.length === 0) return;
  await tx.execute(sql`
    with changed as (
      update leads l set external_id = i."externalId", first_name = i."firstName", last_name = i."lastName",
        company = i.company, phone = i.phone, raw_phone = i."rawPhone", email = i.email, address = i.address, city = i.city,
        state = i.state, postal_code = i."postalCode", country = i.country, time_zones = i."timeZones", source = i.source,
        custom_fields = i."customFields", tags = i.tags, updated_at = app_now()
      from jsonb_to_recordset(${JSON.stringify(leads)}::jsonb) as ${record}
      where l.id = i.id
        and (l.external_id, l.first_name, l.last_name, l.company, l.phone, l.raw_phone, l.email, l.address, l.city, l.state,
          l.postal_code, l.country, l.time_zones, l.source, l.custom_fields, l.tags)
        is distinct from (i."externalId", ${values})
      returning l.organization_id, l.id)
    insert into events (organization_id, type, lead_id) select organization_id, 'lead.updated', id from changed`);
}
