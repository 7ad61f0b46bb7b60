import { decide } from '#domain/compliance/gate.ts';
import { renderTemplate } from '#domain/template.ts';
import type { OwnNumber } from '#domain/dialing/routing.ts';
import type { CarrierMessage } from '#domain/carrier-records.ts';
import { callbackUrl } from '#activities/callback-url.ts';
import type { ActivityDependencies } from '#activities/dependencies.ts';
import { recordRest } from '#activities/record-rest.ts';
import { lockLaneAndReadFacts } from '#db/queries/gate-facts.ts';
import { markSending, markSent, reserveTouch } from '#db/queries/ledger.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';

export type PlainActivities = ReturnType<typeof createPlainActivities>;

/** What the gate hands on to the activities behind it. */
type PassedGate = {
  leadId: string;
  campaignId: string;
  phone: string;
  body: string;
  number: OwnNumber;
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
        const context = await lockLaneAndReadFacts(tx, { ...touch, channel: 'sms' });
        if (context?.step.kind !== 'sms') throw new Error('This is no step of a text');
        const decision = decide({ ...context.gate, channel: 'sms', urgent: context.step.urgent ?? false });
        const rendered = renderTemplate(context.step.body, context.variables);
        if (decision.decision !== 'send' || !rendered.ok)
          throw new Error('The gate must let this journey pass');
        const { leadId, campaignId, phone } = context;
        return { leadId, campaignId, phone, body: rendered.text, number: decision.number };
      });
    },
    async plainReserve(touch: Touch, gate: PassedGate) {
      const { journeyId, touchKey } = touch;
      const { number, ...values } = gate;
      const reserved = await withOrganization(deps.database, systemScope(touch.organizationId), (tx) =>
        reserveTouch(tx, { journeyId, touchKey, channel: 'sms', attempt: null, ...values }, number),
      );
      if (!reserved) throw new Error('The number has no cap in this journey');
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
      await markSending(deps.database, systemScope(organizationId), 'sms', touchId);
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
