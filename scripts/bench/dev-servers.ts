import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { startProcess, waitUntilReady } from '#scripts/launcher/managed-process.ts';
import { freePort } from '#scripts/launcher/ports.ts';
import { temporalSpec } from '#scripts/launcher/temporal.ts';
import { readTemporalSettings } from '#scripts/temporal/dev-server.ts';
import type { BenchHome } from './home.ts';

/** `tuned` runs with the flags of `temporal-dev.yml`, `stock` with those that the program has by itself. */
export type DevServerKind = 'stock' | 'tuned';

export type DevServer = { kind: DevServerKind; address: string; namespace: string; client: Client };

/**
 * Starts a development server of its own, on a new database. Both kinds keep their data in a file (what is to survive
 * a restart cannot stay in memory) and know our namespace and search attributes, so that they do the same work.
 */
export async function startDevServer(home: BenchHome, kind: DevServerKind): Promise<DevServer> {
  const [port, uiPort] = [await freePort(), await freePort()];
  const name = `temporal-${kind}-${port}`;
  const ports = { TEMPORAL_PORT: port, TEMPORAL_UI_PORT: uiPort };
  const tuned = temporalSpec({ ports }, join(home.folder, `${name}.db`));
  const spec = {
    ...tuned,
    name,
    args: kind === 'tuned' ? tuned.args : stockArguments(tuned.args),
    env: { HOME: home.folder },
    cwd: home.folder,
    logFolder: home.folder,
  };
  const running = await home.begin(
    () => startProcess(spec),
    ({ stop }) => stop(),
  );
  await waitUntilReady(running);
  const address = `127.0.0.1:${port}`;
  const { namespace } = readTemporalSettings();
  const connection = await home.begin(
    () => Connection.connect({ address }),
    (begun) => begun.close(),
  );
  return { kind, address, namespace, client: new Client({ connection, namespace }) };
}

const tuningFlags = ['--dynamic-config-value', '--sqlite-pragma'];

/** The arguments of the same server without those that make ours fast. */
export function stockArguments(tuned: string[]): string[] {
  return tuned.filter(
    (argument, index) => !tuningFlags.includes(argument) && !tuningFlags.includes(tuned[index - 1] ?? ''),
  );
}
