import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { PulseActivities } from './virtual-scheduler.ts';

/** An appointment earlier than any the pulse knew of. */
export const soonerSignal = defineSignal<[number]>('sooner');

const activities = proxyActivities<PulseActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { maximumAttempts: 1 },
});

/**
 * The heartbeat of a dry run: sleeps until the simulated world's next appointment and has it kept by an activity. As the
 * server skips no time while an activity runs, the whole product deals with an appointment at its instant.
 */
export async function pulse(input: { nextMs: number | null; endMs: number }): Promise<void> {
  let nextMs = input.nextMs ?? Infinity;
  setHandler(soonerSignal, (ms) => {
    nextMs = Math.min(nextMs, ms);
  });
  for (;;) {
    const untilMs = Math.min(nextMs, input.endMs);
    const remainingMs = untilMs - Date.now();
    if (remainingMs > 0 && (await condition(() => nextMs < untilMs, remainingMs))) continue;
    if (untilMs >= input.endMs) return activities.stopTime();
    nextMs = Infinity;
    const dueMs = await activities.keepAppointments();
    nextMs = Math.min(nextMs, dueMs ?? Infinity);
    if (workflowInfo().historyLength > 4_000) {
      return continueAsNew<typeof pulse>({ nextMs: nextMs === Infinity ? null : nextMs, endMs: input.endMs });
    }
  }
}
