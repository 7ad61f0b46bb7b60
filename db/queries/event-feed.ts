import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { inOneStatement, iso, list } from './reading.ts';

/** A place in the feed: a transaction and a row in it. Rows of one transaction follow each other. */
export type FeedPosition = { txid: string; id: string };

export type EventRow = {
  txid: string;
  id: number;
  type: string;
  leadId: string | null;
  journeyId: string | null;
  launchId: string | null;
  data: Record<string, unknown>;
  createdAt: string;
};

/** The place before the first change there ever was. */
export const feedStart: FeedPosition = { txid: '0', id: '0' };

/**
 * The changes after a place, in their order. Rows of transactions that are not older than every open one are left for
 * later: a slow transaction could still put a change before them.
 */
export async function readFeed(
  database: Database,
  scope: TenantScope,
  query: { after: FeedPosition; types: string[] | null; limit: number },
): Promise<EventRow[]> {
  const { after, types, limit } = query;
  return inOneStatement(
    database,
    scope,
    sql`
      select e.txid::text as txid, e.id, e.type, e.lead_id as "leadId", e.journey_id as "journeyId",
        e.launch_id as "launchId", e.data, ${iso(sql`e.created_at`)} as "createdAt"
      from events e
      where (e.txid, e.id) > (${after.txid}::xid8, ${after.id}::bigint)
        and e.txid < pg_snapshot_xmin(pg_current_snapshot())
        and ${types === null ? sql`true` : sql`e.type = any (${list(types)}::text[])`}
      order by e.txid, e.id limit ${limit}`,
  );
}

/** The place behind everything that `readFeed` would show now. */
export async function feedEnd(database: Database, scope: TenantScope): Promise<FeedPosition> {
  const [row] = await inOneStatement<FeedPosition>(
    database,
    scope,
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as txid, '0' as id`,
  );
  return row!;
}
