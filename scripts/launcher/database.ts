import pg from 'pg';
import { ConfigError } from '#config/environment.ts';
import { startEmbeddedPostgres } from '#db/embedded-postgres.ts';
import type { LauncherConfig } from './config.ts';

export type LaunchedDatabase = {
  url: string;
  ownerUrl: string;
  /** Does nothing to a database that runs elsewhere. */
  stop: () => Promise<void>;
};

/**
 * The configured database when it answers, or the embedded one.
 * @throws ConfigError naming the variable of a database that does not answer.
 */
export async function provideDatabase(config: LauncherConfig): Promise<LaunchedDatabase> {
  if (config.database) {
    await requireDatabase('DATABASE_URL', config.database.url);
    if (config.database.ownerUrl !== config.database.url) {
      await requireDatabase('DATABASE_OWNER_URL', config.database.ownerUrl);
    }
    return { ...config.database, stop: () => Promise.resolve() };
  }
  const postgres = await startEmbeddedPostgres({
    dataDirectory: config.data.postgres,
    port: config.ports.POSTGRES_PORT,
    settings: { max_connections: '200' },
  });
  return { url: postgres.url, ownerUrl: postgres.url, stop: postgres.stop };
}

/** @throws ConfigError with the reason, without the password. */
export async function requireDatabase(variable: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    const { host, pathname } = new URL(url);
    const { message, code } = error as Error & { code?: string };
    throw new ConfigError([
      `${variable}: the database ${pathname.slice(1)} at ${host} cannot be used (${message || code})`,
    ]);
  } finally {
    await client.end().catch(() => undefined);
  }
}
