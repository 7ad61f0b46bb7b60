import { join } from 'node:path';
import { ConfigError } from '#config/environment.ts';
import { loadLauncherConfig } from './launcher/config.ts';
import type { LauncherConfig } from './launcher/config.ts';
import { withDotEnv } from './launcher/dot-env.ts';
import { launch } from './launcher/launch.ts';
import { projectRoot } from './launcher/paths.ts';
import { answersHttp } from './launcher/readiness.ts';
import { describeLaunch } from './launcher/report.ts';
import { untilToldToStop } from './launcher/stop-signal.ts';
import { supervise } from './launcher/supervisor.ts';
import { watchSources } from './launcher/watch.ts';

/*
 * `npm run dev`: like `npm start`, but from the sources. A changed file starts the processes anew that are made of it,
 * and the web application is served by Vite, which shows changes at once.
 */

const say = (line: string) => console.log(`  ${line}`);
const webUrl = 'http://localhost:5173';

async function develop(): Promise<void> {
  const config = loadLauncherConfig(withDotEnv(process.env));
  const stopSignal = untilToldToStop();
  console.log('Leadway is starting from its sources.');
  const { signal } = stopSignal;
  const launched = await launch(config, { say, signal, fromSources: true });
  const web = supervise(webSpec(config), { restarts: 0, say, signal });
  try {
    await web.ready;
    const unwatch = watchSources(async (names) => {
      if (signal.aborted) return;
      say(`changed: starting ${names.join(', ')} again`);
      await Promise.all(names.map(async (name) => launched.services.get(name)?.restart()));
      if (!signal.aborted) say('ready');
    });
    console.log(describeLaunch(config, launched, webUrl));
    const failure = await Promise.race([launched.failed, web.failed, stopSignal.told]);
    unwatch();
    console.log(failure === undefined ? 'Stopping …' : `Stopping: ${failure}`);
    if (failure !== undefined) process.exitCode = 1;
  } finally {
    await web.stop();
    await launched.stop();
    console.log('Stopped.');
  }
}

function webSpec(config: LauncherConfig) {
  return {
    name: 'web',
    command: process.execPath,
    args: [
      join(projectRoot, 'node_modules', 'vite', 'bin', 'vite.js'),
      '--config',
      join('web', 'vite.config.ts'),
      '--strictPort',
    ],
    env: { ...config.environment, API_URL: `http://127.0.0.1:${config.ports.PORT}` },
    cwd: projectRoot,
    logFolder: config.data.logs,
    isReady: () => answersHttp(webUrl),
    readyTimeoutMs: 60_000,
    graceMs: 1_000,
  };
}

try {
  await develop();
} catch (error) {
  console.error(
    error instanceof ConfigError ? error.message : `Leadway cannot start: ${(error as Error).message}`,
  );
  process.exitCode = 1;
}
process.exit();
