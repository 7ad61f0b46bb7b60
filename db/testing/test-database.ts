import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Clock } from '#domain/clock.ts';
import { openDatabase } from '../database.ts';
import type { Database } from '../database.ts';

export type TestDatabase = {
  /** As the application sees it: role leadway_app. */
  database: Database;
  /** The owner's URL, for tests that must look behind row-level security. */
  ownerUrl: string;
  /** Runs one statement as the owner. */
  asOwner<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

/** A database of this test file's own, cloned from the migrated template. */
export async function createTestDatabase(
  options: { clock?: Clock; poolSize?: number } = {},
): Promise<TestDatabase> {
  const templateUrl = new URL(inject('templateUrl'));
  const template = templateUrl.pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(templateUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const ownUrl = new URL(templateUrl);
  ownUrl.pathname = `/${name}`;
  const database = openDatabase({
    url: ownUrl.href,
    clock: options.clock ?? null,
    poolSize: options.poolSize ?? 5,
  });
  const owner = new pg.Pool({ connectionString: ownUrl.href, max: 2 });
  owner.on('error', () => {});
  return {
    database,
    ownerUrl: ownUrl.href,
    asOwner: async (text, values) => (await owner.query(text, values)).rows,
    async close() {
      await Promise.all([database.close(), owner.end()]);
      await onServer(templateUrl, `DROP DATABASE ${name} WITH (FORCE)`);
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
