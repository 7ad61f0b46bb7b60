import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inParallel } from '#activities/in-parallel.ts';
import { mintTouches } from '#scripts/chaos/attacks/storm/touches.ts';
import type { TouchedOrganization } from '#scripts/chaos/attacks/storm/touches.ts';
import { startApiProcess } from '../api-process.ts';
import { openBenchDatabase, startPostgres } from '../database.ts';
import { account } from '../dependencies.ts';
import { startDevServer } from '../dev-servers.ts';
import type { DevServer } from '../dev-servers.ts';
import { round, withinLimit } from '../figure.ts';
import type { BenchHome } from '../home.ts';
import type { Suite } from '../suite.ts';
import { tripsOfDuplicate } from './duplicate-trips.ts';
import { percentile, sendSteadily } from './load.ts';
import type { LoadResult } from './load.ts';
import { carrierReports, shareOfDuplicates, signalled } from './script.ts';

const names = ['webhookAckP99', 'webhookDuplicateRoundTrips'] as const;
const perSecond = 300;
const rounds = 3;
/** About ten seconds of requests a round. */
const touches = { texts: 480, calls: 120 };
const warmUp = { texts: 90, calls: 20 };

const contenders = {
  own: join('api', 'main.ts'),
  workFirst: join('scripts', 'bench', 'webhooks', 'work-first-process.ts'),
};
type Contender = keyof typeof contenders;

/**
 * How fast webhooks are acknowledged while they are worked on, by the API as `npm start` runs it: a process of its own, a
 * Postgres that writes everything down, and Temporal with a running workflow for everybody who is signalled.
 */
export const webhookSuite: Suite = {
  names,
  async run(home, wanted, say) {
    const url = await startPostgres(home);
    const database = await openBenchDatabase(home, url);
    const owner = await home.begin(
      async () => new pg.Pool({ connectionString: url, max: 2 }),
      (pool) => pool.end(),
    );
    const asOwner = async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await owner.query<Row>(text, values)).rows;
    const mint = (count: { texts: number; calls: number }) => mintTouches({ url, database, asOwner }, count);
    const notWorkedOn = async ({ organizationId }: TouchedOrganization) => {
      const [row] = await asOwner<{ n: number }>(
        'select count(*)::int as n from webhook_inbox where processed_at is null and organization_id = $1',
        [organizationId],
      );
      return row!.n;
    };
    const figures: Record<string, ReturnType<typeof withinLimit>> = {};

    if (wanted.includes('webhookDuplicateRoundTrips')) {
      const { own, selectThenInsert } = await tripsOfDuplicate(home, url, await mint({ texts: 2, calls: 2 }));
      figures.webhookDuplicateRoundTrips = withinLimit(
        {
          value: own,
          unit: 'round trips',
          peer: 'the same row stored by finding the organisation, selecting and then inserting, in a tenant transaction',
          peerValue: selectThenInsert,
          better: 'less',
          note: 'for a text, a status of a text and a status of a call that have come before, each counted; the dearest of them',
        },
        1,
      );
    }
    if (wanted.includes('webhookAckP99')) {
      const server = await startDevServer(home, 'tuned');
      const seen: Record<Contender, LoadResult> = {
        own: { ackMs: [], refused: 0 },
        workFirst: { ackMs: [], refused: 0 },
      };
      for (let index = 0; index < rounds; index += 1) {
        for (const contender of index % 2 === 0
          ? (['own', 'workFirst'] as const)
          : (['workFirst', 'own'] as const)) {
          const given = { warmUp: await mint(warmUp), load: await mint(touches) };
          const result = await home.during(() => measure(home, server, url, contender, given));
          const left = await notWorkedOn(given.load);
          if (contender === 'own' && left > 0) throw new Error(`${left} webhooks were not worked on`);
          say(`${contender}: ${inWords(result)}`);
          seen[contender].ackMs.push(...result.ackMs);
          seen[contender].refused += result.refused;
        }
      }
      if (seen.own.refused > 0) throw new Error(`${seen.own.refused} webhooks were not acknowledged`);
      figures.webhookAckP99 = withinLimit(
        {
          value: percentile(seen.own.ackMs, 99),
          unit: 'ms',
          peer: 'the same API working on each webhook, signals included, before it answers',
          peerValue: percentile(seen.workFirst.ackMs, 99),
          better: 'less',
          note:
            `${perSecond} a second for ${rounds} times ${Math.round(seen.own.ackMs.length / rounds / perSecond)} s, ` +
            `${shareOfDuplicates * 100} % of them duplicates, sent when they are due whatever became of those before, and worked on ` +
            `meanwhile; ${inWords(seen.own)}; the peer: ${inWords(seen.workFirst)}`,
        },
        50,
      );
    }
    return figures;
  },
};

async function measure(
  home: BenchHome,
  server: DevServer,
  databaseUrl: string,
  contender: Contender,
  given: { warmUp: TouchedOrganization; load: TouchedOrganization },
): Promise<LoadResult> {
  const url = await startApiProcess(home, server, databaseUrl, contenders[contender]);
  const signer = { authToken: account.authToken, publicUrl: url };
  for (const organization of [given.warmUp, given.load]) await startJourneys(server, organization);
  await sendSteadily(url, carrierReports(signer, given.warmUp), perSecond);
  const result = await sendSteadily(url, carrierReports(signer, given.load), perSecond);
  await worksNoMore(url);
  return result;
}

/** Workflows that are told of it and have no worker: a signal costs Temporal what it does, and nobody else anything. */
async function startJourneys({ client }: DevServer, organization: TouchedOrganization): Promise<void> {
  await inParallel(signalled(organization), 32, async ({ workflowId }) => {
    await client.workflow.start('leadJourney', { workflowId, taskQueue: 'nobody', args: [] });
  });
}

/** The next round must find the machine as this one did: nothing has been worked on for a second. */
async function worksNoMore(url: string): Promise<void> {
  const processed = async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return (text.match(/^leadway_inbox_processed_total.* (\d+)$/gm) ?? []).join();
  };
  for (
    let [before, now] = ['', await processed()];
    before !== now;
    [before, now] = [now, await processed()]
  ) {
    await sleep(1_000);
  }
}

function inWords({ ackMs }: LoadResult): string {
  const at = (hundredths: number) => `p${hundredths} ${round(percentile(ackMs, hundredths))} ms`;
  return [at(50), at(95), at(99), `slowest ${round(Math.max(...ackMs))} ms`].join(', ');
}
