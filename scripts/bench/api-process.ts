import { join } from 'node:path';
import { startProcess, waitUntilReady } from '#scripts/launcher/managed-process.ts';
import { projectRoot } from '#scripts/launcher/paths.ts';
import { freePort } from '#scripts/launcher/ports.ts';
import { answersHttp } from '#scripts/launcher/readiness.ts';
import { account } from './dependencies.ts';
import type { DevServer } from './dev-servers.ts';
import type { BenchHome } from './home.ts';

/** The API as `npm start` runs it, or what a file makes of it: a process of its own. Answers with its URL. */
export async function startApiProcess(
  home: BenchHome,
  { address, namespace }: Pick<DevServer, 'address' | 'namespace'>,
  databaseUrl: string,
  file: string = join('api', 'main.ts'),
): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { PATH = '' } = process.env;
  const running = await home.begin(
    () =>
      startProcess({
        name: `api-${port}`,
        command: process.execPath,
        args: ['--import', 'tsx', file],
        env: {
          PATH,
          NODE_ENV: 'production',
          DATABASE_URL: databaseUrl,
          TEMPORAL_ADDRESS: address,
          TEMPORAL_NAMESPACE: namespace,
          TWILIO_ACCOUNT_SID: account.accountSid,
          TWILIO_AUTH_TOKEN: account.authToken,
          PUBLIC_URL: url,
          PORT: String(port),
          SESSION_SECRET: 'only-for-this-bench-and-gone-when-it-ends',
        },
        cwd: projectRoot,
        logFolder: home.folder,
        isReady: () => answersHttp(`${url}/readyz`),
        readyTimeoutMs: 60_000,
        graceMs: 5_000,
      }),
    ({ stop }) => stop(),
  );
  await waitUntilReady(running);
  return url;
}
