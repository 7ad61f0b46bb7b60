import { dirname, join } from 'node:path';
import { Connection } from '@temporalio/client';
import { temporalCliPath } from '../tools.ts';
import { localServerArguments, readTemporalSettings } from '../temporal/dev-server.ts';
import type { LauncherConfig } from './config.ts';
import type { ProcessSpec } from './managed-process.ts';

/** Temporal's development server with the flags of `temporal-dev.yml`, on a file database; its log is beside that. */
export function temporalSpec(
  config: { ports: Pick<LauncherConfig['ports'], 'TEMPORAL_PORT' | 'TEMPORAL_UI_PORT'> },
  databaseFile: string,
): ProcessSpec {
  const { TEMPORAL_PORT: port, TEMPORAL_UI_PORT: uiPort } = config.ports;
  const folder = dirname(databaseFile);
  const args = localServerArguments(readTemporalSettings(), { port, uiPort, databaseFile });
  return {
    name: 'temporal',
    command: temporalCliPath(),
    // Nobody's personal settings of the command line must reach our server: neither by environment nor by home.
    args: [...args, '--disable-config-file', '--disable-config-env'],
    env: { HOME: folder },
    cwd: folder,
    logFolder: join(folder, 'logs'),
    isReady: () => servesTemporal(`127.0.0.1:${port}`),
    readyTimeoutMs: 60_000,
    graceMs: 2_000,
  };
}

/** Whether the server there takes part in Temporal's conversation already. */
async function servesTemporal(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}
