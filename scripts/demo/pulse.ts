import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Clock } from '#domain/clock.ts';
import type { startTimeSkippingServer } from '#scripts/temporal/time-skipping-server.ts';
import { testNamespace } from '#scripts/temporal/time-skipping-server.ts';
import { createVirtualScheduler } from './virtual-scheduler.ts';

const taskQueue = 'dry-run-pulse';
const workflowId = 'dry-run-pulse';

/** The dry run's clockwork: a scheduler for the simulator, and the pulse workflow that drives it on skipped time. */
export async function startPulse(options: {
  server: Awaited<ReturnType<typeof startTimeSkippingServer>>;
  clock: Clock;
  settle: () => Promise<void>;
}) {
  const { server, clock, settle } = options;
  const client = new Client({ connection: server.connection, namespace: testNamespace });
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begun = false;
  const scheduler = createVirtualScheduler({
    clock,
    settle,
    async tellPulse(dueMs) {
      if (begun) await client.workflow.getHandle(workflowId).signal('sooner', dueMs);
    },
    async onEnd() {
      await server.holdTime();
      end();
    },
  });
  // The SDK would answer signals by itself and leave the rest of the dry run standing.
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const connection = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection,
    namespace: testNamespace,
    taskQueue,
    workflowsPath: fileURLToPath(new URL('./pulse-workflow.ts', import.meta.url)),
    activities: scheduler.activities,
  });
  const running = worker.run();

  return {
    scheduler,
    /** Begins to keep appointments, the ones made meanwhile included; resolves `ended` at the given instant. */
    async begin(endMs: number) {
      begun = true;
      const nowMs = (await clock.now()).getTime();
      await client.workflow.start('pulse', { workflowId, taskQueue, args: [{ nextMs: nowMs, endMs }] });
    },
    ended,
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}
