import { fileURLToPath } from 'node:url';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  bundleWorkflowCode,
  makeTelemetryFilterString,
} from '@temporalio/worker';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { BenchHome } from './home.ts';

let bundled: Promise<WorkflowBundleWithSourceMap> | undefined;

/** The product's workflows and their peers, bundled once a run. */
function bundle(): Promise<WorkflowBundleWithSourceMap> {
  bundled ??= bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  return bundled;
}

/** Must come before the first worker: the bench listens for Ctrl-C itself, and ends its workers in its own order. */
export function installRuntime(): void {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter } },
  });
}

/** Runs a worker in this process, with the concurrency of the product's own, until the home ends it. */
export async function startWorker(
  home: BenchHome,
  options: { address: string; namespace: string; taskQueue: string; activities: object },
): Promise<void> {
  const { address, ...rest } = options;
  const workflowBundle = await bundle();
  const connection = await home.begin(
    () => NativeConnection.connect({ address }),
    (begun) => begun.close(),
  );
  const worker = await Worker.create({
    ...rest,
    connection,
    workflowBundle,
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentLocalActivityExecutions: 100,
    maxCachedWorkflows: 2_000,
    shutdownForceTime: '5 seconds',
  });
  await home.begin(
    async () => {
      const running = worker.run();
      // A worker that breaks is noticed where its work is waited for; here it must not end the process unasked.
      running.catch(() => {});
      return { running };
    },
    async ({ running }) => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  );
}
