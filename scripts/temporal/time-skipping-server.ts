import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection.js';
import type { InternalConnectionOptions } from '@temporalio/client/lib/connection.js';
import { freePort } from '#scripts/launcher/ports.ts';
import { temporalTestServerPath } from '#scripts/tools.ts';
import { searchAttributeNames } from '#domain/search-attributes.ts';

/** The one namespace that the test server has. */
export const testNamespace = 'default';

/** Temporal's `INDEXED_VALUE_TYPE_KEYWORD`. */
const keywordType = 2;

/** Starts Temporal's time-skipping test server with our search attributes; its time stands still until told to run. */
export async function startTimeSkippingServer() {
  const port = await freePort();
  const child = spawn(temporalTestServerPath(), [String(port), '--enable-time-skipping'], {
    stdio: 'ignore',
    detached: true,
  });
  const address = `127.0.0.1:${port}`;
  const connection = await connect(address);
  const { testService } = connection;
  if (!testService) throw new Error('The test server offers no test service');
  // With the flag above it starts with its time running.
  await testService.lockTimeSkipping({});
  await connection.operatorService.addSearchAttributes({
    namespace: testNamespace,
    searchAttributes: Object.fromEntries(searchAttributeNames.map((name) => [name, keywordType])),
  });
  return {
    address,
    connection,
    letTimeRun: () => testService.unlockTimeSkipping({}),
    holdTime: () => testService.lockTimeSkipping({}),
    async skip(ms: number) {
      await testService.unlockTimeSkippingWithSleep({
        duration: { seconds: Math.round(ms / 1_000) } as never,
      });
    },
    async stop() {
      await connection.close();
      // The executable may be a script around the server: end its whole group.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    },
  };
}

async function connect(address: string): Promise<Connection> {
  const internal: InternalConnectionOptions = {
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await Connection.connect({ address, connectTimeout: '1 second', ...internal });
    } catch (error) {
      if (attempt >= 60) throw error;
      await sleep(250);
    }
  }
}
