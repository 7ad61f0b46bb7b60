import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { restoreLinks } from './postgres-binaries.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'leadway-postgres-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function ask(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

test('keeps its data, survives a launcher that was killed, and is gone after stop', async () => {
  const dataDirectory = join(directory, 'data');
  const first = await startEmbeddedPostgres({ dataDirectory, settings: { max_connections: '20' } });
  await ask(first.url, 'create table kept as select 42 as answer');
  expect(await ask(first.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
  expect(await ask(first.url, 'show max_connections')).toEqual([{ max_connections: '20' }]);

  // Not stopped: the next start finds a server on its files, as after a kill -9 of the launcher.
  const second = await startEmbeddedPostgres({ dataDirectory, durable: false });
  expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  expect(await ask(second.url, 'show fsync')).toEqual([{ fsync: 'off' }]);
  await expect(ask(first.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);

  await second.stop();
  await second.stop();
  await expect(ask(second.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
});

test('lets nobody in without the password', async () => {
  const server = await startEmbeddedPostgres({ dataDirectory: join(directory, 'closed'), durable: false });
  try {
    await expect(ask(server.url.replace(/:[^:@/]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password/);
  } finally {
    await server.stop();
  }
});

test('names the log when Postgres refuses a setting', async () => {
  const start = startEmbeddedPostgres({
    dataDirectory: join(directory, 'refused'),
    settings: { max_connections: 'many' },
  });
  await expect(start).rejects.toThrow(/did not start.*refused\.log[^]*max_connections/);
});

test('leaves data of another version alone', async () => {
  const dataDirectory = join(directory, 'old');
  await mkdir(dataDirectory);
  await writeFile(join(dataDirectory, 'PG_VERSION'), '12\n');
  await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toThrow(/Postgres 12.*DATABASE_URL/);
  expect(await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8')).toBe('12\n');
});

test('makes the links that an install script would have made, twice without harm', async () => {
  const root = join(directory, 'package');
  await mkdir(join(root, 'native', 'lib'), { recursive: true });
  await writeFile(join(root, 'native', 'lib', 'libpq.so.5.18'), 'library');
  await writeFile(
    join(root, 'native', 'pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
  );
  await restoreLinks(root);
  await restoreLinks(root);
  expect(await readlink(join(root, 'native', 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect(await readFile(join(root, 'native', 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
});
