import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import { withPatience } from '#db/patience.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';

/** What may stand in a log line without being able to break or fake one. */
const saneRequestId = /^[\w.:-]{8,100}$/;

/**
 * A request that cannot be served is to hear of it within two seconds. A carrier waits longer, and may not come again: when
 * all connections are busy, its webhooks wait for as long as the pool lets them.
 */
const databasePatienceMs = (path: string) => (path.startsWith('/webhooks/') ? Infinity : 1_200);

/** Probes come every few seconds and say nothing when they go well. */
const quietRoutes = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Gives every request its id (the caller's own, if it is a sane one), its dependencies, a log line and a metric. The line
 * holds the route's template, never the path itself, a query or a body: those may hold personal data.
 */
export function requests(deps: ApiDeps) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const given = c.req.header('X-Request-Id');
    const requestId = given !== undefined && saneRequestId.test(given) ? given : randomUUID();
    c.set('deps', deps);
    c.set('requestId', requestId);
    c.header('X-Request-Id', requestId);
    const startedAt = performance.now();
    await withPatience(databasePatienceMs(c.req.path), next);
    const ms = performance.now() - startedAt;
    const route = templateOf(c);
    const { status } = c.res;
    deps.metrics.httpSeconds.observe({ method: c.req.method, route, status }, ms / 1000);
    if (quietRoutes.has(route) && status < 400) return;
    const level = status >= 500 ? 'error' : 'info';
    deps.logger[level](
      {
        requestId,
        method: c.req.method,
        route,
        status,
        ms: Math.round(ms),
        organizationId: c.var.identity?.organizationId,
      },
      'request',
    );
  });
}

/** The most exact of the templates that the path matched; the catch-all behind them all only when there is no other. */
function templateOf(c: Context): string {
  const templates = matchedRoutes(c).map(({ path }) => path);
  return templates.findLast((path) => !path.includes('*')) ?? '/*';
}
