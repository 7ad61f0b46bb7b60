import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { findPostgresBinaries, operatingUser, runBinary } from './postgres-binaries.ts';

export type EmbeddedPostgres = {
  /** Connects as the owner of everything, over 127.0.0.1. */
  url: string;
  port: number;
  /** The server's own output. */
  logFile: string;
  /** Ends every session, writes a checkpoint and waits for the process to be gone. */
  stop: () => Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Made when it does not exist; its parent too. */
  dataDirectory: string;
  /** A free one when absent. */
  port?: number;
  database?: string;
  /** false gives up crash safety for speed: for tests, whose data nobody misses. */
  durable?: boolean;
  /** Further settings of postgresql.conf. */
  settings?: Record<string, string>;
};

const owner = 'postgres';
const readyTimeoutMs = 60_000;
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts the Postgres that comes with the package set, in a data directory of its own, and waits until it answers.
 *
 * The server is started here and not through the library that ships it, because that library ends Postgres by itself on
 * SIGINT and SIGTERM, while ours must outlive the worker that is finishing its work.
 * @throws Error with one clear line when the server cannot be started.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDirectory, database = 'leadway', durable = true } = options;
  const binaries = await findPostgresBinaries();
  const passwordFile = `${dataDirectory}.password`;
  const logFile = `${dataDirectory}.log`;
  await mkdir(dirname(dataDirectory), { recursive: true });
  await createCluster(binaries, dataDirectory, passwordFile);
  await stopLeftoverPostgres(dataDirectory);

  const port = options.port ?? (await freePort());
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // What a faulty statement was given stays out of the server's log: it may be a name, a number or a text.
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: '0',
    port: String(port),
    ...(durable ? {} : forgetful),
    ...options.settings,
  };
  const log = openSync(logFile, 'a');
  const server = spawn(
    binaries.postgres,
    ['-D', dataDirectory, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A process group of its own: Ctrl-C in the terminal must reach the launcher only.
    { ...(await operatingUser()), detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const gone = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
    server.once('error', () => resolve());
  });
  let running = true;
  void gone.then(() => (running = false));

  const maintenanceUrl = await embeddedPostgresUrl({ dataDirectory, port, database: 'postgres' });
  await waitUntilReady(maintenanceUrl, () => running, logFile);
  await createDatabase(maintenanceUrl, database);
  return {
    url: await embeddedPostgresUrl({ dataDirectory, port, database }),
    port,
    logFile,
    stop: async () => {
      if (running) await stopServer(binaries, dataDirectory);
      await gone;
    },
  };
}

/** Where the owner reaches the server that was started on this data directory. Throws when there never was one. */
export async function embeddedPostgresUrl(at: {
  dataDirectory: string;
  port: number;
  database?: string;
}): Promise<string> {
  const password = (await readFile(`${at.dataDirectory}.password`, 'utf8')).trim();
  return `postgres://${owner}:${password}@127.0.0.1:${at.port}/${at.database ?? 'leadway'}`;
}

/** Made beside its place and moved there when complete, so that an interrupted start leaves nothing half made. */
async function createCluster(binaries: PostgresBinaries, dataDirectory: string, passwordFile: string) {
  const version = await readFile(`${dataDirectory}/PG_VERSION`, 'utf8').catch(() => undefined);
  if (version !== undefined) {
    if (version.trim() === binaries.majorVersion) return;
    throw new Error(
      `${dataDirectory} holds data of Postgres ${version.trim()}, and this release brings Postgres ${binaries.majorVersion}: ` +
        'move it away (or dump and restore it), or set DATABASE_URL.',
    );
  }
  const draft = `${dataDirectory}.new`;
  const user = await operatingUser();
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  if (user.uid !== undefined) {
    await Promise.all([draft, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    // That user must be able to walk to its files, past a directory that only root may enter.
    const parent = dirname(dataDirectory);
    await chmod(parent, (await stat(parent)).mode | 0o011);
  }
  await runBinary(binaries.initdb, [
    `--pgdata=${draft}`,
    `--username=${owner}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order of text on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]);
  await rename(draft, dataDirectory);
}

/**
 * Stops the server that runs on these files, if any: one whose starter was killed is still there, and a second one
 * would refuse to start.
 * @returns whether there was one
 */
export async function stopLeftoverPostgres(dataDirectory: string): Promise<boolean> {
  const pidFile = await readFile(`${dataDirectory}/postmaster.pid`, 'utf8').catch(() => undefined);
  if (pidFile === undefined) return false;
  const binaries = await findPostgresBinaries();
  const running = await runBinary(binaries.pgCtl, ['status', '-D', dataDirectory]).then(
    () => true,
    () => false,
  );
  if (running) await stopServer(binaries, dataDirectory);
  return running;
}

/** `fast` lets no new work begin and writes everything down; `immediate` is a crash, from which the log recovers. */
async function stopServer(binaries: PostgresBinaries, dataDirectory: string) {
  const stop = (mode: string, seconds: number) =>
    runBinary(binaries.pgCtl, ['stop', '-D', dataDirectory, '-m', mode, '-w', '-t', String(seconds)]);
  await stop('fast', 5).catch(() => stop('immediate', 5));
}

async function waitUntilReady(url: string, isRunning: () => boolean, logFile: string) {
  const deadline = Date.now() + readyTimeoutMs;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isRunning() || Date.now() > deadline) {
        const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-5).join('\n  ');
        throw new Error(`Postgres did not start. Its last lines (${logFile}):\n  ${lines}`, { cause: error });
      }
    }
    await sleep(25);
  }
}

async function createDatabase(url: string, database: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
