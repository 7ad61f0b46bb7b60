import { heartbeat } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { createPreflight, problemOf } from '#domain/preflight.ts';
import type { PreflightProblem } from '#domain/preflight.ts';
import { journeyWorkflowId } from '#domain/workflow-ids.ts';
import {
  enrolMembers,
  markLaunchRunning,
  nextPendingMembers,
  readLaunch,
  settleMembers,
  unstartedJourneys,
} from '#db/queries/launch-members.ts';
import type { LaunchToStart } from '#db/queries/launch-members.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { leadJourneyWorkflow, removeSignal } from '#workflows/lead-journey/messages.ts';
import type { LeadJourneyInput } from '#workflows/lead-journey/messages.ts';
import {
  campaignIdKey,
  journeyStatusKey,
  launchIdKey,
  leadIdKey,
  organizationIdKey,
} from '#domain/search-attributes.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { missingRow } from './failures.ts';
import { openFirstTurns } from './first-turns.ts';
import { inParallel } from './in-parallel.ts';

/** Rows looked at in one transaction. */
const batchSize = 200;

/** Starts under way at once: beyond this the server gets no faster. */
const startsAtOnce = 32;

export type StartJourneysResult = {
  started: number;
  refused: number;
  /** Why it came back: nobody is left, the limit was reached, or the launch was paused or cancelled. */
  state: 'done' | 'more' | 'paused' | 'cancelled';
};

/**
 * Looks at the next members of a launch and starts the journeys of those who may be contacted. Everything that it does
 * is on record before it goes on, so it can be interrupted anywhere and simply be run again.
 */
export function startJourneys(deps: ActivityDependencies) {
  return async (request: {
    organizationId: string;
    launchId: string;
    limit: number;
  }): Promise<StartJourneysResult> => {
    const { organizationId, launchId, limit } = request;
    const scope = systemScope(organizationId);
    const total = { started: 0, refused: 0 };
    const firstTurns = openFirstTurns();
    while (total.started + total.refused < limit) {
      heartbeat(total);
      const batch = await withOrganization(deps.database, scope, async (tx) => {
        const launch = await readLaunch(tx, launchId);
        if (!launch) throw missingRow('The launch');
        if (launch.status === 'cancelled')
          return { state: 'cancelled' as const, launch, left: await unstartedJourneys(tx, launchId) };
        if (launch.paused) return { state: 'paused' as const };
        const members = await nextPendingMembers(tx, launchId, batchSize);
        if (members.length === 0) {
          await markLaunchRunning(tx, launchId);
          return { state: 'done' as const };
        }
        const refused: { leadId: string; problems: PreflightProblem[] }[] = [];
        const accepted: { leadId: string; workflowId: string }[] = [];
        const look = createPreflight(launch);
        for (const { leadId, enrolled, ...facts } of members) {
          // Whoever is enrolled has a journey; if they may no longer be contacted, its gate ends it.
          const problems = enrolled ? [] : look(facts);
          if (problems.length > 0) refused.push({ leadId, problems });
          else
            accepted.push({
              leadId,
              workflowId: journeyWorkflowId({ organizationId, campaignId: launch.campaignId, leadId }),
            });
        }
        const enrolled = await enrolMembers(tx, launchId, accepted);
        const mine = new Set(enrolled.map(({ leadId }) => leadId));
        // Enrolled by another launch between the look and the insert.
        const late = accepted.filter(({ leadId }) => !mine.has(leadId));
        for (const { leadId } of late) refused.push({ leadId, problems: [problemOf('ALREADY_ENROLLED')] });
        await settleMembers(tx, launchId, { started: [], refused });
        return { state: 'started' as const, launch, enrolled, refused: refused.length };
      });
      if (batch.state === 'cancelled') {
        await inParallel(batch.left, startsAtOnce, async (member) => {
          await startJourney(deps, batch.launch, { organizationId, launchId, ...member }, { removed: true });
          heartbeat(total);
        });
      }
      if (batch.state !== 'started') return { ...total, state: batch.state };

      await inParallel(batch.enrolled, startsAtOnce, async (member) => {
        const startDelay = firstTurns.nextDelay();
        await startJourney(deps, batch.launch, { organizationId, launchId, ...member }, { startDelay });
        heartbeat(total);
      });
      await withOrganization(deps.database, scope, (tx) =>
        settleMembers(tx, launchId, { started: batch.enrolled, refused: [] }),
      );
      total.started += batch.enrolled.length;
      total.refused += batch.refused;
    }
    return { ...total, state: 'more' };
  };
}

/**
 * Starts a journey, or leaves it as it is if an interrupted run has started it. `removed`: of a cancelled launch; whether it
 * runs or has yet to begin, it is told to end, so that no enrolled journey stands there unstarted for ever.
 */
async function startJourney(
  deps: ActivityDependencies,
  launch: LaunchToStart,
  member: { organizationId: string; launchId: string; journeyId: string; leadId: string; workflowId: string },
  how: { startDelay: number } | { removed: true },
): Promise<void> {
  const { organizationId, launchId, journeyId, leadId, workflowId } = member;
  const { campaignId } = launch;
  const input: LeadJourneyInput = { organizationId, journeyId, leadId, campaignId, launchId };
  const options = {
    workflowId,
    taskQueue: deps.taskQueue,
    args: [input] as [LeadJourneyInput],
    // An interrupted run may have started it already: then it runs, or has even ended, and is left as it is.
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: organizationIdKey, value: organizationId },
      { key: campaignIdKey, value: campaignId },
      { key: launchIdKey, value: launchId },
      { key: leadIdKey, value: leadId },
      { key: journeyStatusKey, value: 'active' },
    ]),
    // Bulk work waits behind inbound replies; organisations take turns.
    priority: { priorityKey: 4, fairnessKey: organizationId },
  };
  try {
    if ('startDelay' in how)
      await deps.temporal.workflow.start(leadJourneyWorkflow, { ...options, startDelay: how.startDelay });
    else {
      const signalArgs: [{ reason: string }] = [{ reason: 'LAUNCH_CANCELLED' }];
      await deps.temporal.workflow.signalWithStart(leadJourneyWorkflow, {
        ...options,
        signal: removeSignal,
        signalArgs,
      });
    }
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
