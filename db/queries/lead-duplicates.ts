import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { leadColumns, leadTables } from './leads.ts';
import type { LeadRow } from './leads.ts';
import { inOneStatement } from './reading.ts';

export type DuplicateReason = 'phone' | 'email' | 'name';
export type DuplicateRow = { lead: LeadRow; reasons: DuplicateReason[]; score: number };

const shownAtMost = 20;
/** So many of each kind are compared. */
const comparedAtMost = 100;

/**
 * Who else this person may be: leads with the same number, the same e-mail or nearly the same name, the likeliest first;
 * twenty at most. Families share numbers: it is for a person to decide. Null when there is no such lead.
 */
export async function findDuplicates(
  database: Database,
  scope: TenantScope,
  leadId: string,
): Promise<DuplicateRow[] | null> {
  const rows = await inOneStatement<{ known: string; duplicate: DuplicateRow | null }>(
    database,
    scope,
    sql`
      with subject as materialized (
        select id, phone, lower(nullif(email, '')) as email, name_key, btrim(first_name || ' ' || last_name) as name
        from leads where id = ${leadId} and deleted_at is null),
      candidates as materialized (
        (select o.id from subject q join leads o on o.phone = q.phone where o.deleted_at is null limit ${comparedAtMost})
        union (select found.lead_id from subject q cross join lateral find_leads(q.email, ${comparedAtMost}::int) found
          where q.email is not null)
        union (select found.lead_id from subject q cross join lateral find_leads(q.name, ${comparedAtMost}::int) found
          where q.name <> '')),
      compared as (
        select o.id, o.phone = q.phone as phone, coalesce(lower(o.email) = q.email, false) as email,
          case when q.name <> '' then similarity(o.name_key, q.name_key) else 0 end as likeness
        from candidates d join leads o on o.id = d.id cross join subject q where o.id <> q.id),
      scored as (
        select id, phone, email, likeness >= 0.6 as name,
          least(1, 0.5 * phone::int + 0.4 * email::int + case when likeness >= 0.6 then 0.3 * likeness else 0 end) as score
        from compared where phone or email or likeness >= 0.6
        order by score desc, id limit ${shownAtMost})
      select q.id as known, case when f.id is not null then jsonb_build_object('score', round(f.score::numeric, 2),
          'reasons', array_remove(array[case when f.phone then 'phone' end, case when f.email then 'email' end,
            case when f.name then 'name' end], null),
          'lead', (select to_jsonb(x) from (select ${leadColumns} from ${leadTables} where l.id = f.id) x)) end as duplicate
      from subject q left join scored f on true order by f.score desc, f.id`,
  );
  if (rows.length === 0) return null;
  return rows.flatMap(({ duplicate }) => (duplicate === null ? [] : [duplicate]));
}
