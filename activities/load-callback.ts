import { takeCallback } from '#db/queries/callbacks.ts';
import type { CallbackPromise } from '#db/queries/callbacks.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { missingRow } from './failures.ts';

/** A promise as it stands now; its workflow asks whenever it may have changed. */
export function loadCallback(deps: ActivityDependencies) {
  return async (request: {
    organizationId: string;
    callbackId: string;
  }): Promise<Omit<CallbackPromise, 'isNew'>> => {
    const promise = await withOrganization(deps.database, systemScope(request.organizationId), (tx) =>
      takeCallback(tx, request.callbackId),
    );
    if (!promise) throw missingRow('The callback');
    const { isNew, ...standing } = promise;
    if (isNew) deps.callbackCounter.inc({ result: 'scheduled' });
    // Whoever cancelled it was not this process.
    if (standing.status === 'cancelled') deps.callbackCounter.inc({ result: 'cancelled' });
    return standing;
  };
}
