import { createPreflight } from '#domain/preflight.ts';
import { journeyWorkflowId } from '#domain/workflow-ids.ts';
import type { Database } from '#db/database.ts';
import { enrolMembers, nextPendingMembers, readLaunch, settleMembers } from '#db/queries/launch-members.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { JourneyStart } from './journey-start.ts';

type LaunchKey = { organizationId: string; launchId: string };

/** The rows' side of a launch for its peers, by the product's own rules and statements. */
export async function openEnrolment(database: Database, { organizationId, launchId }: LaunchKey) {
  const scope = systemScope(organizationId);
  const launch = await withOrganization(database, scope, (tx) => readLaunch(tx, launchId));
  if (!launch) throw new Error('There is no such launch');
  const { campaignId } = launch;
  const look = createPreflight(launch);

  return {
    /** Looks at the next members and gives them their journeys' rows, in one transaction; none = all are done. */
    next: (limit: number): Promise<JourneyStart[]> =>
      withOrganization(database, scope, async (tx) => {
        const members = await nextPendingMembers(tx, launchId, limit);
        const accepted = members.map(({ leadId, ...facts }) => {
          if (look(facts).length > 0) throw new Error('Every lead of this cohort may be contacted');
          return { leadId, workflowId: journeyWorkflowId({ organizationId, campaignId, leadId }) };
        });
        const enrolled = await enrolMembers(tx, launchId, accepted);
        return enrolled.map(({ workflowId, ...journey }) => ({
          workflowId,
          input: { organizationId, campaignId, launchId, ...journey },
        }));
      }),
    /** Puts on record that they have been started. */
    settle: (starts: JourneyStart[]): Promise<void> =>
      withOrganization(database, scope, (tx) =>
        settleMembers(tx, launchId, { started: starts.map(({ input }) => input), refused: [] }),
      ),
  };
}
