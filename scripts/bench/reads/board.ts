import pg from 'pg';
import { openBenchDatabase, startPostgres } from '../database.ts';
import { startDevServer } from '../dev-servers.ts';
import { againstPeer, median, round, withinLimit } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { Suite } from '../suite.ts';
import { percentile } from '../webhooks/load.ts';
import { startApiProcess } from '../api-process.ts';
import { mintCampaignRows } from './campaign-rows.ts';
import { crowdSize, mintCrowd } from './crowd.ts';
import { ask, askEach } from './requests.ts';
import type { ApiRequest } from './requests.ts';
import { pageSize, pagesByQueries } from './workflow-page.ts';

const rounds = 15;

/** How many leads are in each column, or whose journeys are where, is a question to all of them. */
const peer = `queries to all ${crowdSize} workflows, reckoned from pages of ${pageSize} at once`;

/** Words that few, some and many have. */
const searches = ['hooli 17', 'john smith', 'mary'];

/**
 * The pipeline's board and the counters at 100,000 leads of one organisation, each with a journey, texts, calls and
 * dispositions, over HTTP from an API in a process of its own.
 */
export const boardSuite: Suite = {
  names: ['boardP95', 'boardVsQueries', 'countersP95', 'countersVsQueries'],
  async run(home, wanted, say) {
    const databaseUrl = await startPostgres(home);
    const database = await openBenchDatabase(home, databaseUrl);
    const owner = await home.begin(
      async () => new pg.Pool({ connectionString: databaseUrl, max: 2 }),
      (pool) => pool.end(),
    );
    const server = await startDevServer(home, 'tuned');
    const queried = await home.during(() => pagesByQueries(home, server));
    const askingAllMs = (median(queried) / pageSize) * crowdSize;
    say(`${pageSize} queries: ${round(median(queried))} ms`);
    const crowd = await mintCrowd(database, owner);
    const { campaignId, launchId, pipelineId } = await mintCampaignRows(
      database,
      owner,
      crowd.organizationId,
    );
    const url = await startApiProcess(home, server, databaseUrl);

    const boardPath = `/pipelines/${pipelineId}/board`;
    const { body } = await ask<Board>(url, crowd.apiKey, { path: boardPath });
    const boards: ApiRequest[] = [
      { path: boardPath },
      ...searches.map((search) => ({ path: `${boardPath}?search=${encodeURIComponent(search)}` })),
      ...body.columns.map(({ stage, nextCursor }) => ({
        path: `/pipelines/${pipelineId}/stages/${stage.id}/leads?cursor=${nextCursor}`,
      })),
    ];
    const counters = ['/stats', `/campaigns/${campaignId}/stats`, `/launches/${launchId}`].map((path) => ({
      path,
    }));
    // Once unmeasured: connections are opened and plans are made.
    await askEach(url, crowd, [...boards, ...counters]);
    const took: Record<'board' | 'plain' | 'counters', number[]> = { board: [], plain: [], counters: [] };
    for (let nr = 1; nr <= rounds; nr += 1) {
      took.board.push(...(await askEach(url, crowd, boards)));
      took.plain.push(...(await askEach(url, crowd, [{ path: boardPath }])));
      took.counters.push(...(await askEach(url, crowd, counters)));
    }
    for (const [name, ms] of Object.entries(took)) say(`${name}: ${inWords(ms)}`);
    return figuresOf(wanted, took, askingAllMs);
  },
};

type Board = { columns: { stage: { id: string }; nextCursor: string | null }[] };

function figuresOf(
  wanted: readonly string[],
  took: Record<'board' | 'plain' | 'counters', number[]>,
  askingAllMs: number,
): Record<string, Figure> {
  const beside = (ms: number[], value: number, what: string) => ({
    value,
    unit: 'ms',
    peer,
    peerValue: askingAllMs,
    better: 'less' as const,
    note: `${what}, at ${crowdSize} leads with a journey each; ${inWords(ms)}`,
  });
  const board = 'the board, searched and not, and further pages of its columns';
  const counters = 'GET /stats, /campaigns/{id}/stats and /launches/{id}';
  const figures: Record<string, Figure> = {
    boardP95: withinLimit(beside(took.board, percentile(took.board, 95), board), 100),
    boardVsQueries: againstPeer(beside(took.plain, median(took.plain), 'the whole board, medians'), 40),
    countersP95: withinLimit(beside(took.counters, percentile(took.counters, 95), counters), 100),
    countersVsQueries: againstPeer(beside(took.counters, median(took.counters), `${counters}, medians`), 40),
  };
  return Object.fromEntries(Object.entries(figures).filter(([name]) => wanted.includes(name)));
}

function inWords(ms: number[]): string {
  return `p50 ${round(percentile(ms, 50))} ms, p95 ${round(percentile(ms, 95))} ms, slowest ${round(Math.max(...ms))} ms`;
}
