import type { Logger } from 'pino';
import type { Database } from '#db/database.ts';
import { callbacksToStart } from '#db/queries/callbacks.ts';
import { organizationIds } from '#db/queries/identity.ts';
import { createSweeping } from '../sweeping.ts';
import type { Workflows } from '../workflows.ts';

const sweepEveryMs = 10_000;
const unstartedAfterSeconds = 10;

/** Started in one round for one organisation: a worker that is away must not make every round long. */
const roundSize = 200;

/**
 * Makes up for whoever wrote a promise and then found no Temporal, or did not live to start its workflow; also for a
 * workflow that was lost: what nobody settles in time is begun again, found to be missed, and becomes a task.
 */
export function createCallbackSweeper(deps: { database: Database; workflows: Workflows; logger: Logger }) {
  const { database, workflows, logger } = deps;

  async function sweep(): Promise<void> {
    for (const organizationId of await organizationIds(database)) {
      const waiting = { olderThanSeconds: unstartedAfterSeconds, limit: roundSize };
      for (const callback of await callbacksToStart(database, organizationId, waiting)) {
        await workflows.startCallback({ organizationId, ...callback });
      }
    }
  }

  const failure = 'callbacks that wait to be started could not be looked through';
  return createSweeping(sweep, { everyMs: sweepEveryMs, logger, failure });
}
