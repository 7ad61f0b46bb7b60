import { callbackDeadline, callbackTouchKey } from '#domain/callback.ts';
import type { TouchOutcome } from '#domain/journey/state.ts';
import { lockCallbackForCall } from '#db/queries/callbacks.ts';
import { releaseReservation } from '#db/queries/ledger.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { missingRow } from './failures.ts';
import { lookThroughGate } from './look-through-gate.ts';
import { callCarrier } from './place-call.ts';
import { performTouch } from './touch.ts';
import type { ChannelPort } from './touch.ts';

/** Nothing was called, because the promise was taken back or moved at the last moment. */
export type PlacedCallback = TouchOutcome | { outcome: 'withdrawn' };

/**
 * Places one call that is to keep a promise, through the gate like any other touch. Its shelf life is the promise's: the
 * gate refuses as EXPIRED what could only be called after the deadline.
 */
export function placeCallback(deps: ActivityDependencies) {
  const carrier = callCarrier(deps);
  return async (request: {
    organizationId: string;
    callbackId: string;
    attempt: number;
    /** The promised time that it is called for, epoch milliseconds. */
    dueAtMs: number;
  }): Promise<PlacedCallback> => {
    const { organizationId, callbackId, attempt, dueAtMs } = request;
    const touchKey = callbackTouchKey(callbackId, attempt);
    const port: ChannelPort = {
      ...carrier,
      async look(tx) {
        const promise = await lockCallbackForCall(tx, { callbackId, touchKey, dueAtMs });
        if (!promise) throw missingRow('The callback');
        const { stands, touch } = promise;
        // What may be on the wire is seen through, whatever became of the promise.
        if (!stands && (touch === null || touch.state === 'reserved')) throw new Withdrawn(touch?.id ?? null);
        return lookThroughGate(tx, {
          subject: { callbackId },
          touchKey,
          channel: 'call',
          expiresAt: new Date(callbackDeadline(dueAtMs)),
          isUrgent: () => false,
          compose: () => ({ body: null }),
        });
      },
    };
    try {
      return await performTouch(deps, port, { organizationId, touchKey, attempt });
    } catch (error) {
      if (!(error instanceof Withdrawn)) throw error;
      const { reservedTouchId } = error;
      if (reservedTouchId !== null) {
        await withOrganization(deps.database, systemScope(organizationId), (tx) =>
          releaseReservation(tx, 'call', reservedTouchId),
        );
      }
      return { outcome: 'withdrawn' };
    }
  };
}

/** Ends the look of a call that nobody is to make any more; it never leaves this file. */
class Withdrawn extends Error {
  /** An earlier attempt's reservation, which is given back. */
  readonly reservedTouchId: string | null;

  constructor(reservedTouchId: string | null) {
    super('The promise was taken back');
    this.reservedTouchId = reservedTouchId;
  }
}
