import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '#db/database.ts';
import type { Identity } from '#db/queries/identity.ts';
import type { TenantScope } from '#db/tenant.ts';
import type { ChangeStream } from './change-stream.ts';
import type { ApiConfig } from './config.ts';
import type { Inbox } from './inbox/inbox.ts';
import type { Metrics } from './metrics.ts';
import type { Workflows } from './workflows.ts';

/** What the process hands to the API; all of it is reached from outside the process. */
export type Connections = { database: Database; temporal: Client; logger: Logger };

/** What every route can use. */
export type ApiDeps = Connections & {
  config: ApiConfig;
  metrics: Metrics;
  workflows: Workflows;
  inbox: Inbox;
  changes: ChangeStream;
};

export type ApiEnv = {
  Variables: {
    deps: ApiDeps;
    requestId: string;
    /** Set on every route behind the sign-in. */
    identity: Identity;
    scope: TenantScope;
  };
};
