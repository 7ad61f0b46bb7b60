import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { createActivities } from '#activities/index.ts';
import type { Activities } from '#activities/index.ts';
import type { ActivityDependencies } from '#activities/dependencies.ts';
import type { Database } from '#db/database.ts';
import { rowsOf } from '#db/queries/rows.ts';
import { leads } from '#db/schema/index.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import {
  mintCampaign,
  mintJourney,
  mintOrganization,
  mintPhone,
  zoneWhereItIsNoon,
} from '#db/testing/factories.ts';
import { leadJourneyWorkflow } from '#workflows/lead-journey/messages.ts';
import type { LeadJourneyInput } from '#workflows/lead-journey/messages.ts';
import { openBenchDatabase, startPostgres } from '../database.ts';
import { activityDependencies, nowhere } from '../dependencies.ts';
import { startDevServer } from '../dev-servers.ts';
import type { DevServer } from '../dev-servers.ts';
import { againstPeer, median, round } from '../figure.ts';
import type { Suite } from '../suite.ts';
import { startWorker } from '../workers.ts';

const journeysARound = 150;
const rounds = 5;
/** Journeys under way at once, as a worker has them. */
const width = 50;

/** Three texts one after the other, urgent ones, because nobody would get three in a row otherwise. */
const threeTexts: JourneyDefinition = {
  start: 'a',
  steps: [
    { id: 'a', kind: 'sms', body: 'One, {{first_name|there}}', urgent: true, next: 'b' },
    { id: 'b', kind: 'sms', body: 'Two, {{first_name|there}}', urgent: true, next: 'c' },
    { id: 'c', kind: 'sms', body: 'Three, {{first_name|there}}', urgent: true, next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

type Start = { workflowId: string; input: LeadJourneyInput };

/** Whole journeys a second with all that a touch does, beside the same workflow whose activities do nothing. */
export const gateSuite: Suite = {
  names: ['gateThroughput'],
  async run(home, _wanted, say) {
    const server = await startDevServer(home, 'tuned');
    const database = await openBenchDatabase(home, await startPostgres(home));
    const deps = withoutCarrier(
      activityDependencies({ database, temporal: server.client, taskQueue: 'gate', carrierUrl: nowhere }),
    );
    const { address, namespace } = server;
    const own = { address, namespace, taskQueue: 'gate', activities: createActivities(deps) };
    await startWorker(home, own);
    await startWorker(home, { ...own, taskQueue: 'no-op', activities: doNothing() });

    const seen = { gate: [] as number[], 'no-op': [] as number[] };
    await runRound(server, 'gate', await enrol(database, 30));
    await runRound(server, 'no-op', await enrol(database, 30));
    for (let index = 0; index < rounds; index += 1) {
      const order = index % 2 === 0 ? (['gate', 'no-op'] as const) : (['no-op', 'gate'] as const);
      for (const contender of order) {
        const starts = await enrol(database, journeysARound);
        const rate = await runRound(server, contender, starts);
        if (contender === 'gate') await requireTexts(database, starts);
        seen[contender].push(rate);
        say(`${contender}: ${round(rate)} journeys/s`);
      }
    }
    const paired = seen.gate.map((rate, index) => `${round(rate / seen['no-op'][index]!)}x`).join(', ');
    return {
      gateThroughput: againstPeer(
        {
          value: median(seen.gate),
          unit: 'journeys/s',
          peer: 'the same workflow with activities that do nothing, on the same server',
          peerValue: median(seen['no-op']),
          better: 'more',
          note:
            `journeys of three texts, ${width} at once, from start to end, each text through facts, lane lock, gate, ` +
            `reservation, rates and ledger on a real Postgres; the carrier accepts at once, in the same process. ` +
            `Rounds: ${paired}`,
        },
        0.85,
      ),
    };
  },
};

async function runRound({ client }: DevServer, taskQueue: string, starts: Start[]): Promise<number> {
  const queue = starts.values();
  const startedAt = performance.now();
  const lane = async () => {
    for (const { workflowId, input } of queue) {
      const ended = await client.workflow.execute(leadJourneyWorkflow, {
        workflowId,
        taskQueue,
        args: [input],
      });
      const { status } = ended as { status: string };
      if (status !== 'completed') throw new Error(`The journey ended as ${status}`);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return starts.length / ((performance.now() - startedAt) / 1_000);
}

/** An organisation of its own with so many enrolled leads, whom nothing forbids to text three times. */
async function enrol(database: Database, count: number): Promise<Start[]> {
  const lane = { textsPerDay: null, textsPerWeek: null };
  const { organizationId } = await mintOrganization(database, {
    settings: { touchesPerSecond: 10_000, lane },
  });
  const campaign = await mintCampaign(database, organizationId, { definition: threeTexts });
  const rows = Array.from({ length: count }, () => {
    const phone = mintPhone();
    return {
      organizationId,
      id: randomUUID(),
      phone,
      rawPhone: phone,
      timeZones: [zoneWhereItIsNoon(new Date())],
    };
  });
  await withOrganization(database, systemScope(organizationId), (tx) => tx.insert(leads).values(rows));
  const starts: Start[] = [];
  for (const { id: leadId } of rows) {
    const { workflowId, ...journey } = await mintJourney(database, organizationId, campaign, leadId);
    starts.push({
      workflowId,
      input: { organizationId, leadId, campaignId: campaign.campaignId, ...journey },
    });
  }
  return starts;
}

/** The carrier is not what is measured: it takes everything at once. */
function withoutCarrier(deps: ActivityDependencies): ActivityDependencies {
  return {
    ...deps,
    messaging: {
      ...deps.messaging,
      sendText: async ({ to, from, body }) => ({
        outcome: 'accepted',
        message: {
          sid: `SM${randomUUID().replaceAll('-', '')}`,
          to,
          from,
          body,
          direction: 'outbound',
          status: 'queued',
          segments: 1,
          priceCents: null,
          errorCode: null,
          createdAt: new Date(),
        },
      }),
    },
  };
}

function doNothing(): Pick<Activities, 'loadJourney' | 'sendText' | 'recordRest'> {
  return {
    loadJourney: async () => ({ definition: threeTexts, facts: { timeZones: ['America/New_York'] } }),
    sendText: async () => ({ outcome: 'done' }),
    recordRest: async () => {},
  };
}

/** That every one of them went through the ledger, or the figure would be about something else. */
async function requireTexts(database: Database, starts: Start[]): Promise<void> {
  const [row] = await withOrganization(database, systemScope(starts[0]!.input.organizationId), (tx) =>
    rowsOf<{ sent: number }>(tx, sql`select count(*)::int as sent from sms_messages where state = 'sent'`),
  );
  if (row?.sent !== 3 * starts.length)
    throw new Error(`${row?.sent} texts of ${3 * starts.length} were sent`);
}
