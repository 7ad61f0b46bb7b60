import { createActivities } from '#activities/index.ts';
import { openHome } from './home.ts';
import { startDevServer } from './dev-servers.ts';
import { startPostgres, openBenchDatabase } from './database.ts';
import { installRuntime, startWorker } from './workers.ts';
import { activityDependencies, nowhere } from './dependencies.ts';
import { makeCohort } from './cohort.ts';
import * as c from './launch/contenders.ts';
const N = Number(process.argv[2] ?? 400), R = Number(process.argv[3] ?? 3);
const home = await openHome();
try {
  installRuntime();
  const database = openBenchDatabase(home, await startPostgres(home));
  const stock = await startDevServer(home, 'stock'), tuned = await startDevServer(home, 'tuned');
  await startWorker(home, { ...tuned, client: undefined, kind: undefined, taskQueue: c.launchQueue, activities: createActivities(activityDependencies({ database, temporal: tuned.client, taskQueue: c.unattendedQueue, carrierUrl: nowhere })) } as never);
  if (process.argv[4]) for (const srv of [stock, tuned]) await startWorker(home, { address: srv.address, namespace: srv.namespace, taskQueue: c.unattendedQueue, activities: createActivities(activityDependencies({ database, temporal: srv.client, taskQueue: c.unattendedQueue, carrierUrl: nowhere })) });
  const cohort = await makeCohort(database, N);
  const all: Record<string, c.Contender> = { own: c.ownLaunch(tuned, database, cohort), bareStock: c.bareLoop(stock, database, cohort), children: c.children(tuned, database, cohort) };
  const out: Record<string, string[]> = {};
  for (let r=-1;r<R;r++) for (const [n, f] of Object.entries(all)) {
    const count = r<0?50:N; const run = await f(count); const t=performance.now(); await run(); const s=(performance.now()-t)/1000;
    (out[n] ??= []).push((count/s).toFixed(0)); console.log(r, n, (count/s).toFixed(0));
  }
  console.log(out);
} finally { await home.close(); }
