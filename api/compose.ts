import { createApp } from './app.ts';
import { createCallbackSweeper } from './callbacks/callback-sweeper.ts';
import { createChangeStream } from './change-stream.ts';
import type { ApiConfig } from './config.ts';
import type { Connections } from './context.ts';
import { createImportSweeper } from './imports/import-sweeper.ts';
import { createInbox } from './inbox/inbox.ts';
import { createLaunchSweeper } from './launches/launch-sweeper.ts';
import { createMetrics } from './metrics.ts';
import { createWorkflows } from './workflows.ts';

export type Api = ReturnType<typeof composeApi>;

/** The API with what works behind it: the webhook inbox, the change stream and the sweepers of launches, callbacks and imports. */
export function composeApi(config: ApiConfig, connections: Connections, options: { webRoot?: string } = {}) {
  const { database, logger, temporal } = connections;
  const metrics = createMetrics();
  const workflows = createWorkflows({ temporal, taskQueue: config.temporal.taskQueue });
  const inbox = createInbox({ database, workflows, logger, metrics });
  const changes = createChangeStream({ database, logger });
  const launches = createLaunchSweeper({ database, workflows, metrics, logger });
  const callbacks = createCallbackSweeper({ database, workflows, logger });
  const imports = createImportSweeper({ database, workflows, logger });
  const app = createApp({ ...connections, config, metrics, workflows, inbox, changes }, options);
  return {
    app,
    inbox,
    changes,
    launches,
    callbacks,
    imports,
    /** Begins the work behind the requests. */
    start() {
      inbox.start();
      launches.start();
      callbacks.start();
      imports.start();
    },
    /** Ends it, finishing what is in hand; what is left is in the database. */
    async stop() {
      await changes.close();
      await Promise.all([inbox.stop(), launches.stop(), callbacks.stop(), imports.stop()]);
    },
  };
}
