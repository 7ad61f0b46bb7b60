import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';
import { migrateDatabase } from '../migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Owner's URL of a migrated, empty database that tests clone. */
    templateUrl: string;
  }
}

/** One Postgres for a whole test run, with a migrated template that every test file clones in milliseconds. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'leadway-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDirectory: join(directory, 'postgres'),
    database: 'leadway_template',
    durable: false,
    settings: { max_connections: '300' },
  });
  await migrateDatabase(postgres.url);
  project.provide('templateUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
