import { Connection } from '@temporalio/client';
import { loadTemporalConfig } from '#config/temporal.ts';
import { withDotEnv } from './launcher/dot-env.ts';
import { readTemporalSettings } from './temporal/dev-server.ts';
import { setUpTemporal } from './temporal/setup.ts';

/*
 * `npm run temporal:setup`: registers the namespace, its retention and the search attributes of `temporal-dev.yml` on
 * the cluster that TEMPORAL_ADDRESS names.
 */

try {
  const { connectionOptions, namespace } = loadTemporalConfig(withDotEnv(process.env));
  console.log(`Temporal at ${connectionOptions.address}, namespace ${namespace}:`);
  const connection = await Connection.connect({ ...connectionOptions, connectTimeout: 10_000 });
  try {
    const changes = await setUpTemporal(connection, { ...readTemporalSettings(), namespace });
    console.log(changes.length === 0 ? '  nothing to do' : changes.map((change) => `  ${change}`).join('\n'));
  } finally {
    await connection.close();
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
