import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Clock } from '#domain/clock.ts';
import { connectWithPatience } from './patience.ts';
import * as schema from './schema/index.ts';

export type Database = {
  pool: pg.Pool;
  /** Tables of the `platform` schema, which stand outside row-level security. Business tables show nothing here. */
  platform: NodePgDatabase<typeof schema>;
  /** Set on dry runs only; otherwise business time is the transaction's own clock. */
  clock: Clock | null;
  close(): Promise<void>;
};

/** Types whose default parsing in node-postgres loses something or needs a second look. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Opens the pool. Every connection acts as `leadway_app` from its first byte, whoever it logged in as, and pipelines:
 * statements that do not wait for each other share a round trip.
 */
export function openDatabase(options: {
  url: string;
  poolSize?: number;
  /** How long to wait for a connection, a free one or a new one, in milliseconds. */
  waitMs?: number;
  clock?: Clock | null;
}): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    options: '-c role=leadway_app -c timezone=UTC',
    connectionTimeoutMillis: options.waitMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    pipeline: true,
  } as pg.PoolConfig);
  // A connection that breaks is replaced at its next use, and whoever is using it hears of it from the statement. Without
  // a listener, on the pool for those that are idle and on the connection for those that are not, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  connectWithPatience(pool);
  return {
    pool,
    platform: drizzle(pool, { schema }),
    clock: options.clock ?? null,
    close: () => pool.end(),
  };
}
