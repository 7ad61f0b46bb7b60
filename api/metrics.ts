import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** What `/metrics` tells. Labels are route templates, kinds and codes: nothing that a person could be found by. */
export function createMetrics(registry = new Registry()) {
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'leadway_http_request_duration_seconds',
      help: 'Duration of HTTP requests by route template.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    webhooks: new Counter({
      name: 'leadway_webhooks_total',
      help: 'Webhooks by kind and by what became of them: stored, duplicate, forged, unknown, answered.',
      labelNames: ['kind', 'result'] as const,
      registers,
    }),
    inboxProcessed: new Counter({
      name: 'leadway_inbox_processed_total',
      help: 'Stored webhooks worked on, by kind and result.',
      labelNames: ['kind', 'result'] as const,
      registers,
    }),
    inboxBacklog: new Gauge({
      name: 'leadway_inbox_backlog',
      help: 'Stored webhooks that were not yet worked on when last counted.',
      registers,
    }),
    openStreams: new Gauge({
      name: 'leadway_event_streams_open',
      help: 'Browsers and programs that follow the change stream.',
      registers,
    }),
    launchesStarted: new Counter({
      name: 'leadway_launch_workflows_started_total',
      help: 'Launch workflows started, by the request itself or by the sweeper behind it.',
      labelNames: ['by'] as const,
      registers,
    }),
  };
}
