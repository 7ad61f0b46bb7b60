import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { leadBlocked } from './contact-facts.ts';
import { inOneStatement, iso } from './reading.ts';
import { rowsOf } from './rows.ts';

export type LeadRow = {
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
  timeZones: string[];
  source: string | null;
  status: string;
  stage: { id: string; name: string; color: string } | null;
  /** Since when it is in its stage. */
  stageEnteredAt: string | null;
  /** Somebody has blocked it, and the block has not run out. */
  blocked: boolean;
  score: number | null;
  customFields: Record<string, string>;
  tags: string[];
  createdAt: string;
  updatedAt: string;
};

/** Under the aliases of `leadTables`. */
export const leadColumns = sql`
  l.id, l.external_id as "externalId", l.first_name as "firstName", l.last_name as "lastName", l.company, l.phone,
  l.email, l.address, l.city, l.state, l.postal_code as "postalCode", l.country, to_jsonb(l.time_zones) as "timeZones",
  l.source, l.status, l.score, l.custom_fields as "customFields", to_jsonb(l.tags) as tags,
  case when s.id is not null then jsonb_build_object('id', s.id, 'name', s.name, 'color', s.color) end as stage,
  ${iso(sql`l.stage_entered_at`)} as "stageEnteredAt", ${leadBlocked} as blocked,
  ${iso(sql`l.created_at`)} as "createdAt", ${iso(sql`l.updated_at`)} as "updatedAt"`;

export const leadTables = sql`
  leads l left join pipeline_stages s on (s.organization_id, s.id) = (l.organization_id, l.stage_id)`;

export async function readLead(database: Database, scope: TenantScope, id: string): Promise<LeadRow | null> {
  const rows = await inOneStatement<LeadRow>(
    database,
    scope,
    sql`select ${leadColumns} from ${leadTables} where l.id = ${id} and l.deleted_at is null`,
  );
  return rows[0] ?? null;
}

/** As `readLead`, inside the transaction that has just written it. */
export async function readLeadIn(tx: TenantTransaction, id: string): Promise<LeadRow | null> {
  const rows = await rowsOf<LeadRow>(
    tx,
    sql`select ${leadColumns} from ${leadTables} where l.id = ${id} and l.deleted_at is null`,
  );
  return rows[0] ?? null;
}
