import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { killGroup, startProcess, waitUntilReady } from '#scripts/launcher/managed-process.ts';
import type { ManagedProcess } from '#scripts/launcher/managed-process.ts';
import { freePort } from '#scripts/launcher/ports.ts';
import { temporalSpec } from '#scripts/launcher/temporal.ts';
import { readTemporalSettings } from '#scripts/temporal/dev-server.ts';
import type { Place } from '../place.ts';

export type FragileTemporal = {
  address: string;
  namespace: string;
  client: Client;
  /** kill -9. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same file and port, and waits until it answers. */
  restart(): Promise<void>;
};

/** Temporal's development server as `npm start` runs it, on a file of its own. */
export async function startFragileTemporal(place: Place): Promise<FragileTemporal> {
  const ports = { TEMPORAL_PORT: await freePort(), TEMPORAL_UI_PORT: await freePort() };
  const spec = {
    ...temporalSpec({ ports }, join(place.folder, 'temporal.db')),
    cwd: place.folder,
    logFolder: place.folder,
  };
  let server: ManagedProcess = await place.begin(
    () => startProcess(spec),
    // Whichever of them runs at the end.
    () => server.stop(),
  );
  await waitUntilReady(server);
  const address = `127.0.0.1:${ports.TEMPORAL_PORT}`;
  const { namespace } = readTemporalSettings();
  const connection = await place.begin(
    () => Connection.connect({ address }),
    (begun) => begun.close(),
  );
  return {
    address,
    namespace,
    client: new Client({ connection, namespace }),
    async kill() {
      killGroup(server.pid);
      await server.ended;
    },
    async restart() {
      server = await startProcess(spec);
      await waitUntilReady(server);
    },
  };
}
