import type { Logger } from 'pino';
import type { Database } from '#db/database.ts';
import { organizationIds } from '#db/queries/identity.ts';
import {
  markFailedAttempt,
  readBacklog,
  storeInboundDelivery,
  storeTouchStatus,
} from '#db/queries/webhook-inbox.ts';
import type { Delivery, TouchStatusKind } from '#db/queries/webhook-inbox.ts';
import type { Metrics } from '../metrics.ts';
import type { Workflows } from '../workflows.ts';
import { processDelivery } from './process.ts';
import { createWorkQueue } from './work-queue.ts';

const sweepEveryMs = 5_000;
const sweepLimit = 1_000;
/** Fewer than the pool has connections, so that requests are never starved by webhooks. */
const concurrency = 4;

type Accepted = 'stored' | 'duplicate' | 'unknown';

export type Inbox = {
  /**
   * Stores a text from outside once and lets it be worked on in the background; when this returns it is safe to
   * acknowledge. `unknown` when our number in it is nobody's: then nothing is stored.
   */
  acceptText(text: {
    ourNumber: string;
    dedupeKey: string;
    payload: Record<string, string>;
  }): Promise<Accepted>;
  /** The same for a status of a touch; `unknown` when that is not ours or the sid is another touch's. */
  acceptStatus(
    delivery: Delivery & { kind: TouchStatusKind },
    touch: { id: string; sid: string },
  ): Promise<Accepted>;
  /** Works at once on what an organisation's own change has put there; without this it is found some seconds later. */
  hurry(organizationId: string): void;
  /** Resolves when everything that is stored has been worked on; what keeps failing is given up after its attempts. */
  drain(): Promise<void>;
  /** Begins to look for what was left behind by a crash or an outage. */
  start(): void;
  /** Ends looking, and finishes what is in hand. */
  stop(): Promise<void>;
  /** Whether this process has nothing in hand. */
  idle(): boolean;
};

/**
 * The inbox between the carrier and the journeys: a webhook is acknowledged when its row is committed and worked on
 * afterwards, so that neither a crash nor a Temporal outage loses what the carrier told us.
 */
export function createInbox(deps: {
  database: Database;
  workflows: Workflows;
  logger: Logger;
  metrics: Metrics;
}): Inbox {
  const { database, logger, metrics } = deps;
  const queue = createWorkQueue(concurrency);
  let sweeper: ReturnType<typeof setInterval> | undefined;
  let sweeping: Promise<number> | null = null;

  function enqueue(organizationId: string, id: string): void {
    queue.add(id, () => work(organizationId, id));
  }

  function taken(organizationId: string, id: string | null): Accepted {
    if (id === null) return 'duplicate';
    enqueue(organizationId, id);
    return 'stored';
  }

  async function work(organizationId: string, id: string): Promise<void> {
    try {
      const kind = await processDelivery(deps, organizationId, id);
      if (kind === null) return;
      metrics.inboxProcessed.inc({ kind, result: 'done' });
    } catch (error) {
      metrics.inboxProcessed.inc({ kind: 'any', result: 'failed' });
      const reason = describe(error);
      logger.warn({ organizationId, inboxId: id, reason }, 'a stored webhook could not be worked on yet');
      // When even this fails the row stays as it is, and the sweeper comes back to it.
      await markFailedAttempt(database, organizationId, id, reason).catch(() => {});
    }
  }

  /** Queues what was left behind; answers with how many rows that were. */
  async function sweep(everything: boolean): Promise<number> {
    let due = 0;
    let pending = 0;
    for (const organizationId of await organizationIds(database)) {
      const backlog = await readBacklog(database, organizationId, { everything, limit: sweepLimit });
      for (const id of backlog.due) enqueue(organizationId, id);
      due += backlog.due.length;
      pending += backlog.pending;
    }
    metrics.inboxBacklog.set(pending);
    return due;
  }

  function sweepInBackground(): void {
    sweeping ??= sweep(false)
      .catch((error: unknown) => {
        logger.warn({ reason: describe(error) }, 'the webhook inbox could not be looked through');
        return 0;
      })
      .finally(() => (sweeping = null));
  }

  return {
    async acceptText(text) {
      const { organizationId, id } = await storeInboundDelivery(database, text);
      return organizationId === null ? 'unknown' : taken(organizationId, id);
    },
    async acceptStatus(delivery, touch) {
      const { known, id } = await storeTouchStatus(database, delivery, touch);
      return known ? taken(delivery.organizationId, id) : 'unknown';
    },
    hurry(organizationId) {
      readBacklog(database, organizationId, { everything: true, limit: sweepLimit }).then(
        ({ due }) => due.forEach((id) => enqueue(organizationId, id)),
        () => {},
      );
    },
    async drain() {
      do await queue.idle();
      while ((await sweep(true)) > 0);
    },
    start() {
      sweeper ??= setInterval(sweepInBackground, sweepEveryMs);
      sweepInBackground();
    },
    async stop() {
      clearInterval(sweeper);
      sweeper = undefined;
      await sweeping;
      await queue.idle();
    },
    idle: () => queue.size() === 0,
  };
}

/** A database's message may quote values, so only what an error is called is kept. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
