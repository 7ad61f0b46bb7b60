import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';

type Budget = { leftMs: number };

const patience = new AsyncLocalStorage<Budget>();

/**
 * Lets `work` wait for connections to the database for so many milliseconds altogether, however many it needs one after
 * the other. What it leaves running behind it may take its time again.
 */
export async function withPatience<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const budget: Budget = { leftMs: ms };
  try {
    // Awaited inside: a statement that is only begun when somebody waits for it belongs to the work.
    return await patience.run(budget, async () => await work());
  } finally {
    budget.leftMs = Infinity;
  }
}

type Connect = () => Promise<pg.PoolClient>;
type Callback = (error: Error | undefined, client?: pg.PoolClient, release?: () => void) => void;

/** Makes whoever waits for a connection of this pool wait within the patience that they were given, if any. */
export function connectWithPatience(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool) as Connect;
  const patient = (callback?: Callback) => {
    const connecting = within(patience.getStore(), connect);
    if (!callback) return connecting;
    // The pool's own `query` asks in this older way.
    // oxlint-disable promise/no-callback-in-promise
    connecting.then(
      (client) => callback(undefined, client, () => client.release()),
      (error: Error) => callback(error),
    );
    // oxlint-enable promise/no-callback-in-promise
  };
  pool.connect = patient as typeof pool.connect;
}

async function within(budget: Budget | undefined, connect: Connect): Promise<pg.PoolClient> {
  if (budget === undefined || budget.leftMs === Infinity) return connect();
  const beganAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const give = () => reject(new Error('timeout exceeded when trying to connect'));
    timer = setTimeout(give, Math.max(0, budget.leftMs));
  });
  const connecting = connect();
  try {
    return await Promise.race([connecting, tooLate]);
  } catch (error) {
    // It may come all the same, and is then somebody else's.
    connecting.then(
      (client) => client.release(),
      () => {},
    );
    throw error;
  } finally {
    clearTimeout(timer);
    budget.leftMs -= performance.now() - beganAt;
  }
}
