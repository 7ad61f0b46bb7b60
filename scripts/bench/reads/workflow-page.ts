import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '#activities/in-parallel.ts';
import type { DevServer } from '../dev-servers.ts';
import type { BenchHome } from '../home.ts';
import { startWorker } from '../workers.ts';

const taskQueue = 'bench-lead-records';
/** Somewhat more than a worker keeps in its memory, so that the first ones are asked for as most of 100,000 would be. */
const running = 2_400;
const startsAtOnce = 64;
const settleTimeoutMs = 5 * 60_000;
export const pageSize = 50;
const pages = 6;

/**
 * Milliseconds for pages of leads that are kept in workflows: each lead of a page is queried, all at once. The ids are given
 * away; finding them by a filter or a search would come on top, and asks every workflow.
 */
export async function pagesByQueries(home: BenchHome, server: DevServer): Promise<number[]> {
  const { address, namespace, client } = server;
  await startWorker(home, { address, namespace, taskQueue, activities: {} });
  const ids = Array.from({ length: running }, (_, nr) => `lead-record-${nr}`);
  await inParallel(ids, startsAtOnce, async (workflowId) => {
    const lead = {
      id: workflowId,
      firstName: 'Ada',
      lastName: 'Lovelace',
      phone: '+12025550100',
      tags: ['hot'],
    };
    await client.workflow.start('leadRecord', { workflowId, taskQueue, args: [lead] });
  });
  await untilTakenIn(client, ids.slice(-pageSize));
  const took: number[] = [];
  for (let page = 0; page < pages; page += 1) {
    const beganAt = performance.now();
    const shown = ids.slice(page * pageSize, (page + 1) * pageSize);
    await Promise.all(shown.map((id) => client.workflow.getHandle(id).query('lead')));
    took.push(performance.now() - beganAt);
  }
  return took;
}

/** Their first task is completed (the fourth event), and with it that of all before them, who have left the worker's memory. */
async function untilTakenIn(client: DevServer['client'], ids: string[]): Promise<void> {
  for (const deadline = performance.now() + settleTimeoutMs; ; await sleep(250)) {
    const lengths = await Promise.all(
      ids.map(async (id) => (await client.workflow.getHandle(id).describe()).historyLength),
    );
    if (lengths.every((length) => length >= 4)) return;
    if (performance.now() > deadline) throw new Error('The workflows of the leads did not come to rest');
  }
}
