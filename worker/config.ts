import { z } from 'zod';
import { readEnvironment } from '#config/environment.ts';
import type { Environment } from '#config/environment.ts';
import { loadTemporalConfig, temporalVariables } from '#config/temporal.ts';
import {
  cacheSize,
  carrierVariables,
  databaseVariables,
  port,
  positiveInteger,
  processVariables,
  testClockVariables,
} from '#config/variables.ts';

export const workerVariables = {
  ...processVariables,
  ...databaseVariables,
  ...carrierVariables,
  ...testClockVariables,
  ...temporalVariables,
  WORKER_HEALTH_PORT: port.default(3010),
  WORKER_CONCURRENCY: positiveInteger.default(100),
  WORKER_CACHED_WORKFLOWS: cacheSize.default(2_000),
  WORKFLOW_BUNDLE: z.string().optional(),
};

export type WorkerConfig = ReturnType<typeof loadWorkerConfig>;

/** @throws ConfigError naming every variable that is missing or wrong. */
export function loadWorkerConfig(env: Environment) {
  const variables = readEnvironment(workerVariables, env);
  return {
    logLevel: variables.LOG_LEVEL,
    database: { url: variables.DATABASE_URL, poolSize: variables.DATABASE_POOL_SIZE },
    temporal: loadTemporalConfig(env),
    carrier: {
      accountSid: variables.TWILIO_ACCOUNT_SID,
      authToken: variables.TWILIO_AUTH_TOKEN,
      /** Absent means the carrier's own address. */
      baseUrl: variables.TWILIO_BASE_URL,
      timeoutMs: variables.TWILIO_TIMEOUT_MS,
    },
    /** Where the carrier's callbacks go, without a slash at the end. */
    publicUrl: variables.PUBLIC_URL,
    health: { host: variables.HOST, port: variables.WORKER_HEALTH_PORT },
    /** How many activities run at once. */
    concurrency: variables.WORKER_CONCURRENCY,
    /** How many journeys are kept in memory between two events; others are replayed from their history. */
    cachedWorkflows: variables.WORKER_CACHED_WORKFLOWS,
    /** A file made by `npm run build`; without it the worker bundles the workflows itself. */
    workflowBundlePath: variables.WORKFLOW_BUNDLE,
    /** Set on dry runs only: business time is that server's. */
    testClockAddress: variables.TEST_CLOCK_ADDRESS,
  };
}
