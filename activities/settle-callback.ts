import type { CallbackStatus } from '#domain/callback.ts';
import { settleCallback as settleInDatabase } from '#db/queries/callbacks.ts';
import type { Settlement } from '#db/queries/callbacks.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Writes what became of a try to keep a promise, once; answers with the status that stands then. */
export function settleCallback(deps: ActivityDependencies) {
  return async (request: { organizationId: string } & Settlement): Promise<CallbackStatus> => {
    const { organizationId, ...settlement } = request;
    const { status, settled } = await withOrganization(deps.database, systemScope(organizationId), (tx) =>
      settleInDatabase(tx, settlement),
    );
    if (settled !== null) deps.callbackCounter.inc({ result: settled });
    return status;
  };
}
