import pg from 'pg';
import { openBenchDatabase, startPostgres } from '../database.ts';
import { startDevServer } from '../dev-servers.ts';
import { againstPeer, median, round, withinLimit } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { Suite } from '../suite.ts';
import { percentile } from '../webhooks/load.ts';
import { startApiProcess } from '../api-process.ts';
import { crowdSize, mintCrowd } from './crowd.ts';
import { ask, askEach, listRequests, readRequests, writeRequests } from './requests.ts';
import { pageSize, pagesByQueries } from './workflow-page.ts';

const rounds = 4;
const peer = `a page of ${pageSize} leads by workflow queries, all at once`;

/**
 * How fast the API answers beside 100,000 leads of one organisation: a process of its own, a Postgres that writes
 * everything down, requests over HTTP one after the other.
 */
export const readSuite: Suite = {
  names: ['leadListP95', 'leadListVsQueries', 'apiReadP95', 'apiWriteP95'],
  async run(home, wanted, say) {
    const databaseUrl = await startPostgres(home);
    const database = await openBenchDatabase(home, databaseUrl);
    const owner = await home.begin(
      async () => new pg.Pool({ connectionString: databaseUrl, max: 2 }),
      (pool) => pool.end(),
    );
    const server = await startDevServer(home, 'tuned');
    const queried = await home.during(() => pagesByQueries(home, server));
    say(`pages by queries: ${inWords(queried)}`);
    const crowd = await mintCrowd(database, owner);
    const url = await startApiProcess(home, server, databaseUrl);
    const { body } = await ask<{ items: { id: string }[] }>(url, crowd.apiKey, { path: '/leads?limit=30' });
    const leadIds = body.items.map(({ id }) => id);

    // Once unmeasured: connections are opened and plans are made.
    await askEach(url, crowd, [...listRequests(), ...readRequests(leadIds.slice(0, 3))]);
    const took: Record<'list' | 'plain' | 'read' | 'write', number[]> = {
      list: [],
      plain: [],
      read: [],
      write: [],
    };
    for (let nr = 1; nr <= rounds; nr += 1) {
      const plain = Array.from({ length: 10 }, () => ({ path: `/leads?limit=${pageSize}` }));
      if (wanted.includes('leadListP95')) took.list.push(...(await askEach(url, crowd, listRequests())));
      if (wanted.includes('leadListVsQueries')) took.plain.push(...(await askEach(url, crowd, plain)));
      if (wanted.includes('apiReadP95'))
        took.read.push(...(await askEach(url, crowd, readRequests(leadIds))));
      if (wanted.includes('apiWriteP95'))
        took.write.push(...(await askEach(url, crowd, writeRequests(leadIds, nr))));
    }
    for (const [name, ms] of Object.entries(took)) if (ms.length > 0) say(`${name}: ${inWords(ms)}`);
    return figuresOf(wanted, took, queried);
  },
};

function figuresOf(
  wanted: readonly string[],
  took: Record<'list' | 'plain' | 'read' | 'write', number[]>,
  queried: number[],
): Record<string, Figure> {
  const beside = (ms: number[], what: string) => ({
    value: percentile(ms, 95),
    unit: 'ms',
    peer,
    peerValue: percentile(queried, 95),
    better: 'less' as const,
    note: `${what}, at ${crowdSize} leads of one organisation and 30000 of others; ${inWords(ms)}`,
  });
  const figures: Record<string, Figure> = {};
  if (wanted.includes('leadListP95')) {
    const what = 'GET /leads with mixed filters, orders and searches, slips of the pen among them';
    figures.leadListP95 = withinLimit(beside(took.list, what), 100);
  }
  if (wanted.includes('leadListVsQueries')) {
    const what =
      'the newest page of GET /leads, medians; the queries are not asked to filter, to sort or to find';
    figures.leadListVsQueries = againstPeer(
      { ...beside(took.plain, what), value: median(took.plain), peerValue: median(queried) },
      40,
    );
  }
  if (wanted.includes('apiReadP95')) {
    const what = 'a lead, its timeline, notes, blocks and duplicates, and the lists beside it';
    figures.apiReadP95 = withinLimit(beside(took.read, what), 100);
  }
  if (wanted.includes('apiWriteP95')) {
    const what = 'a new lead, a changed one, a note';
    figures.apiWriteP95 = withinLimit(beside(took.write, what), 200);
  }
  return figures;
}

function inWords(ms: number[]): string {
  const at = (hundredths: number) => `p${hundredths} ${round(percentile(ms, hundredths))} ms`;
  return [at(50), at(95), `slowest ${round(Math.max(...ms))} ms`].join(', ');
}
