import { gateSuite } from './gate/gate-throughput.ts';
import { importSuite } from './imports/import-speed.ts';
import { journeySuite } from './journey/journey-cost.ts';
import { launchSuite } from './launch/launch-rate.ts';
import { openHome } from './home.ts';
import { UsageError, parseBenchOptions, usage } from './options.ts';
import type { BenchOptions } from './options.ts';
import { formatJson, formatTable } from './report.ts';
import type { Figure } from './figure.ts';
import { pauseSuite } from './pause/pause-at-scale.ts';
import { readSuite } from './reads/lead-reads.ts';
import { boardSuite } from './reads/board.ts';
import { stepSuite } from './steps/step-latency.ts';
import type { Suite } from './suite.ts';
import { webhookSuite } from './webhooks/webhook-ingest.ts';
import { installRuntime } from './workers.ts';
import { untilToldToStop } from '#scripts/launcher/stop-signal.ts';

/*
 * `npm run bench`: what the product promises about its cost and speed, each measured beside its peer in this run, in a
 * folder of its own. The last line is JSON when asked for. A promise that does not hold makes the exit code 1.
 */

const suites: Suite[] = [
  launchSuite,
  journeySuite,
  gateSuite,
  stepSuite,
  webhookSuite,
  pauseSuite,
  readSuite,
  boardSuite,
  importSuite,
];
const names = suites.flatMap((suite) => suite.names);
/** Far beyond what a busy machine needs: a run that hangs must end by itself too. */
const limitMs = 30 * 60_000;

async function bench({ json, names: wanted }: BenchOptions): Promise<number> {
  const startedAt = performance.now();
  const say = (line: string) => console.error(`  ${line}`);
  const home = await openHome();
  const { told } = untilToldToStop();
  const measuring = measure();
  // When the run is broken off, what it was waiting for fails as well; that is no news.
  measuring.catch(() => {});
  try {
    const figures = await Promise.race([measuring, told.then(() => null), tooLong()]);
    if (figures === null) return 130;
    console.log(`\n${formatTable(figures)}\n`);
    say(`measured in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
    if (json) console.log(formatJson(figures));
    return Object.values(figures).every(({ holds }) => holds) ? 0 : 1;
  } finally {
    // Libraries whose server goes away may still throw from a timer: that must not keep the rest from being ended.
    process.on('uncaughtException', () => {});
    await home.close();
  }

  async function measure(): Promise<Record<string, Figure>> {
    installRuntime();
    const figures: Record<string, Figure> = {};
    for (const suite of suites) {
      const mine = suite.names.filter((name) => wanted.includes(name));
      if (mine.length === 0) continue;
      console.error(`Measuring ${mine.join(', ')} …`);
      Object.assign(figures, await home.during(() => suite.run(home, mine, say)));
    }
    return figures;
  }
}

function tooLong(): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new Error(`The run has not ended after ${limitMs / 60_000} minutes`));
    setTimeout(fail, limitMs).unref();
  });
}

try {
  process.exitCode = await bench(parseBenchOptions(process.argv.slice(2), names));
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage(names)}` : error);
  process.exitCode = 1;
}
process.exit();
