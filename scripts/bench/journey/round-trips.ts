import type { Pool } from 'pg';

/**
 * Counts round trips of one connection. A statement opens a new trip when nothing is on its way, or when a reply has
 * come since the present trip began: then it may have waited for that reply. Statements that are sent behind each
 * other without a reply between them share a trip, as the pipelining connection sends them.
 */
export function createTripMeter() {
  let underWay = 0;
  let replied = false;
  const seen = { trips: 0, statements: 0 };
  return {
    seen,
    sent() {
      if (underWay === 0 || replied) seen.trips += 1;
      replied = false;
      underWay += 1;
      seen.statements += 1;
    },
    answered() {
      underWay -= 1;
      replied = true;
    },
  };
}

type Query = (...args: unknown[]) => unknown;

/** Watches every connection that the pool opens from now on. Returns what all of them have done so far, summed up. */
export function watchRoundTrips(pool: Pool): () => { trips: number; statements: number } {
  const meters: ReturnType<typeof createTripMeter>[] = [];
  pool.on('connect', (client) => {
    const meter = createTripMeter();
    meters.push(meter);
    const query = client.query.bind(client) as Query;
    client.query = ((...args: unknown[]) => {
      meter.sent();
      const callback = args.at(-1);
      if (typeof callback === 'function') {
        const answer = (...results: unknown[]) => {
          meter.answered();
          callback(...results);
        };
        return query(...args.slice(0, -1), answer);
      }
      const result = query(...args) as Promise<unknown>;
      // Before whoever asked, who may send the next statement at once.
      result.then(meter.answered, meter.answered);
      return result;
    }) as typeof client.query;
  });
  return () => ({
    trips: meters.reduce((sum, { seen }) => sum + seen.trips, 0),
    statements: meters.reduce((sum, { seen }) => sum + seen.statements, 0),
  });
}
