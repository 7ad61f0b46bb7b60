import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '#db/embedded-postgres.ts';
import type { EmbeddedPostgres } from '#db/embedded-postgres.ts';
import { migrateDatabase } from '#db/migrate.ts';
import type { Place } from '../place.ts';

export type FragilePostgres = {
  /** The owner's. */
  url: string;
  /** A crash: every session ends in the middle of what it does, and nothing is written down. Resolves when it is gone. */
  crash(): Promise<void>;
  /** Starts it again on the same files and port, and waits until it has recovered. */
  restart(): Promise<void>;
};

/** A new, migrated Postgres. One that shall crash has to be `durable`; the others are faster. */
export async function startFragilePostgres(
  place: Place,
  options: { durable: boolean },
): Promise<FragilePostgres> {
  const dataDirectory = join(place.folder, 'postgres');
  const settings = { max_connections: '200' };
  const start = (port?: number) => startEmbeddedPostgres({ dataDirectory, port, settings, ...options });
  let server: EmbeddedPostgres = await place.begin(
    () => start(),
    // Whichever of them runs at the end.
    () => server.stop(),
  );
  const { url, port } = server;
  await migrateDatabase(url);
  return {
    url,
    async crash() {
      const [pid] = (await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8')).split('\n');
      // Source: PostgreSQL, "Shutting Down the Server": SIGQUIT is the immediate shutdown.
      process.kill(Number(pid), 'SIGQUIT');
      while (isRunning(Number(pid))) await sleep(5);
    },
    async restart() {
      server = await start(port);
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
