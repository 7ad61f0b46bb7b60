import { ParentClosePolicy, proxyActivities, startChild } from '@temporalio/workflow';
import { leadJourneyWorkflow } from '#workflows/lead-journey/messages.ts';
import type { FanOutActivities, FanOutInput } from '../launch/fan-out-activities.ts';
import { startOptions } from '../launch/journey-start.ts';

const rows = proxyActivities<FanOutActivities>({ startToCloseTimeout: '1 minute' });

/** A launch that starts each journey as its child. It ends when it has seen all of them start. */
export async function fanOut(input: FanOutInput): Promise<{ started: number }> {
  const { organizationId, launchId, count, taskQueue, width } = input;
  const starts = await rows.enrolCohort({ organizationId, launchId }, count);
  const queue = starts.values();
  const lane = async () => {
    for (const start of queue) {
      await startChild(leadJourneyWorkflow, {
        ...startOptions(start, taskQueue),
        // The journeys go on when the parent has done its work, as they do after a launch.
        parentClosePolicy: ParentClosePolicy.ABANDON,
      });
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  await rows.settleCohort({ organizationId, launchId }, starts);
  return { started: starts.length };
}
