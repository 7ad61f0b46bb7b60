import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { leadCondition } from './lead-filter.ts';
import type { LeadFilter } from './lead-filter.ts';
import { inOneStatement, iso } from './reading.ts';

export type ExportedLead = {
  id: string;
  externalId: string | null;
  firstName: string;
  lastName: string;
  company: string | null;
  phone: string;
  email: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  postalCode: string | null;
  country: string | null;
  source: string | null;
  customFields: Record<string, string>;
  tags: string[];
  status: string;
  stage: string | null;
  createdAt: string;
};

/** The next leads of an export, in the order of their ids. */
export async function leadsToExport(
  database: Database,
  scope: TenantScope,
  filter: LeadFilter,
  { afterId, limit }: { afterId: string; limit: number },
): Promise<ExportedLead[]> {
  return inOneStatement<ExportedLead>(
    database,
    scope,
    sql`
      select l.id, l.external_id as "externalId", l.first_name as "firstName", l.last_name as "lastName", l.company, l.phone,
        l.email, l.address, l.city, l.state, l.postal_code as "postalCode", l.country, l.source,
        l.custom_fields as "customFields", to_jsonb(l.tags) as tags, l.status,
        (select p.name from pipeline_stages p where p.id = l.stage_id) as stage, ${iso(sql`l.created_at`)} as "createdAt"
      from leads l where ${leadCondition(filter)} and l.id > ${afterId}::uuid order by l.id limit ${limit}::int`,
  );
}

/** Every custom field that one of these leads has, and whether they are more than so many. */
export async function describeExport(
  database: Database,
  scope: TenantScope,
  filter: LeadFilter,
  mostLeads: number,
): Promise<{ customFields: string[]; tooMany: boolean }> {
  const [row] = await inOneStatement<{ customFields: string[]; tooMany: boolean }>(
    database,
    scope,
    sql`
      with chosen as (select l.custom_fields from leads l where ${leadCondition(filter)})
      select
        (select coalesce(jsonb_agg(name order by name), '[]') from (
          select distinct jsonb_object_keys(custom_fields) as name from chosen) as names) as "customFields",
        (select count(*) > ${mostLeads}::int from chosen) as "tooMany"`,
  );
  return row!;
}
