import { createServer } from 'node:http';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pino from 'pino';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { createCounters } from '#activities/counters.ts';
import { createActivities } from '#activities/index.ts';
import { ConfigError } from '#config/environment.ts';
import { openDatabase } from '#db/database.ts';
import { connectTestClock } from '#providers/test-clock.ts';
import { createTwilioMessaging } from '#providers/twilio/messaging.ts';
import { createTwilioVoice } from '#providers/twilio/voice.ts';
import { loadWorkerConfig } from './config.ts';
import type { WorkerConfig } from './config.ts';
import { workflowCode } from './workflow-code.ts';

/** Composes and runs the worker until it is told to stop: then it finishes what it has in hand and leaves. */
async function main(config: WorkerConfig): Promise<void> {
  const log = pino({ level: config.logLevel, base: { process: 'worker' } });
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      // The SDK's own lines, without workflow arguments.
      log[level === 'ERROR' ? 'error' : 'warn'](
        { workflowId: meta?.workflowId, activity: meta?.activityType },
        message,
      );
    }),
    shutdownSignals: [],
  });
  const clock = config.testClockAddress ? await connectTestClock(config.testClockAddress) : null;
  const database = openDatabase({ ...config.database, clock });
  const connection = await NativeConnection.connect(config.temporal.connectionOptions);
  const clientConnection = await Connection.connect(config.temporal.connectionOptions);
  const temporal = new Client({ connection: clientConnection, namespace: config.temporal.namespace });
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });

  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: config.temporal.taskQueue,
    ...(await workflowCode(config.workflowBundlePath)),
    activities: createActivities({
      database,
      temporal,
      messaging: createTwilioMessaging(config.carrier),
      voice: createTwilioVoice(config.carrier),
      taskQueue: config.temporal.taskQueue,
      publicUrl: config.publicUrl,
      // A request that is still on its way must have failed or arrived before its absence proves anything.
      settleMs: 2 * config.carrier.timeoutMs + 10_000,
      ...createCounters(metrics),
    }),
    maxConcurrentActivityTaskExecutions: config.concurrency,
    maxConcurrentLocalActivityExecutions: config.concurrency,
    maxCachedWorkflows: config.cachedWorkflows,
    shutdownGraceTime: '5 seconds',
    shutdownForceTime: '8 seconds',
  });

  const health = createServer((request, response) => {
    const state = worker.getState();
    if (request.url === '/metrics') {
      void metrics
        .metrics()
        .then((text) => response.setHeader('content-type', metrics.contentType).end(text));
      return;
    }
    const healthy = request.url === '/healthz' || (request.url === '/readyz' && state === 'RUNNING');
    response.writeHead(healthy ? 200 : 503).end(`${state}\n`);
  });
  health.listen(config.health.port, config.health.host);

  const stop = () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  log.info({ taskQueue: config.temporal.taskQueue, namespace: config.temporal.namespace }, 'worker running');
  try {
    await worker.run();
  } finally {
    health.close();
    await clientConnection.close();
    await connection.close();
    await database.close();
    await clock?.close();
  }
}

try {
  await main(loadWorkerConfig(process.env));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
