import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { startApi } from '#api/serve.ts';
import { openDatabase } from '#db/database.ts';
import { startEmbeddedPostgres } from '#db/embedded-postgres.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { seedDemoOrganization } from '#db/seed.ts';
import { systemClock } from '#domain/clock.ts';
import { build } from '#scripts/launcher/build.ts';
import { createWorkerProcess } from '#scripts/demo/worker-process.ts';
import { startProcess, waitUntilReady } from '#scripts/launcher/managed-process.ts';
import { paths } from '#scripts/launcher/paths.ts';
import { freePort } from '#scripts/launcher/ports.ts';
import { temporalSpec } from '#scripts/launcher/temporal.ts';
import { readTemporalSettings } from '#scripts/temporal/dev-server.ts';
import { setUpTemporal } from '#scripts/temporal/setup.ts';
import type { PersonaKind } from '#simulator/persona.ts';
import { createRealTimeScheduler } from '#simulator/real-time-scheduler.ts';
import { serveSimulator } from '#simulator/serve.ts';
import { createSimulator } from '#simulator/simulator.ts';

const account = { accountSid: `AC${'0'.repeat(31)}1`, authToken: 'token-of-the-test-stack' };

export type Stack = Awaited<ReturnType<typeof startStack>>;

/**
 * The whole product in real time on free ports and in a folder of its own: Postgres, Temporal's development server, the
 * worker as a process, simulator, API and built web. For tests that look at it from outside.
 */
export async function startStack(options: { persona?: PersonaKind; speed?: number } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'leadway-stack-'));
  const stops: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each().catch(() => {});
  };
  try {
    await build();
    const ports = { TEMPORAL_PORT: await freePort(), TEMPORAL_UI_PORT: await freePort() };
    const postgres = await startEmbeddedPostgres({
      dataDirectory: join(directory, 'postgres'),
      durable: false,
    });
    stops.push(postgres.stop);
    const spec = temporalSpec({ ports }, join(directory, 'temporal.db'));
    const temporalProcess = await startProcess({
      ...spec,
      cwd: directory,
      logFolder: directory,
      env: { HOME: directory },
    });
    stops.push(temporalProcess.stop);
    await Promise.all([waitUntilReady(temporalProcess), migrateDatabase(postgres.url)]);

    const address = `127.0.0.1:${ports.TEMPORAL_PORT}`;
    const connection = await Connection.connect({ address });
    stops.push(() => connection.close());
    const settings = readTemporalSettings();
    await setUpTemporal(connection, settings);
    const temporal = new Client({ connection, namespace: settings.namespace });
    const database = openDatabase({ url: postgres.url });
    stops.push(database.close);
    const demo = await seedDemoOrganization(database);
    if (!demo) throw new Error('The stack found somebody in its new database');

    const [apiPort, healthPort] = [await freePort(), await freePort()];
    const publicUrl = `http://127.0.0.1:${apiPort}`;
    const scheduler = createRealTimeScheduler({ info: () => {}, warn: () => {}, error: () => {} });
    const simulator = createSimulator({
      ...account,
      seed: 1,
      clock: systemClock,
      scheduler,
      inboundWebhookUrl: `${publicUrl}/webhooks/twilio/sms`,
      persona: () => options.persona,
      speed: options.speed ?? 200,
    });
    const carrier = await serveSimulator(simulator, { port: 0 });
    stops.push(carrier.close, scheduler.close);
    const env = {
      DATABASE_URL: postgres.url,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: settings.namespace,
      TEMPORAL_WEB_URL: `http://127.0.0.1:${ports.TEMPORAL_UI_PORT}`,
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_BASE_URL: carrier.url,
      PUBLIC_URL: publicUrl,
      PORT: String(apiPort),
      SESSION_SECRET: 'only-for-this-stack-and-gone-when-it-ends',
      LOG_LEVEL: 'error',
      WORKER_HEALTH_PORT: String(healthPort),
      WORKFLOW_BUNDLE: paths.workflowBundle,
    };
    const api = await startApi(env, { database, temporal, logger: pino({ level: 'error' }) });
    stops.push(api.close);
    const worker = createWorkerProcess(env);
    stops.push(worker.stop);
    await worker.start();
    return {
      url: publicUrl,
      demo,
      database,
      temporal,
      ledger: simulator.ledger,
      worker,
      temporalWebUrl: env.TEMPORAL_WEB_URL,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
