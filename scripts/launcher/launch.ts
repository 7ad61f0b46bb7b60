import { mkdirSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import { ConfigError } from '#config/environment.ts';
import { stopLeftoverPostgres } from '#db/embedded-postgres.ts';
import { migrateDatabase } from '#db/migrate.ts';
import type { DemoOrganization } from '#db/seed.ts';
import { readTemporalSettings } from '../temporal/dev-server.ts';
import { setUpTemporal } from '../temporal/setup.ts';
import { build } from './build.ts';
import type { LauncherConfig } from './config.ts';
import { provideDatabase } from './database.ts';
import type { LaunchedDatabase } from './database.ts';
import { provideDemo } from './demo.ts';
import { claimInstance } from './instance.ts';
import type { ManagedProcess, ProcessSpec } from './managed-process.ts';
import { paths } from './paths.ts';
import { requireFreePorts } from './ports.ts';
import { readSecrets } from './secrets.ts';
import { serviceEnvironment, serviceSpec } from './services.ts';
import type { ServiceName } from './services.ts';
import { supervise } from './supervisor.ts';
import type { Supervised } from './supervisor.ts';
import { temporalSpec } from './temporal.ts';

export type LaunchOptions = {
  say: (line: string) => void;
  /** Ends a launch that is still under way. */
  signal: AbortSignal;
  /** Watch mode: the web application is served from its sources, and the worker bundles workflows itself. */
  fromSources: boolean;
};

export type Launched = {
  demo: DemoOrganization | null;
  services: ReadonlyMap<ServiceName, Supervised>;
  /** Resolves with the reason when something has ended for good that the rest needs. */
  failed: Promise<string>;
  /** Ends everything in the right order; nothing is left running. */
  stop: () => Promise<void>;
};

const restarts = 3;

/**
 * Starts everything that is not configured to run elsewhere, and waits until all of it is ready.
 * @throws ConfigError, or Error with one clear line; whatever had been started is ended again.
 */
export async function launch(
  config: LauncherConfig,
  { say, signal, fromSources }: LaunchOptions,
): Promise<Launched> {
  mkdirSync(config.data.root, { recursive: true });
  const instance = await claimInstance(say, config.data.run);
  const stops = new Map<string, () => Promise<void>>();
  const supervised: Supervised[] = [];
  const stop = async () => {
    // Nobody is answered any more; then the work in hand is finished; then what it stood on.
    for (const layer of [['api'], ['worker'], ['simulator', 'temporal'], ['postgres']]) {
      await Promise.all(layer.map(async (name) => stops.get(name)?.()));
    }
    instance.release();
  };
  const start = async (spec: ProcessSpec, times: number) => {
    const onStart = ({ pid }: ManagedProcess) => instance.record(spec.name, pid);
    const service = supervise(spec, { restarts: times, say, signal, onStart });
    stops.set(spec.name, service.stop);
    supervised.push(service);
    await timed(spec.name, () => service.ready);
    return service;
  };
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work();
    say(`${what} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    return result;
  };

  async function provideTemporal(): Promise<void> {
    if (!config.temporal) await start(temporalSpec(config, config.data.temporal), 0);
    await prepareTemporal(config, say);
  }
  async function prepareDatabase(): Promise<{ database: LaunchedDatabase; demo: DemoOrganization | null }> {
    const database = await timed(config.database ? 'database answers' : 'postgres', () =>
      provideDatabase(config),
    );
    stops.set('postgres', database.stop);
    await timed('migrations', () => migrateDatabase(database.ownerUrl));
    return { database, demo: await provideDemo(database.url, say, config.data.demo) };
  }

  try {
    if (!config.database && (await stopLeftoverPostgres(config.data.postgres)))
      say('ended a Postgres left running');
    await requireFreePorts(config);
    const [, , prepared] = await allOrFirstError([
      fromSources ? Promise.resolve() : timed('build', build),
      provideTemporal(),
      prepareDatabase(),
    ]);
    const env = {
      ...serviceEnvironment(config, {
        databaseUrl: prepared.database.url,
        secrets: readSecrets(config.data.secrets),
      }),
      ...(fromSources ? { NODE_ENV: 'development' } : { WORKFLOW_BUNDLE: paths.workflowBundle }),
    };
    const names: ServiceName[] = config.carrier ? ['api', 'worker'] : ['simulator', 'api', 'worker'];
    const services = await allOrFirstError(
      names.map(async (name) => [name, await start(serviceSpec(name, config, env), restarts)] as const),
    );
    return {
      demo: prepared.demo,
      services: new Map(services),
      failed: Promise.race(supervised.map((service) => service.failed)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @throws ConfigError naming the variable of a Temporal that does not answer. */
async function prepareTemporal(config: LauncherConfig, say: (line: string) => void): Promise<void> {
  const options = config.temporal?.connectionOptions ?? {
    address: `127.0.0.1:${config.ports.TEMPORAL_PORT}`,
  };
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...options, connectTimeout: 5_000 });
  } catch (error) {
    throw new ConfigError([
      `TEMPORAL_ADDRESS: Temporal at ${options.address} does not answer (${(error as Error).message})`,
    ]);
  }
  try {
    const settings = { ...readTemporalSettings(), namespace: config.temporalNamespace };
    for (const change of await setUpTemporal(connection, settings)) say(`temporal: ${change}`);
  } finally {
    await connection.close();
  }
}

/** Like Promise.all, but settles only when all have: what is still starting must be known to be ended. */
async function allOrFirstError<T extends readonly unknown[] | []>(work: T) {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return Promise.all(work);
}
