import { randomUUID } from 'node:crypto';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { journeyWorkflowId, launchWorkflowId } from '#domain/workflow-ids.ts';
import type { StartJourneysResult } from '#activities/start-journeys.ts';
import { changeLaunch } from '#db/queries/launch-changes.ts';
import type { LaunchChange } from '#db/queries/launch-changes.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintLaunch, mintOrganization, zoneWhereItIsNoon } from '#db/testing/factories.ts';
import { launchWorkflow } from '../launch/messages.ts';
import { createWorkflowRig } from './rig.ts';

/** Rests at once, so that a launch of many costs no touches. */
const waiting: JourneyDefinition = {
  start: 'wait',
  steps: [
    { id: 'wait', kind: 'wait', for: '30d', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

/** The rig of workflows with all that launches of cohorts need, and a hand in what happens between their steps. */
export async function createCohortRig() {
  const rig = await createWorkflowRig();
  await rig.stopFirstWorker();
  let started = 0;
  const nothing = {
    beforeStart: async (_nr: number): Promise<void> => {},
    afterBatch: async (_result: StartJourneysResult): Promise<void> => {},
  };
  let hooks = { ...nothing };
  let stopWorker = await startWorker();

  /** With `startsOnly` the journeys that it starts have nobody to carry them out. */
  function startWorker({ startsOnly = false } = {}) {
    return rig.startWorker({
      cachedWorkflows: startsOnly ? 0 : undefined,
      dependencies: ({ temporal, taskQueue }) => {
        const start = async (...args: Parameters<typeof temporal.workflow.start>) => {
          started += 1;
          await hooks.beforeStart(started);
          return temporal.workflow.start(...args);
        };
        const workflow = Object.create(temporal.workflow, {
          start: { value: start },
        }) as typeof temporal.workflow;
        return {
          temporal: Object.create(temporal, { workflow: { value: workflow } }) as typeof temporal,
          taskQueue: startsOnly ? 'nobody' : taskQueue,
        };
      },
      activities: (real) => ({
        startJourneys: async (request) => {
          const result = await real.startJourneys(request);
          await hooks.afterBatch(result);
          return result;
        },
      }),
    });
  }

  /** An organisation with a campaign and that many leads, where it is noon. */
  async function cohort(size: number, definition = waiting) {
    const { organizationId } = await mintOrganization(rig.database);
    const campaign = await mintCampaign(rig.database, organizationId, { definition });
    const leads = await rig.asOwner<{ leadId: string; phone: string }>(
      `insert into leads (organization_id, phone, raw_phone, first_name, time_zones)
       select $1, '+1202' || (5550000 + nr), '', 'Ada', array[$3] from generate_series(1, $2::int) nr
       returning id as "leadId", phone`,
      [organizationId, size, zoneWhereItIsNoon(await rig.clock.now())],
    );
    return { organizationId, campaign, leads, leadIds: leads.map(({ leadId }) => leadId) };
  }
  type Group = Awaited<ReturnType<typeof cohort>>;

  const idOf = ({ organizationId, campaign }: Group, leadId: string) =>
    journeyWorkflowId({ organizationId, campaignId: campaign.campaignId, leadId });

  return {
    ...rig,
    cohort,
    started: () => started,
    /** From now on; without hooks everything goes its way. */
    hook(change: Partial<typeof nothing> = {}) {
      started = 0;
      hooks = { ...nothing, ...change };
    },
    /** Another worker takes over; `meanwhile` lets go of whatever hangs in the first. */
    async replaceWorker(options: { startsOnly?: boolean; meanwhile?: () => void } = {}) {
      const stopped = stopWorker();
      options.meanwhile?.();
      await stopped;
      stopWorker = await startWorker(options);
    },
    /** How many of the cohort's journeys Temporal has in which state. */
    async workflows(group: Group): Promise<Record<string, number>> {
      const counts: Record<string, number> = {};
      await Promise.all(
        group.leadIds.map(async (leadId) => {
          const found = await rig.temporal.workflow
            .getHandle(idOf(group, leadId))
            .describe()
            .catch(() => null);
          const status = found?.status.name ?? 'none';
          counts[status] = (counts[status] ?? 0) + 1;
        }),
      );
      return counts;
    },
    /** A launch of these leads, written but not begun. */
    async prepare(group: Group, leadIds = group.leadIds) {
      const { organizationId, campaign } = group;
      const launchId = await mintLaunch(rig.database, organizationId, campaign, leadIds);
      const rows = (table: string) =>
        rig.asOwner(`select * from ${table} where launch_id = $1 order by 1, 2, 3`, [launchId]);
      return {
        organizationId,
        launchId,
        rows,
        begin: () =>
          rig.temporal.workflow.start(launchWorkflow, {
            workflowId: launchWorkflowId({ organizationId, launchId }),
            taskQueue: 'test',
            args: [{ organizationId, launchId }],
          }),
        change: (change: LaunchChange) =>
          withOrganization(rig.database, systemScope(organizationId), (tx) =>
            changeLaunch(tx, organizationId, launchId, change, { userId: null, requestId: 'test' }),
          ),
        /** How many members are in which state. */
        async members(): Promise<Record<string, number>> {
          const counts: Record<string, number> = {};
          for (const { state } of await rows('launch_members'))
            counts[state as string] = (counts[state as string] ?? 0) + 1;
          return counts;
        },
        launch: async () => (await rig.asOwner('select * from launches where id = $1', [launchId]))[0]!,
        /** As a run leaves it that died between enrolling and starting. */
        enrolOnly: () =>
          Promise.all(
            leadIds.map((leadId) =>
              rig.asOwner(
                `insert into journeys (organization_id, id, lead_id, campaign_id, launch_id, version_id, workflow_id)
                 values ($1, $2, $3, $4, $5, $6, $7)`,
                [
                  organizationId,
                  randomUUID(),
                  leadId,
                  campaign.campaignId,
                  launchId,
                  campaign.versionId,
                  idOf(group, leadId),
                ],
              ),
            ),
          ),
      };
    },
    async close() {
      await stopWorker();
      await rig.close();
    },
  };
}

export type CohortRig = Awaited<ReturnType<typeof createCohortRig>>;
