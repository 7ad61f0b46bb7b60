import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { leadJourneyWorkflow } from '#workflows/lead-journey/messages.ts';
import { startOptions } from '../launch/journey-start.ts';
import type { JourneyStart } from '../launch/journey-start.ts';

/** The plain way to start a cohort from a workflow: each journey as a child. Ends when it has seen all of them start. */
export async function fanOut({ starts, taskQueue }: { starts: JourneyStart[]; taskQueue: string }) {
  const started = await Promise.all(
    starts.map((start) =>
      startChild(leadJourneyWorkflow, {
        ...startOptions(start, taskQueue),
        // The journeys go on when the parent has done its work, as they do after a launch.
        parentClosePolicy: ParentClosePolicy.ABANDON,
      }),
    ),
  );
  return started.length;
}
