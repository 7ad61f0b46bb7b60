import type { GateDecision } from '#domain/compliance/gate.ts';
import type { CarrierMessage } from '#domain/carrier-records.ts';
import { callbackUrl } from '#activities/callback-url.ts';
import type { ActivityDependencies } from '#activities/dependencies.ts';
import { recordRest } from '#activities/record-rest.ts';
import { lookAtText } from '#activities/send-text.ts';
import type { LookedAt } from '#activities/touch.ts';
import { markSent } from '#db/queries/ledger.ts';
import { reserveTouch } from '#db/queries/reservation.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';

export type PlainActivities = ReturnType<typeof createPlainActivities>;

/** What the gate hands on to the activities behind it. */
type PassedGate = Pick<LookedAt, 'subject' | 'reasons' | 'organizationRatePerSecond'> & {
  body: string;
  decision: Extract<GateDecision, { decision: 'send' }>;
};

type Touch = { organizationId: string; journeyId: string; stepId: string; touchKey: string };

/**
 * A touch's work as it is cut without thinking of the history: an activity for each thing that is done. The statements
 * and the carrier's request are the product's own.
 */
export function createPlainActivities(deps: ActivityDependencies) {
  return {
    async plainGate(touch: Touch): Promise<PassedGate> {
      return withOrganization(deps.database, systemScope(touch.organizationId), async (tx) => {
        const { journeyId, stepId, touchKey } = touch;
        const seen = await lookAtText(tx, { journeyId, stepId, touchKey, expiresAt: null });
        if (seen?.decision.decision !== 'send' || !('body' in seen.composed))
          throw new Error('The gate must let this journey pass');
        const { decision, subject, reasons, organizationRatePerSecond } = seen;
        return { decision, subject, reasons, organizationRatePerSecond, body: seen.composed.body ?? '' };
      });
    },
    async plainReserve({ organizationId, touchKey }: Touch, gate: PassedGate) {
      const { subject, body, decision, reasons, organizationRatePerSecond } = gate;
      const { number, because, rules } = decision;
      const touch = { ...subject, body, touchKey, channel: 'sms' as const, attempt: null };
      const reserved = await withOrganization(deps.database, systemScope(organizationId), (tx) =>
        reserveTouch(tx, touch, number, {
          reasons: { ...reasons, rules, number: { e164: number.e164, because } },
          queued: false,
          organizationRatePerSecond,
        }),
      );
      if (reserved.outcome !== 'reserved') throw new Error('The number has no cap in this journey');
      return reserved.id;
    },
    async plainSend(request: {
      organizationId: string;
      touchId: string;
      to: string;
      from: string;
      body: string;
    }): Promise<CarrierMessage> {
      const { organizationId, touchId, ...message } = request;
      const statusCallbackUrl = callbackUrl(deps.publicUrl, 'sms-status', { organizationId, touchId });
      const result = await deps.messaging.sendText({ ...message, statusCallbackUrl });
      if (result.outcome === 'rejected') throw new Error(`The carrier rejected it: ${result.errorCode}`);
      return result.message;
    },
    async plainRecord(request: { organizationId: string; touchId: string; message: CarrierMessage }) {
      const { organizationId, touchId, message } = request;
      await markSent(deps.database, systemScope(organizationId), touchId, { channel: 'sms', message });
    },
    plainProject: recordRest(deps),
  };
}
