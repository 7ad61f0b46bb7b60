import { randomUUID } from 'node:crypto';
import { launchWorkflowId } from '#domain/workflow-ids.ts';
import type { Database } from '#db/database.ts';
import { launchWorkflow } from '#workflows/launch/messages.ts';
import type { LaunchProgress } from '#workflows/launch/messages.ts';
import { leadJourneyWorkflow } from '#workflows/lead-journey/messages.ts';
import type { PreparedLaunch } from '../cohort.ts';
import type { DevServer } from '../dev-servers.ts';
import { openEnrolment } from './enrolment.ts';
import type { FanOutInput } from './fan-out-activities.ts';
import { startOptions } from './journey-start.ts';

export const taskQueue = 'bench-launch';

/** As many starts under way at once as the product's launch has. */
const fanOutWidth = 32;

/**
 * A way to carry out a prepared launch: look at every member, enrol them in Postgres, start their journeys and settle
 * them. It resolves when all of that is done, with how many were started. Contenders differ in the starting.
 */
export type Contender = (launch: PreparedLaunch) => Promise<{
  started: number;
  /** Spent on nothing but waiting for the server to acknowledge starts, where one waits for each. */
  startingMs?: number;
}>;

/** The product's `launch` workflow. */
export function ownLaunch({ client }: DevServer): Contender {
  return async ({ organizationId, launchId }) => {
    const progress: LaunchProgress = await client.workflow.execute(launchWorkflow, {
      workflowId: launchWorkflowId({ organizationId, launchId }),
      taskQueue,
      args: [{ organizationId, launchId }],
    });
    return { started: progress.started };
  };
}

/** A client that takes one lead after the other. */
export function sequentialLoop({ client }: DevServer, database: Database): Contender {
  return async (launch) => {
    const enrolment = await openEnrolment(database, launch);
    const seen = { started: 0, startingMs: 0 };
    for (;;) {
      const [start] = await enrolment.next(1);
      if (!start) return seen;
      const startedAt = performance.now();
      await client.workflow.start(leadJourneyWorkflow, startOptions(start, taskQueue));
      seen.startingMs += performance.now() - startedAt;
      await enrolment.settle([start]);
      seen.started += 1;
    }
  };
}

/** A parent workflow that starts the journeys as its children. */
export function childFanOut({ client }: DevServer): Contender {
  return async ({ organizationId, launchId, count }) => {
    const input: FanOutInput = { organizationId, launchId, count, taskQueue, width: fanOutWidth };
    return client.workflow.execute('fanOut', {
      workflowId: `fan-out-${randomUUID()}`,
      taskQueue,
      args: [input],
    });
  };
}
