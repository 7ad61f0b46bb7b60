import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import pg from 'pg';
import { openDatabase } from '#db/database.ts';
import { seedDemoOrganization } from '#db/seed.ts';
import { systemClock } from '#domain/clock.ts';
import { startDevServer } from '#scripts/bench/dev-servers.ts';
import { startProcess, waitUntilReady } from '#scripts/launcher/managed-process.ts';
import { projectRoot } from '#scripts/launcher/paths.ts';
import { freePort } from '#scripts/launcher/ports.ts';
import { answersHttp } from '#scripts/launcher/readiness.ts';
import { createRealTimeScheduler } from '#simulator/real-time-scheduler.ts';
import { serveSimulator } from '#simulator/serve.ts';
import { createSimulator } from '#simulator/simulator.ts';
import type { Place } from '../../place.ts';
import { startFragilePostgres } from '../../stage/postgres.ts';
import type { FragilePostgres } from '../../stage/postgres.ts';
import type { Signer } from '../storm/deliveries.ts';
import { quoting } from './carrier.ts';
import type { Treatment } from './carrier.ts';
import type { Nest } from './plant.ts';

export type CanaryStage = {
  url: string;
  workerUrl: string;
  signer: Signer;
  demo: { organizationId: string; email: string; password: string; apiKey: string };
  temporal: Client;
  postgres: FragilePostgres;
  /** How the carrier treats a phone. */
  treatments: Map<string, Treatment>;
  asOwner<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** What every process has said so far, by the name of its file. */
  logs(): Promise<Map<string, string>>;
};

/** The processes of `npm start` with their real `main.ts`, saying everything that they can say. */
export async function setCanaryStage(place: Place, nest: Nest): Promise<CanaryStage> {
  const account = { accountSid: `AC${'0'.repeat(31)}1`, authToken: nest.secret('carrier auth token') };
  const [postgres, temporal, apiPort, healthPort] = await Promise.all([
    startFragilePostgres(place, { durable: true }),
    startDevServer(place, 'tuned'),
    freePort(),
    freePort(),
  ]);
  nest.found('database password', new URL(postgres.url).password);
  const database = openDatabase({ url: postgres.url, poolSize: 1 });
  const demo = await seedDemoOrganization(database);
  await database.close();
  if (!demo) throw new Error('Somebody is in the new database already');
  nest.found('API key', demo.apiKey);
  nest.found('password', demo.password);
  const owner = await place.begin(
    async () => new pg.Pool({ connectionString: postgres.url, max: 2 }),
    (pool) => pool.end(),
  );
  owner.on('error', () => {});

  const url = `http://127.0.0.1:${apiPort}`;
  const treatments = new Map<string, Treatment>();
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const scheduler = await place.begin(
    async () => createRealTimeScheduler(quiet),
    (begun) => begun.close(),
  );
  const simulator = createSimulator({
    ...account,
    seed: 1,
    clock: systemClock,
    scheduler,
    inboundWebhookUrl: `${url}/webhooks/twilio/sms`,
    persona: () => 'ignores',
    speed: 200,
  });
  const carrier = await place.begin(
    () => serveSimulator(quoting(simulator, treatments), { port: 0 }),
    (begun) => begun.close(),
  );
  const environment = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    LOG_LEVEL: 'trace',
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_BASE_URL: carrier.url,
    TWILIO_TIMEOUT_MS: '1500',
    PUBLIC_URL: url,
    PORT: String(apiPort),
    SESSION_SECRET: nest.secret('session secret'),
    WORKER_HEALTH_PORT: String(healthPort),
  };
  const workerUrl = `http://127.0.0.1:${healthPort}`;
  await Promise.all([start('api', `${url}/readyz`), start('worker', `${workerUrl}/readyz`)]);
  return {
    url,
    workerUrl,
    signer: { authToken: account.authToken, publicUrl: url },
    demo,
    temporal: temporal.client,
    postgres,
    treatments,
    asOwner: async (text, values) => (await owner.query(text, values)).rows,
    async logs() {
      const names = (await readdir(place.folder)).filter((name) => name.endsWith('.log'));
      const texts = await Promise.all(names.map((name) => readFile(join(place.folder, name), 'utf8')));
      return new Map(names.map((name, nr) => [name, texts[nr]!]));
    },
  };

  async function start(name: 'api' | 'worker', readyUrl: string): Promise<void> {
    const spec = {
      name,
      command: process.execPath,
      args: ['--import', 'tsx', join(name, 'main.ts')],
      env: environment,
      cwd: projectRoot,
      logFolder: place.folder,
      isReady: () => answersHttp(readyUrl),
      readyTimeoutMs: 90_000,
      graceMs: 3_000,
    };
    const running = await place.begin(
      () => startProcess(spec),
      ({ stop }) => stop(),
    );
    await waitUntilReady(running);
  }
}
