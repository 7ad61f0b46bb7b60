import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import {
  DefaultLogger,
  GracefulShutdownPeriodExpiredError,
  NativeConnection,
  Runtime,
  Worker,
  bundleWorkflowCode,
} from '@temporalio/worker';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { systemClock } from '#domain/clock.ts';
import { createActivities } from '#activities/index.ts';
import type { Activities } from '#activities/index.ts';
import { createCounters } from '#activities/counters.ts';
import type { ActivityDependencies } from '#activities/dependencies.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import { connectTestClock } from '#providers/test-clock.ts';
import { createTwilioMessaging } from '#providers/twilio/messaging.ts';
import { createTwilioVoice } from '#providers/twilio/voice.ts';
import { startUnbindingProxy } from '#scripts/demo/unbinding-proxy.ts';
import { startTimeSkippingServer, testNamespace } from '#scripts/temporal/time-skipping-server.ts';
import { serveSimulator } from '#simulator/serve.ts';
import { createSimulator } from '#simulator/simulator.ts';
import { startShortHistoryServer } from './short-history-server.ts';

const workflowsPath = fileURLToPath(new URL('../index.ts', import.meta.url));

const account = { accountSid: `AC${'0'.repeat(31)}1`, authToken: 'token-of-the-rig' };

/**
 * Workflows as they run: the time-skipping server, a worker with the real activities, a database of the test's own and
 * the simulated carrier, whose callbacks are all lost, so that a test sends the signals that it wants.
 */
export async function createWorkflowRig(
  overrides: (real: ActivityDependencies) => Partial<ActivityDependencies> = () => ({}),
  options: {
    /** Takes Temporal itself, with histories that are long after so many events, instead of the time-skipping server. */
    shortHistories?: number;
    /** No workflow stays bound to a worker that is gone, for tests in which workers come and go. */
    unbound?: boolean;
  } = {},
) {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const server =
    options.shortHistories === undefined
      ? await startTimeSkippingServer()
      : await startShortHistoryServer(options.shortHistories);
  const testClock = options.shortHistories === undefined ? await connectTestClock(server.address) : null;
  const clock = testClock ?? systemClock;
  const test = await createTestDatabase({ clock: testClock ?? undefined, poolSize: 10 });
  const simulator = createSimulator({
    seed: 1,
    clock,
    scheduler: { at: async () => {} },
    ...account,
    inboundWebhookUrl: 'http://127.0.0.1:9/lost',
  });
  const carrier = await serveSimulator(simulator, { port: 0 });
  const config = { ...account, baseUrl: carrier.url, timeoutMs: 1_000 };
  const temporal = new Client({ connection: server.connection, namespace: testNamespace });
  const real: ActivityDependencies = {
    database: test.database,
    temporal,
    messaging: createTwilioMessaging(config),
    voice: createTwilioVoice(config),
    taskQueue: 'test',
    publicUrl: 'http://127.0.0.1:9',
    settleMs: 15_000,
    ...createCounters(),
  };
  const workflowBundle = await bundle();
  const proxy = options.unbound ? await startUnbindingProxy(server.address) : null;
  const nativeConnection = await NativeConnection.connect({ address: proxy?.address ?? server.address });

  /** A worker with the real activities, changed as the test needs them. */
  async function startWorker(
    change: {
      dependencies?: (real: ActivityDependencies) => Partial<ActivityDependencies>;
      activities?: (real: Activities) => Partial<Activities>;
      /**
       * 0 leaves no worker with a claim to a workflow, so that another one takes it over at once: the test server never
       * gives up such a claim by itself. Not for workflows with local activities, whose turns then get lost in the SDK.
       */
      cachedWorkflows?: number;
    } = {},
  ) {
    const activities = createActivities({ ...real, ...change.dependencies?.(real) });
    const worker = await Worker.create({
      connection: nativeConnection,
      namespace: testNamespace,
      taskQueue: 'test',
      workflowBundle,
      activities: { ...activities, ...change.activities?.(activities) },
      shutdownForceTime: '2 seconds',
      maxCachedWorkflows: change.cachedWorkflows,
    });
    const running = worker.run().catch((error: unknown) => {
      // An activity that a test has hung keeps it from going quietly.
      if (!(error instanceof GracefulShutdownPeriodExpiredError)) throw error;
    });
    return async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    };
  }
  const stopFirstWorker = await startWorker({ dependencies: overrides });

  return {
    ...test,
    temporal,
    server,
    clock,
    workflowBundle,
    ledger: simulator.ledger,
    startWorker,
    /** Ends the worker that every rig begins with. */
    stopFirstWorker,
    /** Lets that much time pass; what is due on the way happens at its instant. */
    skip: (ms: number) => server.skip(ms),
    /** Replays a workflow's history against today's code; throws when it would go another way. */
    async replay(workflowId: string, runId?: string) {
      const history = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
      await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
      return history;
    },
    async close() {
      await stopFirstWorker();
      await nativeConnection.close();
      await proxy?.stop();
      await testClock?.close();
      await carrier.close();
      await test.close();
      await server.stop();
    },
  };
}

let bundled: Promise<WorkflowBundleWithSourceMap> | undefined;

/** Bundles the workflows once a process; it takes seconds. */
export function bundle(path = workflowsPath): Promise<WorkflowBundleWithSourceMap> {
  if (path !== workflowsPath)
    return bundleWorkflowCode({ workflowsPath: path, logger: new DefaultLogger('ERROR') });
  bundled ??= bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  return bundled;
}

export type WorkflowRig = Awaited<ReturnType<typeof createWorkflowRig>>;
