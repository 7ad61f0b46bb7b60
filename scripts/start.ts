import { ConfigError } from '#config/environment.ts';
import { loadLauncherConfig } from './launcher/config.ts';
import { withDotEnv } from './launcher/dot-env.ts';
import { launch } from './launcher/launch.ts';
import { describeLaunch } from './launcher/report.ts';
import { untilToldToStop } from './launcher/stop-signal.ts';

/*
 * `npm start`: the whole product on this machine. What the environment says runs elsewhere is used there, the rest is
 * started here, with its data in `.leadway`.
 */

const say = (line: string) => console.log(`  ${line}`);

async function start(): Promise<void> {
  const config = loadLauncherConfig(withDotEnv(process.env));
  const stopSignal = untilToldToStop();
  console.log('Leadway is starting.');
  const launched = await launch(config, { say, signal: stopSignal.signal, fromSources: false }).catch(
    (error: unknown) => {
      if (stopSignal.signal.aborted) return null;
      throw error;
    },
  );
  if (launched === null) return console.log('Stopped.');
  console.log(describeLaunch(config, launched));
  const failure = await Promise.race([launched.failed, stopSignal.told]);
  console.log(failure === undefined ? 'Stopping …' : `Stopping: ${failure}`);
  const startedAt = performance.now();
  await launched.stop();
  console.log(`Stopped (${((performance.now() - startedAt) / 1000).toFixed(1)} s).`);
  if (failure !== undefined) process.exitCode = 1;
}

try {
  await start();
} catch (error) {
  console.error(
    error instanceof ConfigError ? error.message : `Leadway cannot start: ${(error as Error).message}`,
  );
  process.exitCode = 1;
}
// A connection that a library still holds must not keep a finished launcher alive.
process.exit();
