import type pg from 'pg';

/**
 * Tells the planner of every business table that Postgres has not looked at yet that all its rows may belong to one
 * organisation, and hardly two to one lead. By itself it takes an unknown table for one in which an organisation has
 * next to no rows, reads all of those instead of the one that was asked for, and keeps that plan: for the thousands of a
 * first import too, until autovacuum has looked.
 */
export async function writeFirstStatistics(owner: pg.Client): Promise<void> {
  // As Postgres counts: 1 = one value in all rows, -1 = as many values as rows.
  await owner.query(`
    select pg_restore_attribute_stats('schemaname', n.nspname::text, 'relname', c.relname::text,
      'attname', a.attname::text, 'inherited', false, 'null_frac', 0::real, 'avg_width', 16,
      'n_distinct', case a.attname when 'organization_id' then 1 else -1 end::real)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'public' and c.relkind = 'r'
      and a.attname in ('organization_id', 'id', 'lead_id', 'journey_id', 'phone')
      -- Neither analysed nor vacuumed yet.
      and c.reltuples < 0`);
}
