import type { Attack } from './attack.ts';
import { attacks } from './attacks/index.ts';
import { UsageError, parseChaosOptions, usage } from './options.ts';
import type { ChaosOptions } from './options.ts';
import { closeAllPlaces } from './place.ts';
import { installRuntime } from '#scripts/bench/workers.ts';
import { untilToldToStop } from '#scripts/launcher/stop-signal.ts';

/*
 * `npm run chaos`: the product under attack, one attack after the other, each with its own servers. Every attack ends in
 * how often it was tried and how often a promise broke. The last line is JSON when asked for; a broken promise, or an
 * attack that breaks itself, makes the exit code 1.
 */

const names = attacks.map(({ name }) => name);
type Result = { name: string; trials: number; failures: number; note: string };

/** Far beyond what a busy machine needs: an attack that hangs must end by itself too. */
const limitMs = 60 * 60_000;

async function chaos({ json, names: wanted, seed, scale }: ChaosOptions): Promise<number> {
  const { told } = untilToldToStop();
  installRuntime();
  const results: Result[] = [];
  try {
    for (const attack of attacks.filter(({ name }) => wanted.includes(name))) {
      console.error(`${attack.name} (${scale}, seed ${seed}) …`);
      const beganAt = performance.now();
      const result = await Promise.race([attempt(attack, { scale, seed }), told.then(() => null)]);
      if (result === null) return 130;
      results.push(result);
      const seconds = Math.round((performance.now() - beganAt) / 1_000);
      const { name, trials, failures, note } = result;
      console.log(`${name.padEnd(20)} ${trials} trials, ${failures} failures, ${seconds} s\n    ${note}`);
    }
    if (json) console.log(JSON.stringify(results));
    return results.every(({ failures }) => failures === 0) ? 0 : 1;
  } finally {
    await closeAllPlaces();
  }
}

/** An attack that breaks has proven nothing: that counts as a failure, and the note says what broke. */
async function attempt(attack: Attack, options: Pick<ChaosOptions, 'scale' | 'seed'>): Promise<Result> {
  const { name } = attack;
  const say = (line: string) => console.error(`  ${line}`);
  const running = attack.run({ ...options, say });
  running.catch(() => {});
  try {
    return { name, ...(await Promise.race([running, tooLong()])) };
  } catch (error) {
    console.error(error);
    await closeAllPlaces();
    const reason = error instanceof Error ? error.message : String(error);
    return { name, trials: 0, failures: 1, note: `the attack broke: ${reason.split('\n')[0]}` };
  }
}

function tooLong(): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new Error(`not over after ${limitMs / 60_000} minutes`));
    setTimeout(fail, limitMs).unref();
  });
}

// Libraries whose server is killed may throw from a timer; what an attack depends on it hears of where it waits.
process.on('uncaughtException', (error) => console.error(`  (${error.message})`));
process.on('unhandledRejection', (error) => console.error(`  (${String(error)})`));

try {
  process.exitCode = await chaos(parseChaosOptions(process.argv.slice(2), names));
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage(names)}` : error);
  process.exitCode = 1;
}
process.exit();
