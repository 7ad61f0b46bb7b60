import { judge, describeViolation } from './demo/judgement.ts';
import { UsageError, parseDemoOptions, usage } from './demo/options.ts';
import type { DemoOptions } from './demo/options.ts';
import { formatReport, readCounts } from './demo/report.ts';
import type { Report } from './demo/report.ts';
import { runCampaign } from './demo/run-campaign.ts';
import { startDryRun } from './demo/dry-run.ts';

/*
 * `npm run demo`: the whole product on skipped time, with a file of leads, ending in a report. The last line is JSON when
 * asked for. Any broken promise or failed journey makes the exit code 1.
 */

async function demo(options: DemoOptions): Promise<number> {
  const startedAt = performance.now();
  const say = (line: string) => console.log(`  ${line}`);
  console.log(`A dry run of ${options.days} days, seed ${options.seed}${faultsOf(options)}.`);
  const dryRun = await startDryRun(options, say);
  // Told to stop, it leaves nothing running.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void dryRun.stop().finally(() => process.exit(1)));
  }
  try {
    const imported = await runCampaign(dryRun, options, say);
    const { claims, ...counts } = await readCounts(dryRun.database, dryRun.demo.organizationId);
    const { violations, counts: violationCounts } = judge(dryRun.ledger, options.csv, claims);
    const report: Report = {
      leads: imported,
      ...counts,
      violations: violationCounts,
      virtualDays: options.days,
      wallSeconds: Math.round((performance.now() - startedAt) / 100) / 10,
      seed: options.seed,
    };
    const notes = dryRun.faultNotes();
    console.log(`\n${formatReport(report, notes)}`);
    for (const violation of violations) console.log(describeViolation(violation));
    if (options.json) console.log(JSON.stringify(report));
    const broken = Object.values(report.violations).some((count) => count > 0);
    return broken || report.journeys.failed > 0 ? 1 : 0;
  } finally {
    await dryRun.stop();
  }
}

function faultsOf({ carrierFaults, killWorker }: DemoOptions): string {
  const names = [...carrierFaults, ...(killWorker ? ['kill_worker'] : [])];
  return names.length > 0 ? `, with faults: ${names.join(', ')}` : '';
}

try {
  process.exitCode = await demo(parseDemoOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}
process.exit();
