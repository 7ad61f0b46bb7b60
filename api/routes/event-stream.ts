import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import type { SSEStreamingApi } from 'hono/streaming';
import { feedEnd, readFeed } from '#db/queries/event-feed.ts';
import type { FeedPosition } from '#db/queries/event-feed.ts';
import type { TenantScope } from '#db/tenant.ts';
import type { ApiDeps } from '../context.ts';
import { decodeFeedPosition } from '../cursor.ts';
import { createRouter } from '../router.ts';
import { problems, security, signedIn } from './describe.ts';
import { toChange } from './events.ts';
import { createWaker } from './waker.ts';

const heartbeatMs = 15_000;
/** Whoever follows signs in anew this often: a session that was closed meanwhile does not go on. */
const longestStreamMs = 30 * 60_000;
/** Between two readings, so that a burst of changes becomes one. */
const gatherMs = 100;
const batchSize = 500;

const stream = createRoute({
  method: 'get',
  path: '/events/stream',
  tags: ['Changes'],
  summary: 'Follow the change feed',
  description:
    'Server-sent events named `change`, each with the change as its data and its cursor as its id. Begins with what happens from now on, or after `Last-Event-ID`. Ends after half an hour: connect again.',
  security,
  request: { headers: z.object({ 'last-event-id': z.string().optional() }) },
  responses: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
    ...signedIn,
    ...problems({ 422: ['BAD_CURSOR'] }),
  },
});

export function eventStreamRoutes() {
  return createRouter().openapi(stream, async (c) => {
    const { deps, scope } = c.var;
    const lastId = c.req.valid('header')['last-event-id'];
    const from = lastId ? decodeFeedPosition(lastId, 'Last-Event-ID') : await feedEnd(deps.database, scope);
    const gone = AbortSignal.any([
      c.req.raw.signal,
      deps.changes.closing,
      AbortSignal.timeout(longestStreamMs),
    ]);
    // A proxy that gathers answers would keep the changes to itself.
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, (sse) => follow(sse, deps, scope, from, gone));
  });
}

/** Writes changes as they come until either side goes away. */
async function follow(
  sse: SSEStreamingApi,
  { changes, database, logger, metrics }: ApiDeps,
  scope: TenantScope,
  from: FeedPosition,
  gone: AbortSignal,
): Promise<void> {
  const waker = createWaker();
  const unsubscribe = changes.subscribe(scope.organizationId, () => waker.wake());
  const heartbeat = setInterval(() => void sse.write(': still here\n\n'), heartbeatMs);
  const end = () => waker.end();
  gone.addEventListener('abort', end);
  // The framework tells of some disconnections here and of others by the request's signal.
  sse.onAbort(end);
  metrics.openStreams.inc();
  try {
    let after = from;
    let lookedTwice = false;
    await sse.write(': connected\n\n');
    while (!gone.aborted && !sse.aborted && (await waker.woken())) {
      const rows = await readFeed(database, scope, { after, types: null, limit: batchSize });
      for (const row of rows) {
        const change = toChange(row);
        await sse.writeSSE({ event: 'change', id: change.cursor, data: JSON.stringify(change) });
        after = { txid: row.txid, id: String(row.id) };
      }
      // Full: there is more. Empty: what woke us may still be behind an open transaction, so it is worth one more look.
      if (rows.length === batchSize || (rows.length === 0 && !lookedTwice)) waker.wake();
      lookedTwice = rows.length === 0 && !lookedTwice;
      await sse.sleep(gatherMs);
    }
  } catch (error) {
    // The client connects again and asks from where it was.
    logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'a change stream broke off');
  } finally {
    metrics.openStreams.dec();
    clearInterval(heartbeat);
    gone.removeEventListener('abort', end);
    unsubscribe();
  }
}
