import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { startApi } from '#api/serve.ts';
import { openDatabase } from '#db/database.ts';
import { startEmbeddedPostgres } from '#db/embedded-postgres.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { seedDemoOrganization } from '#db/seed.ts';
import { connectTestClock } from '#providers/test-clock.ts';
import { build } from '#scripts/launcher/build.ts';
import { paths } from '#scripts/launcher/paths.ts';
import { freePort } from '#scripts/launcher/ports.ts';
import { startTimeSkippingServer, testNamespace } from '#scripts/temporal/time-skipping-server.ts';
import { defaultFaultRate } from '#simulator/faults.ts';
import { serveSimulator } from '#simulator/serve.ts';
import { createSimulator } from '#simulator/simulator.ts';
import { scheduleKills } from './kill-worker.ts';
import type { DemoOptions } from './options.ts';
import { startPulse } from './pulse.ts';
import { startUnbindingProxy } from './unbinding-proxy.ts';
import { createWorkerProcess } from './worker-process.ts';

export type DryRun = Awaited<ReturnType<typeof startDryRun>>;

const account = { accountSid: `AC${'0'.repeat(31)}1`, authToken: 'token-of-the-dry-run' };

/** A simulated carrier that does not answer is given up soon: real seconds pass while it is waited for. */
const carrierTimeoutMs = 500;

/** The whole product on skipped time: its own database, the real API and worker, the simulated carrier. */
export async function startDryRun(options: DemoOptions, say: (line: string) => void) {
  const directory = await mkdtemp(join(tmpdir(), 'leadway-demo-'));
  const stops: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each().catch(() => {});
  };
  try {
    const [postgres, server] = await Promise.all([
      startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres'), durable: false }),
      startTimeSkippingServer(),
      build(),
    ]);
    stops.push(postgres.stop, server.stop);
    await migrateDatabase(postgres.url);
    const clock = await connectTestClock(server.address);
    stops.push(clock.close);
    const database = openDatabase({ url: postgres.url, poolSize: 20, clock });
    stops.push(database.close);
    const demo = await seedDemoOrganization(database);
    if (!demo) throw new Error('The dry run found somebody in its new database');
    await skipToMonday(server, clock);

    const [apiPort, healthPort] = [await freePort(), await freePort()];
    const publicUrl = `http://127.0.0.1:${apiPort}`;
    const pulse = await startPulse({ server, clock, settle: () => api.inbox.drain() });
    stops.push(pulse.stop);
    const simulator = createSimulator({
      ...account,
      seed: options.seed,
      clock,
      scheduler: pulse.scheduler,
      inboundWebhookUrl: `${publicUrl}/webhooks/twilio/sms`,
      faults: { names: options.carrierFaults, rate: defaultFaultRate },
      coalesceMs: 60_000,
      holdMs: 2 * carrierTimeoutMs,
    });
    const carrier = await serveSimulator(simulator, { port: 0 });
    stops.push(carrier.close);

    const env = {
      DATABASE_URL: postgres.url,
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_NAMESPACE: testNamespace,
      TEST_CLOCK_ADDRESS: server.address,
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_BASE_URL: carrier.url,
      TWILIO_TIMEOUT_MS: String(carrierTimeoutMs),
      PUBLIC_URL: publicUrl,
      PORT: String(apiPort),
      SESSION_SECRET: 'only-for-this-dry-run-and-nobody-signs-in',
      LOG_LEVEL: 'error',
      WORKER_HEALTH_PORT: String(healthPort),
      WORKFLOW_BUNDLE: paths.workflowBundle,
    };
    const temporal = new Client({ connection: server.connection, namespace: testNamespace });
    const api = await startApi(env, { database, temporal, logger: pino({ level: 'error' }) });
    stops.push(api.close);
    const proxy = options.killWorker ? await startUnbindingProxy(server.address) : null;
    if (proxy) stops.push(proxy.stop);
    const worker = createWorkerProcess({ ...env, TEMPORAL_ADDRESS: proxy?.address ?? server.address });
    stops.push(worker.stop);
    await worker.start();
    const kills = options.killWorker
      ? scheduleKills({
          worker,
          ledger: simulator.ledger,
          leads: linesOf(options.csv),
          say,
        })
      : null;
    if (kills) stops.push(kills.stop);
    say('database, time-skipping server, simulator, API and worker are running');

    return {
      database,
      clock,
      demo,
      ledger: simulator.ledger,
      /** A request of the demo organisation's API key. @throws Error with the problem's words. */
      async request<T>(method: string, path: string, body?: FormData | object): Promise<T> {
        const response = await fetch(`${publicUrl}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${demo.apiKey}`,
            ...(body && !(body instanceof FormData) ? { 'content-type': 'application/json' } : {}),
          },
          body: body instanceof FormData || body === undefined ? body : JSON.stringify(body),
        });
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
        return (await response.json()) as T;
      },
      /** Lets time pass until the given instant. */
      async passTime(untilMs: number) {
        await pulse.begin(untilMs);
        await server.letTimeRun();
        await pulse.ended;
        await api.inbox.drain();
        await kills?.stop();
      },
      /** What the faults did, for the report. */
      faultNotes: () => [
        ...(options.carrierFaults.length > 0
          ? [
              `Faults      ${simulator.ledger.requestFaults.length} requests met one; every one is in the ledger`,
            ]
          : []),
        ...(kills ? [`Worker      killed ${worker.kills()} times`] : []),
      ],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Two runs begin at the same hour of the week, whenever they are made, and so see the same calling hours. */
async function skipToMonday(
  server: Awaited<ReturnType<typeof startTimeSkippingServer>>,
  clock: { now(): Promise<Date> },
) {
  const now = await clock.now();
  const start = new Date(now);
  // 17:00 UTC: the working day has begun from the Atlantic to the Pacific.
  start.setUTCHours(17, 0, 0, 0);
  start.setUTCDate(start.getUTCDate() + ((8 - start.getUTCDay()) % 7 || 7));
  await server.skip(start.getTime() - now.getTime());
}

function linesOf(csv: Buffer): number {
  return csv.toString('latin1').split('\n').length;
}
