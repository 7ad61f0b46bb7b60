import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import type { Environment } from '#config/environment.ts';
import { openDatabase } from '#db/database.ts';
import { connectTestClock } from '#providers/test-clock.ts';
import { composeApi } from './compose.ts';
import type { Api } from './compose.ts';
import { loadApiConfig } from './config.ts';
import type { ApiConfig } from './config.ts';
import type { Connections } from './context.ts';

/** Requests in hand get this long to finish when the process is told to stop. */
const finishRequestsMs = 800;

/**
 * Idle connections are kept longer than the minute after which load balancers and clients give them up: whichever side
 * closes first, a request that is on its way just then is lost, and only the asking side knows that it may ask again.
 */
const keepAliveMs = 65_000;

export type RunningApi = {
  url: string;
  inbox: Api['inbox'];
  /** Takes no further requests, finishes those in hand and what the inbox holds, and closes what it opened. */
  close(): Promise<void>;
};

/**
 * Composes and serves the API. Connections that are given are used and left open; the others are opened here.
 * @throws ConfigError, or the error of a port that is taken
 */
export async function startApi(env: Environment, given: Partial<Connections> = {}): Promise<RunningApi> {
  const config = loadApiConfig(env);
  const { connections, closeConnections } = await connect(config, given);
  const api = composeApi(config, connections);
  const server = createAdaptorServer({ fetch: api.app.fetch }) as Server;
  server.keepAliveTimeout = keepAliveMs;
  try {
    await listen(server, config);
  } catch (error) {
    await api.stop();
    await closeConnections();
    throw error;
  }
  api.start();
  const { port } = server.address() as AddressInfo;
  connections.logger.info({ host: config.host, port }, 'API listening');
  return {
    url: `http://${config.host}:${port}`,
    inbox: api.inbox,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      // Streams end by themselves once the change stream closes; idle connections have nothing to finish.
      await api.changes.close();
      server.closeIdleConnections();
      const giveUp = setTimeout(() => server.closeAllConnections(), finishRequestsMs);
      await closed;
      clearTimeout(giveUp);
      await api.stop();
      await closeConnections();
    },
  };
}

/** Neither database nor Temporal has to be up: `/readyz` tells, and requests that need them are told to come back. */
async function connect(config: ApiConfig, given: Partial<Connections>) {
  const closers: (() => Promise<unknown>)[] = [];
  const opened = <T>(connection: T, close: () => Promise<unknown>): T => {
    closers.push(close);
    return connection;
  };
  const clock =
    given.database || !config.testClockAddress ? null : await connectTestClock(config.testClockAddress);
  if (clock) closers.push(() => clock.close());
  const openOwnDatabase = () => {
    const database = openDatabase({ ...config.database, clock });
    return opened(database, () => database.close());
  };
  const openTemporal = () => {
    const connection = Connection.lazy(config.temporal.connectionOptions);
    return opened(new Client({ connection, namespace: config.temporal.namespace }), () => connection.close());
  };
  const connections: Connections = {
    logger: given.logger ?? pino({ level: config.logLevel, base: { process: 'api' } }),
    database: given.database ?? openOwnDatabase(),
    temporal: given.temporal ?? openTemporal(),
  };
  return {
    connections,
    closeConnections: async () => {
      for (const close of closers.reverse()) await close();
    },
  };
}

function listen(server: Server, { host, port }: ApiConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`PORT: ${port} is taken by another process`) : error);
    });
    server.listen(port, host, resolve);
  });
}
