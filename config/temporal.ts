import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import { ConfigError, readEnvironment, withoutEmpty } from './environment.ts';
import type { Environment } from './environment.ts';

export type TemporalConfig = {
  /** For `Connection.connect` and `NativeConnection.connect` alike. */
  connectionOptions: ClientConnectConfig['connectionOptions'];
  namespace: string;
  taskQueue: string;
};

/** The names are those of every Temporal SDK and of the command line, so one setting serves all. */
export const temporalVariables = {
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, 'must be host:port, like localhost:7233')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('leadway'),
  TEMPORAL_TASK_QUEUE: z.string().default('leadway'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: z.enum(['true', 'false', '1', '0'], 'must be true or false').optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_CERT_DATA: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_DATA: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: z.string().optional(),
  TEMPORAL_TLS_SERVER_NAME: z.string().optional(),
  TEMPORAL_CONFIG_FILE: z.string().optional(),
  TEMPORAL_PROFILE: z.string().optional(),
};

const defaultAddress = '127.0.0.1:7233';

/**
 * How to reach Temporal, by @temporalio/envconfig. A configuration file is read only when the environment names it (or
 * a profile of it): somebody's personal `temporal.toml` must not send a local run to a production cluster.
 * @throws ConfigError
 */
export function loadTemporalConfig(env: Environment): TemporalConfig {
  const variables = readEnvironment(temporalVariables, env);
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({
      overrideEnvVars: withoutEmpty(env),
      disableFile: !usesConfigFile(env),
    });
    return {
      connectionOptions: { ...connectionOptions, address: connectionOptions.address ?? defaultAddress },
      namespace: namespace ?? variables.TEMPORAL_NAMESPACE,
      taskQueue: variables.TEMPORAL_TASK_QUEUE,
    };
  } catch (error) {
    throw new ConfigError([`TEMPORAL_*: ${(error as Error).message}`]);
  }
}

/** Whether the environment names a Temporal that runs elsewhere, so that none is to be started here. */
export function namesTemporal(env: Environment): boolean {
  return !!env.TEMPORAL_ADDRESS?.trim() || usesConfigFile(env);
}

function usesConfigFile(env: Environment): boolean {
  return !!(env.TEMPORAL_CONFIG_FILE?.trim() || env.TEMPORAL_PROFILE?.trim());
}
