import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Simulator } from './simulator.ts';

/**
 * Serves a simulator. Port 0 takes a free one. Rejects when the port is taken. `close` ends the simulator and every
 * connection.
 */
export async function serveSimulator(
  simulator: Simulator,
  at: { port: number; hostname?: string },
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const hostname = at.hostname ?? '127.0.0.1';
  const server = createAdaptorServer({ fetch: simulator.app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, hostname, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${hostname}:${port}`,
    port,
    async close() {
      simulator.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}
