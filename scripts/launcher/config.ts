import { z } from 'zod';
import { ConfigError, readEnvironment, withoutEmpty } from '#config/environment.ts';
import type { Environment } from '#config/environment.ts';
import { loadTemporalConfig, namesTemporal, temporalVariables } from '#config/temporal.ts';
import type { TemporalConfig } from '#config/temporal.ts';
import {
  carrierVariables,
  databaseVariables,
  httpUrl,
  port,
  postgresUrl,
  processVariables,
} from '#config/variables.ts';
import { dataPaths } from './paths.ts';
import type { DataPaths } from './paths.ts';

/** Read by the launcher; most are passed on to the processes, which check them again for themselves. */
export const launcherVariables = {
  ...processVariables,
  LEADWAY_DATA: z.string().default('.leadway'),
  PORT: port.default(3000),
  PUBLIC_URL: httpUrl.optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: databaseVariables.DATABASE_POOL_SIZE,
  POSTGRES_PORT: port.default(54_329),
  ...temporalVariables,
  TEMPORAL_PORT: port.default(7233),
  TEMPORAL_UI_PORT: port.default(8233),
  TEMPORAL_WEB_URL: httpUrl.optional(),
  WORKER_HEALTH_PORT: port.default(3010),
  SIMULATOR_PORT: port.default(3020),
  TWILIO_ACCOUNT_SID: carrierVariables.TWILIO_ACCOUNT_SID.optional(),
  TWILIO_AUTH_TOKEN: carrierVariables.TWILIO_AUTH_TOKEN.optional(),
  TWILIO_BASE_URL: carrierVariables.TWILIO_BASE_URL,
  TWILIO_TIMEOUT_MS: carrierVariables.TWILIO_TIMEOUT_MS,
  SESSION_SECRET: z.string().min(32, 'must be at least 32 random characters').optional(),
};

/** Read by `npm run db:migrate`. */
export const migrationVariables = {
  DATABASE_URL: postgresUrl,
  DATABASE_OWNER_URL: postgresUrl.optional(),
  SEED_DEMO: z.enum(['true', 'false'], 'must be true or false').default('false'),
};

export type PortVariable = keyof typeof portUses;

const portUses = {
  PORT: 'the API and the web application',
  WORKER_HEALTH_PORT: "the worker's health",
  SIMULATOR_PORT: 'the carrier simulator',
  POSTGRES_PORT: 'the embedded Postgres',
  TEMPORAL_PORT: 'Temporal',
  TEMPORAL_UI_PORT: 'Temporal Web',
} as const;

export type LauncherConfig = {
  data: DataPaths;
  host: string;
  ports: Record<PortVariable, number>;
  publicUrl: string;
  /** null: start the embedded one. */
  database: { url: string; ownerUrl: string } | null;
  /** null: start the development server. */
  temporal: TemporalConfig | null;
  temporalNamespace: string;
  /** Absent when the cluster is elsewhere and nobody said where its web pages are. */
  temporalWebUrl: string | undefined;
  /** null: start the simulator. */
  carrier: { accountSid: string; authToken: string } | null;
  sessionSecret: string | undefined;
  /** What was set, for the processes. */
  environment: Record<string, string>;
};

/**
 * Decides from the environment what is started here and what is used elsewhere.
 * @throws ConfigError naming every variable that is wrong or contradicts another.
 */
export function loadLauncherConfig(env: Environment): LauncherConfig {
  const variables = readEnvironment(launcherVariables, env);
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, DATABASE_URL: url } = variables;
  const temporal = namesTemporal(env) ? loadTemporalConfig(env) : null;
  const config: LauncherConfig = {
    data: dataPaths(variables.LEADWAY_DATA),
    host: variables.HOST,
    ports: {
      PORT: variables.PORT,
      WORKER_HEALTH_PORT: variables.WORKER_HEALTH_PORT,
      SIMULATOR_PORT: variables.SIMULATOR_PORT,
      POSTGRES_PORT: variables.POSTGRES_PORT,
      TEMPORAL_PORT: variables.TEMPORAL_PORT,
      TEMPORAL_UI_PORT: variables.TEMPORAL_UI_PORT,
    },
    publicUrl: variables.PUBLIC_URL ?? `http://localhost:${variables.PORT}`,
    database: url === undefined ? null : { url, ownerUrl: variables.DATABASE_OWNER_URL ?? url },
    temporal,
    temporalNamespace: temporal?.namespace ?? variables.TEMPORAL_NAMESPACE,
    temporalWebUrl:
      variables.TEMPORAL_WEB_URL ?? (temporal ? undefined : `http://localhost:${variables.TEMPORAL_UI_PORT}`),
    carrier: accountSid && authToken ? { accountSid, authToken } : null,
    sessionSecret: variables.SESSION_SECRET,
    environment: withoutEmpty(env),
  };
  const contradictions = [
    ...(accountSid && !authToken
      ? ['TWILIO_AUTH_TOKEN is not set, and TWILIO_ACCOUNT_SID is: set both or neither']
      : []),
    ...(authToken && !accountSid
      ? ['TWILIO_ACCOUNT_SID is not set, and TWILIO_AUTH_TOKEN is: set both or neither']
      : []),
    ...(variables.DATABASE_OWNER_URL && !url
      ? ['DATABASE_URL is not set, and DATABASE_OWNER_URL is: set both']
      : []),
    ...(config.carrier && !variables.PUBLIC_URL
      ? ['PUBLIC_URL is not set: the carrier must be told an address where it reaches this machine']
      : []),
    ...(temporal && variables.TEMPORAL_NAMESPACE === 'leadway' && isCloud(temporal)
      ? ['TEMPORAL_NAMESPACE is not set: Temporal Cloud needs namespace.account']
      : []),
    ...sharedPorts(config),
  ];
  if (contradictions.length > 0) throw new ConfigError(contradictions);
  return config;
}

/** The ports that something is started on here, with the variable to change each. */
export function usedPorts(config: LauncherConfig): { variable: PortVariable; port: number; use: string }[] {
  const unused = new Set<PortVariable>([
    ...(config.database ? (['POSTGRES_PORT'] as const) : []),
    ...(config.temporal ? (['TEMPORAL_PORT', 'TEMPORAL_UI_PORT'] as const) : []),
    ...(config.carrier ? (['SIMULATOR_PORT'] as const) : []),
  ]);
  const variables = Object.keys(portUses) as PortVariable[];
  return variables
    .filter((variable) => !unused.has(variable))
    .map((variable) => ({ variable, port: config.ports[variable], use: portUses[variable] }));
}

function sharedPorts(config: LauncherConfig): string[] {
  const seen = new Map<number, PortVariable>();
  const lines: string[] = [];
  for (const { variable, port: number } of usedPorts(config)) {
    const other = seen.get(number);
    if (other) lines.push(`${variable}: ${number} is also ${other}: give each its own port`);
    seen.set(number, variable);
  }
  return lines;
}

const isCloud = ({ connectionOptions }: TemporalConfig) =>
  /\.tmprl\.cloud:|\.temporal\.io:/.test(connectionOptions.address ?? '');
