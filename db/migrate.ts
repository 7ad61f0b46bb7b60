import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { writeFirstStatistics } from './first-statistics.ts';

/** Any number will do, as long as every version of the product uses the same one. */
const migrationLock = 7_203_114;

/**
 * Brings the database to this version's schema. `ownerUrl` must be able to create roles and tables. Processes that
 * start together wait for each other here.
 */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
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
