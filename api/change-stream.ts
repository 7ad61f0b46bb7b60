import pg from 'pg';
import type { Logger } from 'pino';
import type { Database } from '#db/database.ts';

/** The trigger on `events` announces the organisation of every change here. */
const channel = 'leadway_events';

/** Also the net under lost notifications, and for changes that an older open transaction still hides. */
const pollEveryMs = 2_000;
const reconnectAfterMs = 1_000;

export type ChangeStream = {
  /** Calls `wake` whenever there may be something new for that organisation, until the returned function is called. */
  subscribe(organizationId: string, wake: () => void): () => void;
  /** Ends every subscription: `closing` tells those who follow. */
  close(): Promise<void>;
  closing: AbortSignal;
};

/**
 * Wakes whoever follows the change feed: one listening connection for the whole process, opened when somebody follows,
 * and a slow poll beside it. It carries no changes itself; followers read the feed from where they are.
 */
export function createChangeStream(deps: { database: Database; logger: Logger }): ChangeStream {
  const followers = new Map<string, Set<() => void>>();
  const closing = new AbortController();
  let listener: pg.Client | null = null;
  let reconnect: ReturnType<typeof setTimeout> | undefined;

  const wakeAll = () => {
    for (const wakes of followers.values()) for (const wake of wakes) wake();
  };
  const poll = setInterval(wakeAll, pollEveryMs);
  poll.unref();

  function listen(): void {
    if (listener !== null || closing.signal.aborted) return;
    const client = new pg.Client(deps.database.pool.options);
    listener = client;
    const lost = () => {
      if (listener !== client) return;
      listener = null;
      void client.end().catch(() => {});
      if (closing.signal.aborted || followers.size === 0) return;
      reconnect = setTimeout(listen, reconnectAfterMs);
    };
    client.on('notification', ({ payload }) => {
      for (const wake of followers.get(payload ?? '') ?? []) wake();
    });
    client.on('error', lost);
    client.on('end', lost);
    client
      .connect()
      .then(() => client.query(`LISTEN ${channel}`))
      // What changed while nobody listened is read now.
      .then(wakeAll)
      .catch(() => {
        deps.logger.warn('the change stream lost its listening connection; it polls until it is back');
        lost();
      });
  }

  return {
    subscribe(organizationId, wake) {
      const wakes = followers.get(organizationId) ?? new Set();
      wakes.add(wake);
      followers.set(organizationId, wakes);
      listen();
      return () => {
        wakes.delete(wake);
        if (wakes.size === 0 && followers.get(organizationId) === wakes) followers.delete(organizationId);
      };
    },
    closing: closing.signal,
    async close() {
      closing.abort();
      clearInterval(poll);
      clearTimeout(reconnect);
      const client = listener;
      listener = null;
      followers.clear();
      await client?.end().catch(() => {});
    },
  };
}
