import type { Logger } from 'pino';
import type { Database } from '#db/database.ts';
import { organizationIds } from '#db/queries/identity.ts';
import { launchesToStart } from '#db/queries/launch-changes.ts';
import type { Metrics } from '../metrics.ts';
import { createSweeping } from '../sweeping.ts';
import type { Workflows } from '../workflows.ts';

const sweepEveryMs = 10_000;
const stuckAfterSeconds = 10;

/**
 * Makes up for requests that wrote their row and then found no Temporal, or did not live to tell it: launches whose
 * workflow was never started, or never heard that they are resumed. To one that is at work this means nothing.
 */
export function createLaunchSweeper(deps: {
  database: Database;
  workflows: Workflows;
  metrics: Metrics;
  logger: Logger;
}) {
  const { database, workflows, metrics, logger } = deps;
  /** Looks once through all organisations. */
  async function sweep(): Promise<void> {
    for (const organizationId of await organizationIds(database)) {
      for (const launch of await launchesToStart(database, organizationId, stuckAfterSeconds)) {
        await workflows.nudgeLaunch({ organizationId, ...launch });
        metrics.launchesStarted.inc({ by: 'sweeper' });
      }
    }
  }

  const failure = 'launches that wait to be started could not be looked through';
  return createSweeping(sweep, { everyMs: sweepEveryMs, logger, failure });
}
