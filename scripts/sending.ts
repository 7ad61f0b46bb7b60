import { Client, Connection } from '@temporalio/client';
import { ConfigError, readEnvironment } from '#config/environment.ts';
import { loadTemporalConfig, namesTemporal } from '#config/temporal.ts';
import { createWorkflows } from '#api/workflows.ts';
import { openDatabase } from '#db/database.ts';
import { embeddedPostgresUrl } from '#db/embedded-postgres.ts';
import { launcherVariables } from './launcher/config.ts';
import { withDotEnv } from './launcher/dot-env.ts';
import { dataPaths } from './launcher/paths.ts';
import { changeSending } from './sending/change-sending.ts';
import { UsageError, parseSendingCommand, usage } from './sending/options.ts';

/*
 * `npm run sending -- stop | resume | status`: stops or frees the sending of the whole installation. There is no HTTP
 * route for it, because no organisation's user may stop the others. It needs DATABASE_URL and nothing else to stop;
 * without one it is about the installation that `npm start` runs here.
 */

const { LEADWAY_DATA, DATABASE_URL, POSTGRES_PORT, TEMPORAL_PORT } = launcherVariables;

try {
  const command = parseSendingCommand(process.argv.slice(2));
  const env = withDotEnv(process.env);
  const given = readEnvironment({ LEADWAY_DATA, DATABASE_URL, POSTGRES_PORT, TEMPORAL_PORT }, env);
  const dataDirectory = dataPaths(given.LEADWAY_DATA).postgres;
  const url = given.DATABASE_URL ?? (await embeddedPostgresUrl({ dataDirectory, port: given.POSTGRES_PORT }));
  const database = openDatabase({ url, poolSize: 1 });
  try {
    await changeSending(
      database,
      command,
      (organizations) => wake(env, given.TEMPORAL_PORT, organizations),
      console.log,
    );
  } finally {
    await database.close();
  }
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
  else console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}

async function wake(env: NodeJS.ProcessEnv, localPort: number, organizations: string[]): Promise<void> {
  const { connectionOptions, namespace, taskQueue } = loadTemporalConfig(env);
  const address = namesTemporal(env) ? connectionOptions.address : `127.0.0.1:${localPort}`;
  const connection = await Connection.connect({ ...connectionOptions, address, connectTimeout: 5_000 });
  try {
    const workflows = createWorkflows({ temporal: new Client({ connection, namespace }), taskQueue });
    for (const organizationId of organizations) {
      const message = { tell: 'wake' } as const;
      await workflows.tellJourneys({
        organizationId,
        audience: { organizationWide: true },
        heldOnly: true,
        message,
      });
    }
  } finally {
    await connection.close();
  }
}
