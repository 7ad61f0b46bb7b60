import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Clock } from '#domain/clock.ts';
import { openDatabase } from '../database.ts';
import type { Database } from '../database.ts';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';
import { migrateDatabase } from '../migrate.ts';

export type TestDatabase = {
  /** As the application sees it: role leadway_app. */
  database: Database;
  /** The owner's URL, for tests that must look behind row-level security. */
  ownerUrl: string;
  /** Runs one statement as the owner. */
  asOwner<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

type TestDatabaseOptions = { clock?: Clock; poolSize?: number };

/** A database of this test file's own, cloned from the migrated template. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const templateUrl = new URL(inject('templateUrl'));
  const template = templateUrl.pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(templateUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const ownUrl = new URL(templateUrl);
  ownUrl.pathname = `/${name}`;
  return connect(ownUrl.href, options, () => onServer(templateUrl, `DROP DATABASE ${name} WITH (FORCE)`));
}

/**
 * The same on a Postgres that no other test uses. The change feed shows what is older than every open transaction of the
 * whole server, so what it shows at once can only be told where nobody else has one open.
 */
export async function createTestServer(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'leadway-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDirectory: join(directory, 'postgres'),
    durable: false,
  });
  await migrateDatabase(postgres.url);
  return connect(postgres.url, options, async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  });
}

function connect(url: string, options: TestDatabaseOptions, end: () => Promise<void>): TestDatabase {
  const { clock = null, poolSize = 5 } = options;
  const database = openDatabase({ url, clock, poolSize });
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  owner.on('error', () => {});
  return {
    database,
    ownerUrl: url,
    asOwner: async (text, values) => (await owner.query(text, values)).rows,
    async close() {
      await Promise.all([database.close(), owner.end()]);
      await end();
    },
  };
}

async function onServer(templateUrl: URL, statement: string): Promise<void> {
  const url = new URL(templateUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    // Two clones at the same moment collide on the template; whoever comes second waits.
    await client.query('SELECT pg_advisory_lock(1)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}
