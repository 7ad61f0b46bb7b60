import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { systemClock } from '#domain/clock.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { createActivities } from '#activities/index.ts';
import { rowsOf } from '#db/queries/rows.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { serveSimulator } from '#simulator/serve.ts';
import { createSimulator } from '#simulator/simulator.ts';
import { callStatusSignal } from '#workflows/lead-journey/messages.ts';
import type { LeadJourneyInput, leadJourneyWorkflow } from '#workflows/lead-journey/messages.ts';
import { openBenchDatabase, startPostgres } from '../database.ts';
import { account, activityDependencies, nowhere } from '../dependencies.ts';
import { startDevServer } from '../dev-servers.ts';
import type { BenchHome } from '../home.ts';
import { startWorker } from '../workers.ts';
import { createPlainActivities } from './plain-activities.ts';
import { watchRoundTrips } from './round-trips.ts';

/** As in production: its name is written into every task of a history. */
const taskQueue = 'leadway';
const ringingMs = 100;

/** Nobody would be contacted that often in so short a time. */
const withoutCaps = {
  textsPerDay: null,
  textsPerWeek: null,
  callsPerDay: null,
  callsPerWeek: null,
  callGapMinutes: 0,
};

export type JourneyRig = Awaited<ReturnType<typeof startJourneyRig>>;

/** `leadJourney` is the product's; `plainJourney` is the same journey, each piece of work an activity of its own. */
export type JourneyWorkflow = typeof leadJourneyWorkflow | 'plainJourney';

/**
 * Journeys on our development server with the real activities, a real database and the simulated carrier, whose
 * callbacks stay away: nobody answers a text, and how calls end is told by the walk. The time-skipping test server
 * would do for the events, but it writes a quarter less into them than a server does.
 */
export async function startJourneyRig(home: BenchHome) {
  const server = await startDevServer(home, 'tuned');
  const url = await startPostgres(home);
  const watched = await openBenchDatabase(home, url);
  const roundTrips = watchRoundTrips(watched.pool);
  /** Prepares and looks on, through a pool of its own that nobody counts. */
  const database = await openBenchDatabase(home, url);
  const simulator = createSimulator({
    seed: 1,
    clock: systemClock,
    scheduler: { at: async () => {} },
    ...account,
    inboundWebhookUrl: `${nowhere}/lost`,
  });
  const carrier = await home.begin(
    () => serveSimulator(simulator, { port: 0 }),
    (begun) => begun.close(),
  );
  const { client, address, namespace } = server;
  const deps = activityDependencies({
    database: watched,
    temporal: client,
    taskQueue,
    carrierUrl: carrier.url,
  });
  const activities = { ...createActivities(deps), ...createPlainActivities(deps) };
  await startWorker(home, { address, namespace, taskQueue, activities });

  return {
    roundTrips,
    /** How many texts and calls the carrier was asked for so far. */
    touches: () => simulator.ledger.texts.length + simulator.ledger.calls.length,
    /** Lets one lead go through the whole journey, without an answer to any text or call. */
    async walk(workflow: JourneyWorkflow, definition: JourneyDefinition): Promise<WorkflowHandle> {
      const { organizationId } = await mintOrganization(database, { settings: { lane: withoutCaps } });
      const campaign = await mintCampaign(database, organizationId, { definition });
      const { leadId } = await mintLead(database, organizationId);
      const { campaignId } = campaign;
      const { workflowId, ...journey } = await mintJourney(database, organizationId, campaign, leadId);
      const input: LeadJourneyInput = { organizationId, leadId, campaignId, ...journey };
      const handle = await client.workflow.start(workflow, { workflowId, taskQueue, args: [input] });
      let walking = true;
      const result = handle.result().finally(() => (walking = false)) as Promise<{ status: string }>;
      const answering = leaveCallsUnanswered(handle, input, () => walking);
      const [{ status }] = await Promise.all([result, answering]);
      if (status !== 'completed') throw new Error(`The journey ended as ${status}`);
      return handle;
    },
  };

  /** Tells of every call that nobody answered, once, as the carrier's callback would. */
  async function leaveCallsUnanswered(
    handle: WorkflowHandle,
    input: LeadJourneyInput,
    isWalking: () => boolean,
  ): Promise<void> {
    const told = new Set<string>();
    for (; isWalking(); await sleep(ringingMs)) {
      const touchKey = await ringing(input);
      if (touchKey === null || told.has(touchKey)) continue;
      told.add(touchKey);
      await handle.signal(callStatusSignal, { touchKey, outcome: 'no_answer' });
    }
  }

  async function ringing({ organizationId, journeyId }: LeadJourneyInput): Promise<string | null> {
    const [call] = await withOrganization(database, systemScope(organizationId), (tx) =>
      rowsOf<{ touchKey: string }>(
        tx,
        sql`
          select c.touch_key as "touchKey"
          from journeys j join call_logs c on (c.organization_id, c.journey_id) = (j.organization_id, j.id)
          where j.id = ${journeyId} and j.waiting_for = 'call'
          order by c.created_at desc limit 1`,
      ),
    );
    return call?.touchKey ?? null;
  }
}
