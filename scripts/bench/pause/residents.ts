import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '#activities/in-parallel.ts';
import type { DevServer } from '../dev-servers.ts';

export const residentType = 'resident';
const startsAtOnce = 64;
const settleTimeoutMs = 10 * 60_000;
/** As many requests under way at once as bring a client to its best speed. */
const signalsAtOnce = 64;
const sampled = 100;

/** Starts them and waits until the worker has taken in every one. */
export async function settleResidents(
  { client }: DevServer,
  taskQueue: string,
  workflowIds: string[],
): Promise<void> {
  await inParallel(workflowIds, startsAtOnce, async (workflowId) => {
    await client.workflow.start(residentType, { workflowId, taskQueue });
  });
  // The first task's completion is the fourth event: started, scheduled, begun, completed.
  for (const deadline = performance.now() + settleTimeoutMs; ; await sleep(250)) {
    const last = await Promise.all(workflowIds.slice(-sampled).map((id) => historyLength(client, id)));
    if (last.every((length) => length >= 4)) break;
    if (performance.now() > deadline) throw new Error('The resident journeys did not come to rest');
  }
  for (const deadline = performance.now() + settleTimeoutMs; ; await sleep(250)) {
    const { count } = await client.workflow.count(running);
    if (count >= workflowIds.length) return;
    if (performance.now() > deadline)
      throw new Error(`Temporal lists ${count} of ${workflowIds.length} journeys`);
  }
}

const running = `WorkflowType = '${residentType}' AND ExecutionStatus = 'Running'`;

async function historyLength(client: DevServer['client'], workflowId: string): Promise<number> {
  return (await client.workflow.getHandle(workflowId).describe()).historyLength;
}

/** A client that signals each of them. A signal is in the history when the server acknowledges it. */
export async function signalEach({ client }: DevServer, workflowIds: string[]): Promise<number> {
  const beganAt = performance.now();
  await inParallel(workflowIds, signalsAtOnce, (workflowId) =>
    client.workflow.getHandle(workflowId).signal('paused-by-client'),
  );
  const tookMs = performance.now() - beganAt;
  await requireSignal(client, workflowIds, 'paused-by-client');
  return tookMs;
}

/** Temporal's own batch job, until it says that it has signalled all of them. */
export async function signalByBatch(
  { client, namespace }: DevServer,
  workflowIds: string[],
): Promise<number> {
  const jobId = randomUUID();
  const beganAt = performance.now();
  await client.workflowService.startBatchOperation({
    namespace,
    jobId,
    visibilityQuery: running,
    reason: 'pause',
    signalOperation: { signal: 'paused-by-batch', identity: 'bench' },
  });
  for (;;) {
    const job = await client.workflowService.describeBatchOperation({ namespace, jobId });
    if (Number(job.failureOperationCount) > 0) throw new Error('The batch job has missed some journeys');
    if (job.closeTime) {
      if (Number(job.completeOperationCount) < workflowIds.length)
        throw new Error(`The batch job has signalled ${String(job.completeOperationCount)} journeys`);
      break;
    }
    await sleep(100);
  }
  const tookMs = performance.now() - beganAt;
  await requireSignal(client, workflowIds, 'paused-by-batch');
  return tookMs;
}

/** Looks into the histories of some of them, evenly spread. */
async function requireSignal(
  client: DevServer['client'],
  workflowIds: string[],
  name: string,
): Promise<void> {
  const every = Math.ceil(workflowIds.length / sampled);
  const some = workflowIds.filter((_, index) => index % every === 0);
  for (const workflowId of some) {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    const signals = events?.map((event) => event.workflowExecutionSignaledEventAttributes?.signalName) ?? [];
    if (!signals.includes(name)) throw new Error(`A journey has not got the signal "${name}"`);
  }
}
