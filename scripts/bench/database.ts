import { join } from 'node:path';
import { openDatabase } from '#db/database.ts';
import type { Database } from '#db/database.ts';
import { startEmbeddedPostgres } from '#db/embedded-postgres.ts';
import { migrateDatabase } from '#db/migrate.ts';
import type { BenchHome } from './home.ts';

/** A new Postgres, as safe and as slow as the one of `npm start`; answers with its owner's URL. */
export async function startPostgres(home: BenchHome): Promise<string> {
  const postgres = await home.begin(
    () => startEmbeddedPostgres({ dataDirectory: join(home.folder, 'postgres') }),
    ({ stop }) => stop(),
  );
  await migrateDatabase(postgres.url);
  return postgres.url;
}

/** The database as the worker opens it. */
export function openBenchDatabase(home: BenchHome, url: string): Promise<Database> {
  return home.begin(
    async () => openDatabase({ url }),
    (database) => database.close(),
  );
}
