import { activityInfo, heartbeat } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/common';
import { sql } from 'drizzle-orm';
import { rowsOf } from '#db/queries/rows.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { removeSignal, wakeSignal } from '#workflows/lead-journey/messages.ts';
import type { TellJourneysInput } from '#workflows/tell-journeys/messages.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { inParallel } from './in-parallel.ts';

const batchSize = 200;
const signalsAtOnce = 32;

/**
 * Tells every running journey of an audience one thing. Goes through them by id and heartbeats the last one, so that an
 * interrupted run goes on where it stopped; a journey told twice takes no harm.
 */
export function tellJourneys(deps: ActivityDependencies) {
  return async (request: TellJourneysInput): Promise<{ told: number }> => {
    const earlier = activityInfo().heartbeatDetails as { after: string; told: number } | undefined;
    let { after, told } = earlier ?? { after: '00000000-0000-0000-0000-000000000000', told: 0 };
    for (;;) {
      const journeys = await nextJourneys(deps, request, after);
      if (journeys.length === 0) return { told };
      await inParallel(journeys, signalsAtOnce, async ({ workflowId }) => {
        const handle = deps.temporal.workflow.getHandle(workflowId);
        const signalled =
          request.message.tell === 'wake'
            ? handle.signal(wakeSignal)
            : handle.signal(removeSignal, { reason: request.message.reason });
        await signalled.catch((error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
      });
      told += journeys.length;
      after = journeys.at(-1)!.id;
      heartbeat({ after, told });
    }
  };
}

function nextJourneys(
  deps: ActivityDependencies,
  { organizationId, audience, heldOnly }: TellJourneysInput,
  after: string,
) {
  const whose =
    'launchId' in audience
      ? sql`launch_id = ${audience.launchId}`
      : 'campaignId' in audience
        ? sql`campaign_id = ${audience.campaignId}`
        : sql`true`;
  return withOrganization(deps.database, systemScope(organizationId), (tx) =>
    rowsOf<{ id: string; workflowId: string }>(
      tx,
      sql`
        select id, workflow_id as "workflowId" from journeys
        -- Also those whose start is not on record yet: a batch that is being started is as running as any.
        where ${whose} and id > ${after} and status in ('active', 'paused')
          and ${heldOnly ? sql`waiting_for = 'hold'` : sql`true`}
        order by id limit ${batchSize}`,
    ),
  );
}
