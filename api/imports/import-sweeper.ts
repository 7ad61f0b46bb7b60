import type { Logger } from 'pino';
import type { Database } from '#db/database.ts';
import { organizationIds } from '#db/queries/identity.ts';
import { importsToStart } from '#db/queries/imports.ts';
import { createSweeping } from '../sweeping.ts';
import type { Workflows } from '../workflows.ts';

const sweepEveryMs = 10_000;
const stuckAfterSeconds = 10;

/** Starts the workflows of imports that were begun while Temporal could not be reached. To one that runs it means nothing. */
export function createImportSweeper(deps: { database: Database; workflows: Workflows; logger: Logger }) {
  const { database, workflows, logger } = deps;
  async function sweep(): Promise<void> {
    for (const organizationId of await organizationIds(database)) {
      for (const { importId } of await importsToStart(database, organizationId, stuckAfterSeconds)) {
        await workflows.startImport({ organizationId, importId });
      }
    }
  }

  const failure = 'imports that wait to be started could not be looked through';
  return createSweeping(sweep, { everyMs: sweepEveryMs, logger, failure });
}
