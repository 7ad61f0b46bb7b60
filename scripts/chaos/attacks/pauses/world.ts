import { Client } from '@temporalio/client';
import { createActivities } from '#activities/index.ts';
import { createWorkflows } from '#api/workflows.ts';
import { mintCampaign, mintLaunch, mintOrganization, zoneWhereItIsNoon } from '#db/testing/factories.ts';
import { setPaused } from '#db/queries/pauses.ts';
import type { PauseSubject } from '#db/queries/pauses.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import { connectTestClock } from '#providers/test-clock.ts';
import { account, activityDependencies, nowhere } from '#scripts/bench/dependencies.ts';
import { startWorker } from '#scripts/bench/workers.ts';
import { startTimeSkippingServer, testNamespace } from '#scripts/temporal/time-skipping-server.ts';
import { serveSimulator } from '#simulator/serve.ts';
import { createSimulator } from '#simulator/simulator.ts';
import type { Place } from '../../place.ts';
import { startOwnDatabase } from '../own-database.ts';
import { sixTexts } from './journey.ts';

const taskQueue = 'leadway';

/** The product on skipped time, with a carrier to which nobody answers. */
export async function createWorld(place: Place) {
  const server = await place.begin(
    () => startTimeSkippingServer(),
    (begun) => begun.stop(),
  );
  const clock = await place.begin(
    () => connectTestClock(server.address),
    (begun) => begun.close(),
  );
  const { database, asOwner } = await startOwnDatabase(place, { clock });
  const simulator = createSimulator({
    seed: 1,
    clock,
    scheduler: { at: async () => {} },
    ...account,
    inboundWebhookUrl: `${nowhere}/lost`,
  });
  const carrier = await place.begin(
    () => serveSimulator(simulator, { port: 0 }),
    (begun) => begun.close(),
  );
  const temporal = new Client({ connection: server.connection, namespace: testNamespace });
  const deps = activityDependencies({ database, temporal, taskQueue, carrierUrl: carrier.url });
  const activities = createActivities(deps);
  await startWorker(place, { address: server.address, namespace: testNamespace, taskQueue, activities });
  const workflows = createWorkflows({ temporal, taskQueue });
  let phones = 2_000_000;

  /** So many leads of an organisation of their own, where it is noon; nobody has launched them yet. */
  async function gather(size: number) {
    const unlimited = { textsPerDay: null, textsPerWeek: null };
    const { organizationId } = await mintOrganization(database, { settings: { lane: unlimited } });
    const settings = { recentSmsHours: 0, recentReplyHours: 0 };
    const campaign = await mintCampaign(database, organizationId, { definition: sixTexts, settings });
    const { campaignId } = campaign;
    const first = phones;
    phones += size;
    const leads = await asOwner<{ leadId: string; phone: string }>(
      `insert into leads (organization_id, phone, raw_phone, first_name, time_zones)
       select $1, '+1202' || nr, '', 'Ada', array[$4] from generate_series($2::int, $3::int) nr
       returning id as "leadId", phone`,
      [organizationId, first, phones - 1, zoneWhereItIsNoon(await clock.now())],
    );
    const leadIds = leads.map(({ leadId }) => leadId);
    const launchId = await mintLaunch(database, organizationId, campaign, leadIds);
    const subjects = { campaign: campaignId, launch: launchId, organization: organizationId };

    /** As the routes do it: the row first, and after a resume those who are held are told. */
    async function change(kind: PauseSubject['kind'], what: 'pause' | 'resume', policy: ResumePolicy) {
      const subject: PauseSubject = { kind, id: subjects[kind] };
      const changed = await withOrganization(database, systemScope(organizationId), (tx) =>
        setPaused(
          tx,
          organizationId,
          subject,
          what === 'pause' ? { change: what } : { change: what, policy },
          {
            userId: null,
            requestId: 'attack',
          },
        ),
      );
      if (!changed?.changed) throw new Error(`The ${kind} did not change to ${what}`);
      if (kind === 'launch') await workflows.signalLaunch({ organizationId, launchId }, what);
      if (what === 'pause') return;
      const audience =
        kind === 'campaign'
          ? { campaignId }
          : kind === 'launch'
            ? { launchId }
            : { organizationWide: true as const };
      await workflows.tellJourneys({ organizationId, audience, heldOnly: true, message: { tell: 'wake' } });
    }

    return {
      organizationId,
      leads,
      change,
      launch: () => workflows.startLaunch({ organizationId, launchId, campaignId }),
    };
  }

  return { server, clock, asOwner, simulator, gather };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
export type Group = Awaited<ReturnType<World['gather']>>;
