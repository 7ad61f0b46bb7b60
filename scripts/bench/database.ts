import { join } from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { openDatabase } from '#db/database.ts';
import type { Database } from '#db/database.ts';
import { startEmbeddedPostgres } from '#db/embedded-postgres.ts';
import { migrateDatabase } from '#db/migrate.ts';
import type { BenchHome } from './home.ts';

/** A new Postgres, as safe and as slow as the one of `npm start`; answers with its owner's URL. */
export async function startPostgres(home: BenchHome): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(home.folder, 'postgres') });
  home.onEnd(postgres.stop);
  await migrateDatabase(postgres.url);
  return postgres.url;
}

/** The database as the worker opens it. */
export function openBenchDatabase(home: BenchHome, url: string, clock: Clock | null = null): Database {
  const database = openDatabase({ url, clock });
  home.onEnd(() => database.close());
  return database;
}
