import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { templateFieldsOf, templateValues } from './contact-facts.ts';
import { inOneStatement } from './reading.ts';

/**
 * The values for templates of a lead and a campaign, either of which may be left out. `found` says which of those that
 * were asked for exist.
 */
export async function readTemplateValues(
  database: Database,
  scope: TenantScope,
  asked: { leadId: string | null; campaignId: string | null },
): Promise<{ values: Record<string, string>; found: { lead: boolean; campaign: boolean } }> {
  type Row = {
    fields: Record<string, string | null>;
    customFields: Record<string, string> | null;
    lead: boolean;
    campaign: boolean;
  };
  const [row] = await inOneStatement<Row>(
    database,
    scope,
    sql`
      select ${templateFieldsOf} as fields, l.custom_fields as "customFields", l.id is not null as lead,
        c.id is not null as campaign
      from organizations o
        left join leads l on l.organization_id = o.id and l.id = ${asked.leadId}::uuid and l.deleted_at is null
        left join campaigns c on c.organization_id = o.id and c.id = ${asked.campaignId}::uuid
      where o.id = ${scope.organizationId}`,
  );
  const { fields, customFields, lead, campaign } = row!;
  return { values: templateValues(fields, customFields ?? {}), found: { lead, campaign } };
}
