import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '#db/database.ts';
import type { Database } from '#db/database.ts';
import { startEmbeddedPostgres } from '#db/embedded-postgres.ts';
import { migrateDatabase } from '#db/migrate.ts';
import type { Clock } from '#domain/clock.ts';
import type { Place } from '../place.ts';

export type OwnDatabase = {
  /** The owner's URL. */
  url: string;
  /** As the application sees it. */
  database: Database;
  /** Runs one statement as the owner, who sees every organisation's rows. */
  asOwner<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
};

/** A new, migrated Postgres for one attack. It gives up crash safety for speed: nobody crashes it here. */
export async function startOwnDatabase(
  place: Place,
  options: { clock?: Clock; poolSize?: number } = {},
): Promise<OwnDatabase> {
  const postgres = await place.begin(
    () => startEmbeddedPostgres({ dataDirectory: join(place.folder, 'postgres'), durable: false }),
    ({ stop }) => stop(),
  );
  await migrateDatabase(postgres.url);
  const { clock = null, poolSize = 10 } = options;
  const database = await place.begin(
    async () => openDatabase({ url: postgres.url, clock, poolSize }),
    (opened) => opened.close(),
  );
  const owner = await place.begin(
    async () => new pg.Pool({ connectionString: postgres.url, max: 3 }),
    (pool) => pool.end(),
  );
  owner.on('error', () => {});
  return {
    url: postgres.url,
    database,
    asOwner: async (text, values) => (await owner.query(text, values)).rows,
  };
}
