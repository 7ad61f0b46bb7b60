import { join } from 'node:path';
import type { LauncherConfig } from './config.ts';
import type { ProcessSpec } from './managed-process.ts';
import { projectRoot } from './paths.ts';
import { answersHttp } from './readiness.ts';
import type { Secrets } from './secrets.ts';

/** Of the account that the simulator plays; no real account has such a number. */
const simulatedAccountSid = `AC${'0'.repeat(31)}1`;

const readyTimeoutMs = 60_000;

export type ServiceName = 'api' | 'worker' | 'simulator';

/** What each of our own processes is told, whoever chose it: the environment, the launcher or a default. */
export function serviceEnvironment(
  config: LauncherConfig,
  given: { databaseUrl: string; secrets: Secrets },
): Record<string, string> {
  const { ports } = config;
  const { accountSid, authToken } = config.carrier ?? {
    accountSid: simulatedAccountSid,
    authToken: given.secrets.carrierAuthToken,
  };
  return {
    NODE_ENV: 'production',
    // People answer within seconds, so that a newcomer sees something happen.
    SIMULATOR_SPEED: '60',
    ...config.environment,
    HOST: config.host,
    PORT: String(ports.PORT),
    PUBLIC_URL: config.publicUrl,
    DATABASE_URL: given.databaseUrl,
    ...(config.temporal ? {} : { TEMPORAL_ADDRESS: `127.0.0.1:${ports.TEMPORAL_PORT}` }),
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    ...(config.temporalWebUrl ? { TEMPORAL_WEB_URL: config.temporalWebUrl } : {}),
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    ...(config.carrier ? {} : { TWILIO_BASE_URL: `http://127.0.0.1:${ports.SIMULATOR_PORT}` }),
    SESSION_SECRET: config.sessionSecret ?? given.secrets.sessionSecret,
    WORKER_HEALTH_PORT: String(ports.WORKER_HEALTH_PORT),
    SIMULATOR_PORT: String(ports.SIMULATOR_PORT),
    // Where the simulated carrier delivers what people text back.
    SIMULATOR_INBOUND_WEBHOOK_URL: `${config.publicUrl}/webhooks/twilio/sms`,
  };
}

/** How each of our own processes is started and when it is ready. */
export function serviceSpec(
  name: ServiceName,
  config: LauncherConfig,
  env: Record<string, string>,
): ProcessSpec {
  const { ports } = config;
  const localHost = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const readyUrl = {
    api: `http://${localHost}:${ports.PORT}/readyz`,
    worker: `http://${localHost}:${ports.WORKER_HEALTH_PORT}/readyz`,
    simulator: `http://127.0.0.1:${ports.SIMULATOR_PORT}/_simulator/summary`,
  }[name];
  return {
    name,
    command: process.execPath,
    args: ['--import', 'tsx', join(name, 'main.ts')],
    env,
    cwd: projectRoot,
    logFolder: config.data.logs,
    isReady: () => answersHttp(readyUrl),
    readyTimeoutMs,
    graceMs: graceMs[name],
  };
}

/** Together with Temporal's and Postgres's below ten seconds. A worker that has more in hand is safe to kill. */
const graceMs: Record<ServiceName, number> = { api: 1_500, worker: 5_000, simulator: 1_000 };
