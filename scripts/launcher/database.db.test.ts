import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { examine } from './checks.ts';
import type { Finding } from './checks.ts';
import { loadLauncherConfig } from './config.ts';
import { provideDatabase } from './database.ts';
import { provideDemo } from './demo.ts';
import { freePort } from './ports.ts';

let folder: string;
let database: TestDatabase;
const roles = ['doctor_stranger', 'doctor_member', 'doctor_bypass'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadway-launcher-'));
  database = await createTestDatabase();
  await database.asOwner(`create role doctor_stranger login password 'pw' noinherit`);
  await database.asOwner(`create role doctor_member login password 'pw' noinherit in role leadway_app`);
  await database.asOwner(
    `create role doctor_bypass login password 'pw' noinherit bypassrls in role leadway_app`,
  );
});
afterAll(async () => {
  for (const role of roles) await database.asOwner(`drop role if exists ${role}`);
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const as = (role: string) => {
  const url = new URL(database.ownerUrl);
  [url.username, url.password] = [role, 'pw'];
  return url.href;
};

/** A configuration whose ports are all free, so that only what a test is about is found. */
async function configOf(env: Record<string, string>) {
  const ports: Record<string, string> = {};
  for (const name of [
    'PORT',
    'WORKER_HEALTH_PORT',
    'SIMULATOR_PORT',
    'POSTGRES_PORT',
    'TEMPORAL_PORT',
    'TEMPORAL_UI_PORT',
  ]) {
    ports[name] = String(await freePort());
  }
  return loadLauncherConfig({ LEADWAY_DATA: folder, ...ports, ...env });
}
async function findingOf(subject: string, env: Record<string, string>): Promise<Finding | undefined> {
  return (await examine(await configOf(env))).find((finding) => finding.subject === subject);
}

test('a configured database is used as it is, and stopping leaves it alone', async () => {
  const provided = await provideDatabase(
    await configOf({ DATABASE_URL: as('doctor_member'), DATABASE_OWNER_URL: database.ownerUrl }),
  );
  expect([provided.url, provided.ownerUrl]).toEqual([as('doctor_member'), database.ownerUrl]);
  await provided.stop();
  expect(await database.asOwner('select 1 as alive')).toEqual([{ alive: 1 }]);
});

test('the demo organisation is made once, and its login remembered for this database only', async () => {
  const file = join(folder, 'demo.json');
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const demo = await provideDemo(database.ownerUrl, say, file);
  expect(demo).toMatchObject({ email: 'demo@leadway.test', apiKey: expect.stringMatching(/^lw_/) });
  expect(await provideDemo(database.ownerUrl, say, file)).toEqual(demo);
  expect(await provideDemo(database.ownerUrl, say, null)).toBeNull();
  expect(said).toEqual(['demo organisation made']);

  const other = await createTestDatabase();
  try {
    const theirs = await provideDemo(other.ownerUrl, say, null);
    expect(theirs?.organizationId).not.toBe(demo?.organizationId);
    expect(await provideDemo(other.ownerUrl, say, file)).toBeNull();
  } finally {
    await other.close();
  }
});

describe('the doctor', () => {
  test('finds nothing wrong with what runs here', async () => {
    const findings = await examine(await configOf({}));
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
    expect(findings.map(({ subject }) => subject)).toEqual([
      'Node',
      'Temporal command line',
      'time-skipping test server',
      'Chromium',
      'ports',
      'database',
      'Temporal',
      'carrier',
    ]);
  });

  test.each([
    ['doctor_member', 'ok', /doctor_member is bound by row-level security/],
    ['doctor_bypass', 'warning', /doctor_bypass owns tables or may bypass row-level security/],
    ['doctor_stranger', 'problem', /GRANT leadway_app TO doctor_stranger/],
  ])('looks whether row-level security binds %s', async (role, level, text) => {
    expect(await findingOf('database', { DATABASE_URL: as(role) })).toEqual({
      level,
      subject: 'database',
      text: expect.stringMatching(text),
    });
  });

  test('tells a database that was not migrated from one that does not answer', async () => {
    const empty = new URL(database.ownerUrl);
    empty.pathname = '/nowhere';
    const missing = await findingOf('database', { DATABASE_URL: empty.href });
    expect(missing).toMatchObject({
      level: 'problem',
      text: expect.stringMatching(/^DATABASE_URL: the database nowhere/),
    });
  });

  test('names the variable of a Temporal that does not answer, and of a taken port', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const findings = await examine(
      await configOf({ PORT: String(port), TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` }),
    );
    const problems = findings.filter(({ level }) => level === 'problem').map(({ text }) => text);
    expect(problems).toEqual([
      `taken by other programs: PORT ${port}`,
      expect.stringMatching(/^TEMPORAL_ADDRESS: 127\.0\.0\.1:\d+ does not answer/),
    ]);
    await new Promise((resolve) => taken.close(resolve));
  });

  test('says whether real people are reached', async () => {
    const account = {
      TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'token',
      PUBLIC_URL: 'https://leads.example.com',
    };
    expect((await findingOf('carrier', {}))?.text).toBe('simulated');
    expect((await findingOf('carrier', account))?.text).toMatch(/real people are called and texted/);
    const elsewhere = { ...account, TWILIO_BASE_URL: 'http://localhost:3020' };
    expect((await findingOf('carrier', elsewhere))?.text).toMatch(/at http:\/\/localhost:3020$/);
  });
});
