import { lostCallAfterMs } from '#domain/callback.ts';
import type { CallOutcome } from '#domain/carrier-status.ts';
import { findCallOfTouch, giveUpCall } from '#db/queries/calls.ts';
import { applyCallStatus } from '#db/queries/statuses.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { CarrierUnavailable } from '#providers/faults.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { carrierUnavailable, missingRow } from './failures.ts';

/**
 * How a call ended whose callbacks did not reach us: from our own row if one arrived meanwhile, else from the carrier,
 * whose word is written down like a callback's. A call that is still going on a day after it was placed is taken as ended,
 * and a person is asked. Null = it is still going on.
 */
export function askCarrier(deps: ActivityDependencies) {
  return async (request: {
    organizationId: string;
    /** Null: a callback's call. */
    journeyId: string | null;
    touchKey: string;
  }): Promise<CallOutcome | null> => {
    const scope = systemScope(request.organizationId);
    const call = await withOrganization(deps.database, scope, (tx) => findCallOfTouch(tx, request));
    if (!call) throw missingRow('The call');
    if (call.outcome !== null) return call.outcome;
    if (call.providerSid === null) return 'failed';
    const record = await deps.voice.fetchCall(call.providerSid).catch((error: unknown) => {
      throw carrierUnavailable(error instanceof CarrierUnavailable ? error.retryAfterMs : null);
    });
    if (!record) return 'failed';
    return withOrganization(deps.database, scope, async (tx) => {
      const recorded = await applyCallStatus(tx, {
        ...record,
        touchId: call.id,
        errorCode: null,
        at: call.now,
      });
      if (recorded?.outcome) return recorded.outcome;
      return call.ageMs < lostCallAfterMs ? null : giveUpCall(tx, call.id, record);
    });
  };
}
