import { ConfigError, readEnvironment } from '#config/environment.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { migrationVariables } from './launcher/config.ts';
import { requireDatabase } from './launcher/database.ts';
import { provideDemo } from './launcher/demo.ts';
import { withDotEnv } from './launcher/dot-env.ts';

/*
 * `npm run db:migrate`: brings the database to this version's schema, as the owner, before the processes are started.
 * With SEED_DEMO=true it also makes the demo organisation in an empty database and prints its login.
 */

try {
  const env = withDotEnv(process.env);
  const variables = readEnvironment(migrationVariables, env);
  const ownerUrl = variables.DATABASE_OWNER_URL ?? variables.DATABASE_URL;
  await requireDatabase(variables.DATABASE_OWNER_URL ? 'DATABASE_OWNER_URL' : 'DATABASE_URL', ownerUrl);
  await migrateDatabase(ownerUrl);
  console.log("The database has this version's schema.");
  if (variables.SEED_DEMO === 'true') {
    const demo = await provideDemo(variables.DATABASE_URL, console.log, null);
    if (demo) console.log(`Sign in as ${demo.email}, password ${demo.password}; API key ${demo.apiKey}`);
  }
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
