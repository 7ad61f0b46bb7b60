import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { createApp } from '#api/app.ts';
import { createChangeStream } from '#api/change-stream.ts';
import { loadApiConfig } from '#api/config.ts';
import { createInbox } from '#api/inbox/inbox.ts';
import type { Inbox } from '#api/inbox/inbox.ts';
import { processDelivery } from '#api/inbox/process.ts';
import { createMetrics } from '#api/metrics.ts';
import { createWorkflows } from '#api/workflows.ts';
import { openDatabase } from '#db/database.ts';
import { storeInboundDelivery, storeTouchStatus } from '#db/queries/webhook-inbox.ts';

/*
 * The peer of webhook ingest: the product's API with one thing changed. A webhook is worked on, signals to Temporal
 * included, before it is acknowledged.
 */

const config = loadApiConfig(process.env);
const database = openDatabase(config.database);
const connection = Connection.lazy(config.temporal.connectionOptions);
const temporal = new Client({ connection, namespace: config.temporal.namespace });
const logger = pino({ level: config.logLevel });
const metrics = createMetrics();
const workflows = createWorkflows({ temporal, taskQueue: config.temporal.taskQueue });
const deps = { database, workflows, logger, metrics };

async function work(organizationId: string, id: string | null) {
  if (id === null) return 'duplicate' as const;
  await processDelivery(deps, organizationId, id);
  return 'stored' as const;
}

const inbox: Inbox = {
  ...createInbox(deps),
  async acceptText(text) {
    const { organizationId, id } = await storeInboundDelivery(database, text);
    return organizationId === null ? 'unknown' : work(organizationId, id);
  },
  async acceptStatus(delivery, touch) {
    const { known, id } = await storeTouchStatus(database, delivery, touch);
    return known ? work(delivery.organizationId, id) : 'unknown';
  },
};
const changes = createChangeStream({ database, logger });
const app = createApp({ ...deps, temporal, config, inbox, changes });
const server = createAdaptorServer({ fetch: app.fetch }) as Server;
server.listen(config.port, config.host);
process.on('SIGTERM', () => process.exit(0));
