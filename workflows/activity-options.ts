import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '#activities/index.ts';

/**
 * Short, idempotent work beside the database: one event in the history instead of three. Retried for as long as it
 * takes, because a journey never fails for a database that is away.
 */
export const local = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '30 seconds' },
  localRetryThreshold: '2 seconds',
});

/**
 * A touch: gate, ledger and carrier. It heartbeats, so that a killed worker's touch is taken over soon; it is retried
 * without end, because the ledger makes that safe and an outage must park journeys and not fail them.
 */
export const touch = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', maximumInterval: '5 minutes' },
});

/** Long work through many rows, which remembers by heartbeat where it was. */
export const bulk = proxyActivities<Activities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** A whole file, which may take minutes; what is taken over from a killed worker goes on where it was. */
export const importing = proxyActivities<Activities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});
