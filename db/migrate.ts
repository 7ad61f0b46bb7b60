import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { writeFirstStatistics } from './first-statistics.ts';

/** Any number will do, as long as every version of the product uses the same one. */
const migrationLock = 7_203_114;

/** Ids in the order of their making, both sides of a changed row, statistics that are told: all came with it. */
const oldestPostgres = 18;

/**
 * Brings the database to this version's schema. `ownerUrl` must be able to create roles and tables. Processes that
 * start together wait for each other here.
 * @throws Error that names the version when this Postgres is too old
 */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await refuseOldPostgres(client);
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await client.query("SET client_min_messages = 'warning'");
    await migrate(drizzle(client), {
      migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)),
    });
    await writeFirstStatistics(client);
  } finally {
    await client.end();
  }
}

/** Before anything is written: a migration that fails on the way is harder to understand. */
async function refuseOldPostgres(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const major = Math.floor(rows[0]!.version / 10_000);
  if (major < oldestPostgres)
    throw new Error(`DATABASE_URL: this is Postgres ${major}; Leadway needs ${oldestPostgres} or newer`);
}
