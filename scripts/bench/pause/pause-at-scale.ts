import { decide } from '#domain/compliance/gate.ts';
import type { Database } from '#db/database.ts';
import { readFacts } from '#db/queries/gate-facts.ts';
import { setPaused } from '#db/queries/pauses.ts';
import type { PauseChange } from '#db/queries/pauses.ts';
import { rowsOf } from '#db/queries/rows.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintLaunch, mintOrganization, tinyJourney } from '#db/testing/factories.ts';
import { sql } from 'drizzle-orm';
import { openBenchDatabase, startPostgres } from '../database.ts';
import { startDevServer } from '../dev-servers.ts';
import { againstPeer, median, round } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { Suite } from '../suite.ts';
import { startWorker } from '../workers.ts';
import { settleResidents, signalByBatch, signalEach } from './residents.ts';

const journeys = 10_000;
const rounds = 5;
const askedEachRound = 100;
const taskQueue = 'bench-pause';

/** A campaign of many resident journeys is paused: by our row, by a client that signals each, by Temporal's batch job. */
export const pauseSuite: Suite = {
  names: ['pauseAtScale', 'pauseAtScaleVsBatchJob'],
  async run(home, wanted, say) {
    const database = await openBenchDatabase(home, await startPostgres(home));
    const crowd = await enrol(database);
    const server = await startDevServer(home, 'tuned');
    const { address, namespace } = server;
    await startWorker(home, { address, namespace, taskQueue, activities: {} });
    const beganAt = performance.now();
    await settleResidents(server, taskQueue, crowd.ids);
    say(`${journeys} journeys are resident after ${seconds(performance.now() - beganAt)} s`);

    const own: number[] = [];
    for (let nr = 0; nr < rounds; nr += 1) own.push(await pauseOnce(database, crowd));
    say(`own: ${own.map((ms) => `${round(ms)} ms`).join(', ')}`);
    const figures: Record<string, Figure> = {};
    if (wanted.includes('pauseAtScale')) {
      const peerMs = await signalEach(server, crowd.ids);
      say(`a client's signals: ${seconds(peerMs)} s`);
      figures.pauseAtScale = figureOf(own, peerMs, 40, 'a client that signals every journey, 64 at once');
    }
    if (wanted.includes('pauseAtScaleVsBatchJob')) {
      const peerMs = await signalByBatch(server, crowd.ids);
      say(`the batch job: ${seconds(peerMs)} s`);
      const peer = "Temporal's batch job that signals every journey, at the server's own pace";
      figures.pauseAtScaleVsBatchJob = figureOf(own, peerMs, 150, peer);
    }
    return figures;
  },
};

const seconds = (ms: number) => Math.round(ms / 1_000);

function figureOf(own: number[], peerMs: number, timesBetter: number, peer: string): Figure {
  return againstPeer(
    {
      value: median(own),
      unit: 'ms',
      peer,
      peerValue: peerMs,
      better: 'less',
      note:
        `until the pause of a campaign with ${journeys} resident journeys is effective for all. Own: transaction, commit, and the ` +
        `gate's first hold; the median of ${rounds}, after each of which the gate held ${askedEachRound} further journeys. Peer: until ` +
        `every workflow has the signal in its history. The workflows rest on a condition and take in the signal; a worker attends them`,
    },
    timesBetter,
  );
}

type Crowd = { organizationId: string; campaignId: string; ids: string[] };

/** The rows of the journeys; a journey's workflow has its row's id. */
async function enrol(database: Database): Promise<Crowd> {
  const { organizationId } = await mintOrganization(database);
  const campaign = await mintCampaign(database, organizationId, { definition: tinyJourney });
  const { campaignId, versionId } = campaign;
  const launchId = await mintLaunch(database, organizationId, campaign, []);
  const rows = await withOrganization(database, systemScope(organizationId), (tx) =>
    rowsOf<{ id: string }>(
      tx,
      sql`
        with l as (
          insert into leads (organization_id, phone, raw_phone, first_name, time_zones)
          select ${organizationId}::uuid, '+1202' || (2000000 + nr), '', 'Ada', array['Etc/GMT']
          from generate_series(1, ${journeys}::int) nr returning id)
        insert into journeys (organization_id, lead_id, campaign_id, launch_id, version_id, workflow_id, waiting_for)
        select ${organizationId}::uuid, id, ${campaignId}::uuid, ${launchId}::uuid, ${versionId}::uuid, id::text, 'timer' from l
        returning id`,
    ),
  );
  return { organizationId, campaignId, ids: rows.map(({ id }) => id) };
}

/** Milliseconds from asking for the pause until the gate holds a journey. Others are asked as well, and it is lifted. */
async function pauseOnce(database: Database, { organizationId, campaignId, ids }: Crowd): Promise<number> {
  const change = (what: PauseChange) =>
    withOrganization(database, systemScope(organizationId), (tx) =>
      setPaused(tx, organizationId, { kind: 'campaign', id: campaignId }, what, {
        userId: null,
        requestId: 'bench',
      }),
    );
  const requireHeld = async (journeyId: string) => {
    const said = await askGate(database, organizationId, journeyId);
    if (said !== 'CAMPAIGN_PAUSED') throw new Error(`The gate says ${said} of a paused campaign`);
  };
  const beganAt = performance.now();
  await change({ change: 'pause' });
  await requireHeld(ids[0]!);
  const tookMs = performance.now() - beganAt;
  for (let nr = 0; nr < askedEachRound; nr += 1) await requireHeld(ids[(nr * 97) % ids.length]!);
  await change({ change: 'resume', policy: null });
  if ((await askGate(database, organizationId, ids[0]!)) === 'CAMPAIGN_PAUSED')
    throw new Error('The gate holds a campaign that is resumed');
  return tookMs;
}

async function askGate(database: Database, organizationId: string, journeyId: string): Promise<string> {
  return withOrganization(database, systemScope(organizationId), async (tx) => {
    const context = await readFacts(tx, {
      subject: { journeyId, stepId: 'text' },
      touchKey: 'text:1',
      channel: 'sms',
    });
    if (!context) throw new Error('There is no such journey');
    const decision = decide({ ...context.gate, channel: 'sms', urgent: false, expiresAt: null });
    return 'code' in decision ? decision.code : decision.decision;
  });
}
