import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createCounters } from '#activities/counters.ts';
import { createActivities } from '#activities/index.ts';
import { openDatabase } from '#db/database.ts';
import { createTwilioMessaging } from '#providers/twilio/messaging.ts';
import { createTwilioVoice } from '#providers/twilio/voice.ts';
import { workflowCode } from '#worker/workflow-code.ts';
import { markActivities, markCarrier, markStatements } from './marks.ts';
import type { WorkerOrder } from './workers.ts';

/*
 * The product's worker as a process of an attack: the same workflows, activities and providers, with short waits, and
 * marked so that it can die at the moment it was told to.
 */

const order = JSON.parse(process.argv[2] ?? '{}') as WorkerOrder;
// Whoever started it is gone: nobody would end it any more.
process.on('disconnect', () => process.exit(1));
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

const database = openDatabase({ url: order.databaseUrl, poolSize: 10 });
const connection = await NativeConnection.connect({ address: order.temporalAddress });
const clientConnection = await Connection.connect({ address: order.temporalAddress });
const { carrier, mark } = order;
const ports = { messaging: createTwilioMessaging(carrier), voice: createTwilioVoice(carrier) };
const activities = createActivities({
  database,
  temporal: new Client({ connection: clientConnection, namespace: order.namespace }),
  ...(mark ? markCarrier(ports, mark) : ports),
  taskQueue: order.taskQueue,
  publicUrl: order.publicUrl,
  settleMs: order.settleMs,
  ...createCounters(),
});
if (mark) markStatements(database, mark);
const worker = await Worker.create({
  connection,
  namespace: order.namespace,
  taskQueue: order.taskQueue,
  ...(await workflowCode(order.workflowBundle)),
  activities: mark ? markActivities(activities, mark) : activities,
  maxConcurrentActivityTaskExecutions: order.concurrency,
  maxConcurrentLocalActivityExecutions: 100,
  maxCachedWorkflows: 2_000,
  workflowThreadPoolSize: 1,
  // A killed worker's journeys are another's sooner; what happens to them is the same.
  stickyQueueScheduleToStartTimeout: '2 seconds',
  shutdownGraceTime: '1 second',
  shutdownForceTime: '2 seconds',
});
process.on('SIGTERM', () => {
  if (worker.getState() === 'RUNNING') worker.shutdown();
});
process.send?.('ready');
try {
  await worker.run();
} catch {
  // Told to end with work in hand that did not: somebody else will find it.
}
process.exit(0);
