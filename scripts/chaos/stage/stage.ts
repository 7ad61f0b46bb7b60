import pg from 'pg';
import pino from 'pino';
import { loadApiConfig } from '#api/config.ts';
import { startApi } from '#api/serve.ts';
import { openDatabase } from '#db/database.ts';
import { systemClock } from '#domain/clock.ts';
import { freePort } from '#scripts/launcher/ports.ts';
import type { FaultSettings } from '#simulator/faults.ts';
import type { PersonaKind } from '#simulator/persona.ts';
import { createRealTimeScheduler } from '#simulator/real-time-scheduler.ts';
import { serveSimulator } from '#simulator/serve.ts';
import { createSimulator } from '#simulator/simulator.ts';
import type { Place } from '../place.ts';
import { putFrontBefore, served } from './carrier-front.ts';
import type { Conduct, TouchRequest } from './carrier-front.ts';
import { startFragilePostgres } from './postgres.ts';
import { startFragileTemporal } from './temporal.ts';
import { createWorkerYard } from './workers.ts';

export const account = { accountSid: `AC${'0'.repeat(31)}1`, authToken: 'token-of-the-attack' };

export type StageOptions = {
  seed: number;
  /** Everybody alike: what an attack counts must follow from the product alone. */
  persona: PersonaKind;
  /** Postgres shall crash in this attack. */
  durable?: boolean;
  apiPoolSize?: number;
  callbackFaults?: FaultSettings;
  /** Request by request; all are served when absent. */
  meet?: (request: TouchRequest) => Conduct | Promise<Conduct>;
  carrierTimeoutMs?: number;
  settleMs?: number;
  /** Touches at once, of each worker. */
  workerConcurrency?: number;
};

export type Stage = Awaited<ReturnType<typeof setStage>>;

/**
 * The whole product in real time, in parts that can be broken: Postgres, Temporal's development server, the API over
 * HTTP, workers as processes, and the simulated carrier behind a line that can be bad. People react within seconds.
 */
export async function setStage(place: Place, options: StageOptions) {
  const { carrierTimeoutMs = 2_000, settleMs = 5_000 } = options;
  const [postgres, temporal, apiPort] = await Promise.all([
    startFragilePostgres(place, { durable: options.durable ?? false }),
    startFragileTemporal(place),
    freePort(),
  ]);
  const open = (settings: Parameters<typeof openDatabase>[0]) =>
    place.begin(
      async () => openDatabase(settings),
      (begun) => begun.close(),
    );
  /** To prepare with; the API has a pool of its own. */
  const database = await open({ url: postgres.url, poolSize: 5 });
  const owner = await place.begin(
    async () => new pg.Pool({ connectionString: postgres.url, max: 3 }),
    (begun) => begun.end(),
  );
  owner.on('error', () => {});

  const publicUrl = `http://127.0.0.1:${apiPort}`;
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const scheduler = await place.begin(
    async () => createRealTimeScheduler(quiet),
    (begun) => begun.close(),
  );
  const simulator = createSimulator({
    ...account,
    seed: options.seed,
    clock: systemClock,
    scheduler,
    inboundWebhookUrl: `${publicUrl}/webhooks/twilio/sms`,
    faults: options.callbackFaults,
    persona: () => options.persona,
    speed: 200,
  });
  const front = putFrontBefore(simulator, {
    meet: options.meet ?? (() => served),
    silentMs: 2 * carrierTimeoutMs,
  });
  const carrier = await place.begin(
    () => serveSimulator(front, { port: 0 }),
    (begun) => begun.close(),
  );
  const taskQueue = 'leadway';
  const environment = {
    DATABASE_URL: postgres.url,
    DATABASE_POOL_SIZE: String(options.apiPoolSize ?? 10),
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    TEMPORAL_TASK_QUEUE: taskQueue,
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    PUBLIC_URL: publicUrl,
    PORT: String(apiPort),
    SESSION_SECRET: 'only-for-this-attack-and-nobody-signs-in',
  };
  const apiDatabase = await open(loadApiConfig(environment).database);
  const api = await place.begin(
    () =>
      startApi(environment, {
        database: apiDatabase,
        temporal: temporal.client,
        logger: pino({ level: 'silent' }),
      }),
    (begun) => begun.close(),
  );
  const workers = await createWorkerYard(place, {
    databaseUrl: postgres.url,
    temporalAddress: temporal.address,
    namespace: temporal.namespace,
    taskQueue,
    carrier: { ...account, baseUrl: carrier.url, timeoutMs: carrierTimeoutMs },
    publicUrl,
    settleMs,
    concurrency: options.workerConcurrency ?? 100,
  });
  return {
    postgres,
    temporal,
    taskQueue,
    database,
    apiDatabase,
    workers,
    inbox: api.inbox,
    ledger: simulator.ledger,
    url: publicUrl,
    /** One statement as the owner of everything, who sees all organisations. */
    async asOwner<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
      return (await owner.query<Row>(text, values)).rows;
    },
  };
}
