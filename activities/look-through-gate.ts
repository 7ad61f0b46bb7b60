import { decide } from '#domain/compliance/gate.ts';
import { localTimes } from '#domain/compliance/local-times.ts';
import type { RefusalCode } from '#domain/compliance/refusals.ts';
import { lockLaneAndReadFacts } from '#db/queries/gate-facts.ts';
import type { TouchContext } from '#db/queries/gate-facts.ts';
import type { Channel, TouchSubject } from '#db/queries/gate-statement.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import type { LookedAt } from './touch.ts';

/** The look of a touch that a campaign makes: facts under the lane's lock, and the gate's decision about them. */
export async function lookThroughGate(
  tx: TenantTransaction,
  touch: {
    subject: TouchSubject;
    touchKey: string;
    channel: Channel;
    expiresAt: Date | null;
    isUrgent(context: TouchContext): boolean;
    compose(context: TouchContext): { body: string | null } | { refuse: RefusalCode };
  },
): Promise<LookedAt | null> {
  const { channel, expiresAt } = touch;
  const context = await lockLaneAndReadFacts(tx, touch);
  if (!context) return null;
  const { now, journeyId, callbackId, leadId, campaignId, phone, standing, queued, gate } = context;
  return {
    now,
    subject: { journeyId, callbackId, leadId, campaignId, phone, kind: 'automated' },
    standing,
    decision: decide({ ...gate, channel, expiresAt, urgent: touch.isUrgent(context) }),
    composed: touch.compose(context),
    reasons: {
      at: now.toISOString(),
      localTimes: localTimes(now, gate.timeZones),
      states: gate.states,
      ...context.record,
      stepId: context.step?.id ?? null,
    },
    queued,
    organizationRatePerSecond: context.organization.touchesPerSecond,
  };
}
