import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '#config/environment.ts';
import { usedPorts } from './config.ts';
import type { LauncherConfig } from './config.ts';

/** @throws ConfigError with a line for each port that another program has taken. */
export async function requireFreePorts(config: LauncherConfig): Promise<void> {
  const lines = await Promise.all(
    usedPorts(config).map(async ({ variable, port, use }) =>
      (await isPortFree(port, config.host))
        ? []
        : [`${variable}: another program has taken port ${port}; set ${variable} to a free one, for ${use}`],
    ),
  );
  if (lines.flat().length > 0) throw new ConfigError(lines.flat());
}

/** Whether a server could listen there now. Something that listens on this machine only counts too. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const hosts = host === '127.0.0.1' ? [host] : ['127.0.0.1', host];
  for (const each of hosts) if (!(await canListen(port, each))) return false;
  return true;
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A port that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
