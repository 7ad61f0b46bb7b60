import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { createRouter } from '../router.ts';

const checkTimeoutMs = 2_000;

const tags = ['Operations'];
const state = z.enum(['up', 'down']);
const readiness = z
  .object({ ready: z.boolean(), checks: z.object({ database: state, temporal: state }) })
  .openapi('Readiness');
const readinessContent = { 'application/json': { schema: readiness } };

const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'Whether the process is up',
  responses: {
    200: {
      description: 'It is.',
      content: { 'application/json': { schema: z.object({ status: z.literal('up') }) } },
    },
  },
});

const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Whether requests can be served',
  description: 'Asks the database and Temporal, for two seconds at most.',
  responses: {
    200: { description: 'They can.', content: readinessContent },
    503: { description: 'Something is down; `checks` names it.', content: readinessContent },
  },
});

const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  summary: 'Metrics for Prometheus',
  responses: {
    200: { description: 'Text exposition format.', content: { 'text/plain': { schema: z.string() } } },
  },
});

export function healthRoutes() {
  return createRouter()
    .openapi(healthz, (c) => c.json({ status: 'up' as const }, 200))
    .openapi(readyz, async (c) => {
      const [database, temporal] = await Promise.all([databaseState(c), temporalState(c.var.deps)]);
      const ready = database === 'up' && temporal === 'up';
      return c.json({ ready, checks: { database, temporal } }, ready ? 200 : 503);
    })
    .openapi(metrics, async (c) => {
      const { registry } = c.var.deps.metrics;
      return c.text(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
    });
}

type State = z.infer<typeof state>;

async function databaseState(c: Context<ApiEnv>): Promise<State> {
  return stateOf(c.var.deps.database.pool.query('select 1'));
}

async function temporalState({ workflows }: ApiDeps): Promise<State> {
  return stateOf(workflows.ping(checkTimeoutMs));
}

async function stateOf(check: Promise<unknown>): Promise<State> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<State>((resolve) => {
    timer = setTimeout(() => resolve('down'), checkTimeoutMs);
  });
  const checked = check.then(
    (): State => 'up',
    (): State => 'down',
  );
  return Promise.race([checked, timeout]).finally(() => clearTimeout(timer));
}
