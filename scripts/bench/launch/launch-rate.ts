import { setTimeout as sleep } from 'node:timers/promises';
import { createActivities } from '#activities/index.ts';
import type { Database } from '#db/database.ts';
import { countResting, makeCohort, prepareLaunch } from '../cohort.ts';
import type { Cohort, PreparedLaunch } from '../cohort.ts';
import { openBenchDatabase, startPostgres } from '../database.ts';
import { activityDependencies, nowhere } from '../dependencies.ts';
import { startDevServer } from '../dev-servers.ts';
import type { DevServer, DevServerKind } from '../dev-servers.ts';
import { againstPeer, median, round } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { BenchHome } from '../home.ts';
import type { Suite } from '../suite.ts';
import { startWorker } from '../workers.ts';
import { childFanOut, ownLaunch, sequentialLoop, taskQueue } from './contenders.ts';
import type { Contender } from './contenders.ts';
import { createFanOutActivities } from './fan-out-activities.ts';

const leadsARound = 300;
const warmUpLeads = 60;
/** As many rounds as fit into the time, so that a quiet machine measures more and a busy one still ends. */
const rounds = { least: 3, most: 5, budgetMs: 60_000 };
const restTimeoutMs = 120_000;

type Seen = {
  /** Launched leads a second, until the launch is done. */
  startsASecond: number;
  /** Journeys a second, until the last of them has come to its first rest. */
  restsASecond: number;
  /** Starts a second if nothing but the starts had taken time; of those who start one at a time. */
  bareStartsASecond: number | null;
};

/** Journeys started a second, with a worker attending to them as it does in production. */
export const launchSuite: Suite = {
  names: ['launchRate', 'launchRateVsChildren'],
  async run(home, wanted, say) {
    const database = await openBenchDatabase(home, await startPostgres(home));
    const cohort = await makeCohort(database, leadsARound);
    const tuned = await startAttendedServer(home, database, 'tuned');
    const contenders: Record<string, Contender> = { own: ownLaunch(tuned) };
    if (wanted.includes('launchRate')) {
      const stock = await startAttendedServer(home, database, 'stock');
      contenders.loop = sequentialLoop(stock, database);
    }
    if (wanted.includes('launchRateVsChildren')) contenders.children = childFanOut(tuned);

    const { own, loop, children } = await compete(contenders, database, cohort, say);
    const figures: Record<string, Figure> = {};
    if (own && loop) {
      const peer = 'a client launching one lead after the other, on a server with stock flags';
      const bare = round(median(loop.map(({ bareStartsASecond }) => bareStartsASecond ?? NaN)));
      figures.launchRate = figureOf(own, loop, 5, peer, `. The loop's starts alone: ${bare} a second`);
    }
    if (own && children) {
      const peer = 'a parent workflow launching them as its children, 32 at once, on the same server';
      figures.launchRateVsChildren = figureOf(own, children, 3, peer, '');
    }
    return figures;
  },
};

function figureOf(own: Seen[], peer: Seen[], timesBetter: number, peerName: string, more: string): Figure {
  const of = (all: Seen[], what: 'startsASecond' | 'restsASecond') => median(all.map((each) => each[what]));
  const paired = own.map((each, index) => `${round(each.startsASecond / peer[index]!.startsASecond)}x`);
  return againstPeer(
    {
      value: of(own, 'startsASecond'),
      unit: 'journeys/s',
      peer: peerName,
      peerValue: of(peer, 'startsASecond'),
      better: 'more',
      note:
        `launches of ${leadsARound} leads into journeys that begin with a wait: preflight, enrolment, acknowledged start ` +
        `and settling of every lead, on both sides, with a worker attending. Rounds: ${paired.join(', ')}. Until all ` +
        `were at their first rest: ${round(of(own, 'restsASecond'))} against ${round(of(peer, 'restsASecond'))} journeys/s${more}`,
    },
    timesBetter,
  );
}

/** Everybody in turn, in another order each round, so that no one always follows the same one. */
async function compete(
  contenders: Record<string, Contender>,
  database: Database,
  cohort: Cohort,
  say: (line: string) => void,
): Promise<Record<string, Seen[] | undefined>> {
  const seen: Record<string, Seen[]> = {};
  const entries = Object.entries(contenders);
  for (const [, contender] of entries) {
    await launchOnce(contender, database, await prepareLaunch(database, cohort, warmUpLeads));
  }
  const startedAt = performance.now();
  for (let index = 0; index < rounds.most; index += 1) {
    if (index >= rounds.least && performance.now() - startedAt > rounds.budgetMs) break;
    for (const [name, contender] of rotated(entries, index)) {
      const launch = await prepareLaunch(database, cohort, leadsARound);
      const result = await launchOnce(contender, database, launch);
      (seen[name] ??= []).push(result);
      say(`${name}: ${Math.round(result.startsASecond)} journeys/s`);
    }
  }
  return seen;
}

async function launchOnce(contender: Contender, database: Database, launch: PreparedLaunch): Promise<Seen> {
  const startedAt = performance.now();
  const { started, startingMs } = await contender(launch);
  const doneAt = performance.now();
  if (started !== launch.count) throw new Error(`${started} journeys of ${launch.count} were started`);
  // The next contender must find the machine as this one did.
  while ((await countResting(database, launch)) < launch.count) {
    if (performance.now() - doneAt > restTimeoutMs) throw new Error('The journeys did not come to rest');
    await sleep(50);
  }
  const aSecond = (ms: number) => launch.count / (ms / 1_000);
  return {
    startsASecond: aSecond(doneAt - startedAt),
    restsASecond: aSecond(performance.now() - startedAt),
    bareStartsASecond: startingMs === undefined ? null : aSecond(startingMs),
  };
}

async function startAttendedServer(
  home: BenchHome,
  database: Database,
  kind: DevServerKind,
): Promise<DevServer> {
  const server = await startDevServer(home, kind);
  const { address, namespace, client } = server;
  const deps = activityDependencies({ database, temporal: client, taskQueue, carrierUrl: nowhere });
  const activities = { ...createActivities(deps), ...createFanOutActivities(database) };
  await startWorker(home, { address, namespace, taskQueue, activities });
  return server;
}

function rotated<T>(items: T[], by: number): T[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
