import { basename } from 'node:path';
import { dayMs } from '#domain/duration.ts';
import type { DemoOptions } from './options.ts';
import type { DryRun } from './dry-run.ts';
import type { Report } from './report.ts';

type Import = {
  id: string;
  rows: number;
  created: number;
  updated: number;
  rejected: number;
};
type Rejections = { items: { line: number; code: string }[]; nextCursor: string | null };
type Launch = {
  id: string;
  status: string;
  members: { total: number; pending: number; started: number; refused: number };
};

/** What a campaign manager does: upload the file, launch it into the sample campaign, and wait; here for two weeks. */
export async function runCampaign(
  dryRun: DryRun,
  options: DemoOptions,
  say: (line: string) => void,
): Promise<Report['leads']> {
  const file = new FormData();
  file.set('file', new Blob([new Uint8Array(options.csv)], { type: 'text/csv' }), basename(options.file));
  const imported = await dryRun.request<Import>('POST', '/v1/imports', file);
  const rejected: Rejections['items'] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/v1/imports/${imported.id}/rejections?limit=200&cursor=${cursor}`;
    const page: Rejections = await dryRun.request<Rejections>('GET', path);
    rejected.push(...page.items);
    cursor = page.nextCursor;
  }
  say(`${imported.rows} rows read, ${imported.rejected} rejected`);

  const beganMs = (await dryRun.clock.now()).getTime();
  const body = { campaignId: dryRun.demo.campaignId, name: 'Dry run', cohort: { importId: imported.id } };
  const launch = await dryRun.request<Launch>('POST', '/v1/launches', body);
  let { status, members } = launch;
  while (status === 'starting') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    ({ status, members } = await dryRun.request<Launch>('GET', `/v1/launches/${launch.id}`));
  }
  say(`${members.started} journeys started, ${members.refused} refused`);
  await dryRun.passTime(beganMs + options.days * dayMs);
  return {
    rows: imported.rows,
    imported: imported.created + imported.updated,
    rejected: rejected.map(({ line, code }) => ({ line, code })),
  };
}
