import { randomUUID } from 'node:crypto';
import { launchWorkflowId, journeyWorkflowId } from '#domain/workflow-ids.ts';
import { preflight } from '#domain/preflight.ts';
import type { Database } from '#db/database.ts';
import { enrolMembers, nextPendingMembers, readLaunch, settleMembers } from '#db/queries/launch-members.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { launchWorkflow } from '#workflows/launch/messages.ts';
import type { LaunchInput, LaunchProgress } from '#workflows/launch/messages.ts';
import { leadJourneyWorkflow } from '#workflows/lead-journey/messages.ts';
import { prepareLaunch } from '../cohort.ts';
import type { Cohort } from '../cohort.ts';
import type { DevServer } from '../dev-servers.ts';
import { startOptions } from './journey-start.ts';
import type { JourneyStart } from './journey-start.ts';

/** Journeys wait here without a worker, so that starting them is all that is measured, on every side. */
export const unattendedQueue = 'bench-unattended';
export const launchQueue = 'bench-launch';

/** Prepares `count` starts and returns what starts them, resolving when the last one is acknowledged. */
export type Contender = (count: number) => Promise<() => Promise<void>>;

/** The product: its `launch` workflow, with preflight, enrolment and the settling of every member in Postgres. */
export function ownLaunch(server: DevServer, database: Database, cohort: Cohort): Contender {
  return async (count) => {
    const launch = await prepareLaunch(database, cohort, count);
    const input: LaunchInput = { organizationId: launch.organizationId, launchId: launch.launchId };
    return async () => {
      const progress: LaunchProgress = await server.client.workflow.execute(launchWorkflow, {
        workflowId: launchWorkflowId(launch),
        taskQueue: launchQueue,
        args: [input],
      });
      if (progress.started !== count) throw new Error(`The launch started ${progress.started} of ${count}`);
    };
  };
}

export function sequentialLoop(server: DevServer): Contender {
  return async (count) => {
    const starts = inventedStarts(count);
    return async () => {
      for (const start of starts) {
        await server.client.workflow.start(leadJourneyWorkflow, startOptions(start, unattendedQueue));
      }
    };
  };
}

export function sequentialEnrol(server: DevServer, database: Database, cohort: Cohort): Contender {
  return async (count) => {
    const { organizationId, launchId, campaignId } = await prepareLaunch(database, cohort, count);
    const scope = systemScope(organizationId);
    return async () => {
      let n = 0;
      for (;;) {
        const member = await withOrganization(database, scope, async (tx) => {
          const launch = (await readLaunch(tx, launchId))!;
          const [facts] = await nextPendingMembers(tx, launchId, 1);
          if (!facts) return null;
          if (preflight({ ...facts, requireConsent: false }, launch.definition, launch.numbers).length) throw new Error('refused');
          const workflowId = journeyWorkflowId({ organizationId, campaignId, leadId: facts.leadId });
          return (await enrolMembers(tx, launchId, [{ leadId: facts.leadId, workflowId }]))[0]!;
        });
        if (!member) break;
        const input = { organizationId, campaignId, launchId, leadId: member.leadId, journeyId: member.journeyId };
        await server.client.workflow.start(leadJourneyWorkflow, startOptions({ workflowId: member.workflowId, input }, unattendedQueue));
        await withOrganization(database, scope, (tx) => settleMembers(tx, launchId, { started: [member], refused: [] }));
        n += 1;
      }
      if (n !== count) throw new Error(`${n}`);
    };
  };
}

export function childFanOut(server: DevServer): Contender {
  return async (count) => {
    const starts = inventedStarts(count);
    return async () => {
      await server.client.workflow.execute('fanOut', {
        workflowId: `fan-out-${randomUUID()}`,
        taskQueue: launchQueue,
        args: [{ starts, taskQueue: unattendedQueue }],
      });
    };
  };
}

/** Starts of journeys that no row stands behind: enough for a peer, which only starts them. */
function inventedStarts(count: number): JourneyStart[] {
  const [organizationId, campaignId, launchId] = [randomUUID(), randomUUID(), randomUUID()];
  return Array.from({ length: count }, () => {
    const leadId = randomUUID();
    return {
      workflowId: journeyWorkflowId({ organizationId, campaignId, leadId }),
      input: { organizationId, campaignId, launchId, leadId, journeyId: randomUUID() },
    };
  });
}

async function enrolled(database: Database, cohort: Cohort, count: number): Promise<JourneyStart[]> {
  const { organizationId, launchId, campaignId } = await prepareLaunch(database, cohort, count);
  const rows = await withOrganization(database, systemScope(organizationId), (tx) => enrolMembers(tx, launchId, cohort.leadIds.slice(0, count).map((leadId) => ({ leadId, workflowId: journeyWorkflowId({ organizationId, campaignId, leadId }) }))));
  return rows.map(({ workflowId, leadId, journeyId }) => ({ workflowId, input: { organizationId, campaignId, launchId, leadId, journeyId } }));
}
export function bareLoop(server: DevServer, database: Database, cohort: Cohort): Contender {
  return async (count) => {
    const starts = await enrolled(database, cohort, count);
    return async () => { for (const start of starts) await server.client.workflow.start(leadJourneyWorkflow, startOptions(start, unattendedQueue)); };
  };
}
export function children(server: DevServer, database: Database, cohort: Cohort): Contender {
  return async (count) => {
    const starts = await enrolled(database, cohort, count);
    return async () => {
      await server.client.workflow.execute('fanOut', { workflowId: `fan-out-${randomUUID()}`, taskQueue: launchQueue, args: [{ starts, taskQueue: unattendedQueue }] });
    };
  };
}
