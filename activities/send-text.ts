import { renderTemplate } from '#domain/template.ts';
import type { TouchContext } from '#db/queries/gate-facts.ts';
import { adoptedSids, markSent } from '#db/queries/ledger.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { CarrierOutcomeUnknown } from '#providers/faults.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { callbackUrl } from './callback-url.ts';
import { lookThroughGate } from './look-through-gate.ts';
import { performTouch } from './touch.ts';
import type { ChannelPort, LookedAt } from './touch.ts';

/** Sends the text of an `sms` step: gate, ledger and carrier in one activity. Every "no" is a result. */
export function sendText(deps: ActivityDependencies) {
  const carrier = textCarrier(deps);
  return (request: {
    organizationId: string;
    journeyId: string;
    stepId: string;
    touchKey: string;
    /** After that instant the text is not worth sending; absent = it always is. */
    expiresAtMs?: number;
  }) => {
    const { organizationId, journeyId, stepId, touchKey, expiresAtMs } = request;
    const expiresAt = expiresAtMs === undefined ? null : new Date(expiresAtMs);
    const port: ChannelPort = {
      ...carrier,
      look: (tx) => lookAtText(tx, { journeyId, stepId, touchKey, expiresAt }),
    };
    return performTouch(deps, port, { organizationId, touchKey, attempt: null });
  };
}

/** The gate's look at the text of a journey's step. */
export function lookAtText(
  tx: TenantTransaction,
  touch: { journeyId: string; stepId: string; touchKey: string; expiresAt: Date | null },
): Promise<LookedAt | null> {
  const { journeyId, stepId, touchKey, expiresAt } = touch;
  return lookThroughGate(tx, {
    subject: { journeyId, stepId },
    touchKey,
    channel: 'sms',
    expiresAt,
    isUrgent: (context) => smsStep(context).urgent ?? false,
    compose(context) {
      const rendered = renderTemplate(smsStep(context).body, context.variables);
      return rendered.ok ? { body: rendered.text } : { refuse: 'MISSING_VARIABLE' };
    },
  });
}

/** How any text reaches the carrier, whoever it is for. */
export function textCarrier(deps: ActivityDependencies): Omit<ChannelPort, 'look'> {
  return {
    channel: 'sms',
    async request({ organizationId, touchId, to, from, body }) {
      const statusCallbackUrl = callbackUrl(deps.publicUrl, 'sms-status', { organizationId, touchId });
      const result = await deps.messaging.sendText({ to, from, body: body ?? '', statusCallbackUrl });
      if (result.outcome === 'rejected') return { accepted: false, errorCode: result.errorCode };
      const { message } = result;
      await markSent(deps.database, systemScope(organizationId), touchId, { channel: 'sms', message });
      return { accepted: true };
    },
    async adopt({ organizationId, touchId, to, from, body, since, until }) {
      const scope = systemScope(organizationId);
      const listed = await deps.messaging.listTexts({ to, from, since, until });
      const taken = await withOrganization(deps.database, scope, (tx) =>
        adoptedSids(tx, 'sms', ['', ...listed.map(({ sid }) => sid)]),
      );
      const strays = listed.filter(({ direction, sid }) => direction === 'outbound' && !taken.has(sid));
      // Contained, because a trial account writes its own words before ours.
      const message = strays.find((stray) => stray.body.includes(body ?? ''));
      // A text that nobody accounts for may be this one, altered on its way: that is no proof of absence.
      if (!message && strays.length > 0) throw new CarrierOutcomeUnknown('the carrier lists another text');
      if (!message) return false;
      await markSent(deps.database, scope, touchId, { channel: 'sms', message });
      return true;
    },
  };
}

function smsStep({ step }: TouchContext) {
  if (step?.kind !== 'sms') throw new Error(`Step "${step?.id}" is not an sms step`);
  return step;
}
