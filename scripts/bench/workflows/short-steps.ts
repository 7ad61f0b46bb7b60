import { proxyActivities } from '@temporalio/workflow';
import type { StepActivities } from '../steps/step-latency.ts';

const { takeStep } = proxyActivities<StepActivities>({ startToCloseTimeout: '1 minute' });

/** A journey of many short steps, each an ordinary activity that does nothing, so that the server's part remains. */
export async function shortSteps(steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) await takeStep();
}
