import type { CallOutcome } from '#domain/carrier-status.ts';
import { findCallOfTouch } from '#db/queries/calls.ts';
import { applyCallStatus } from '#db/queries/statuses.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { CarrierUnavailable } from '#providers/faults.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { carrierUnavailable, missingRow } from './failures.ts';

/**
 * How a call ended whose callbacks did not reach us: from our own row if one arrived meanwhile, else from the carrier,
 * whose word is written down like a callback's. Null = it is still going on.
 */
export function askCarrier(deps: ActivityDependencies) {
  return async (request: {
    organizationId: string;
    journeyId: string;
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
    const recorded = await withOrganization(deps.database, scope, (tx) =>
      applyCallStatus(tx, { ...record, touchId: call.id, errorCode: null, at: call.now }),
    );
    return recorded?.outcome ?? null;
  };
}
