import { missingIn } from '#domain/journey/template-variables.ts';
import { adoptedSids, markSent } from '#db/queries/ledger.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { callbackUrl } from './callback-url.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { lookThroughGate } from './look-through-gate.ts';
import { performTouch } from './touch.ts';
import type { ChannelPort } from './touch.ts';

/** About five rings: longer reaches more voicemail than people. */
const ringSeconds = 25;

/** Places one call of a `call` step. The result says that the carrier has it; how it went comes by signal. */
export function placeCall(deps: ActivityDependencies) {
  const carrier = callCarrier(deps);
  return (request: {
    organizationId: string;
    journeyId: string;
    stepId: string;
    touchKey: string;
    attempt: number;
  }) => {
    const { organizationId, journeyId, stepId, touchKey, attempt } = request;
    const port: ChannelPort = {
      ...carrier,
      look: (tx) =>
        lookThroughGate(tx, {
          subject: { journeyId, stepId },
          touchKey,
          channel: 'call',
          expiresAt: null,
          isUrgent: () => false,
          // A call that would say nothing to whoever answers is not made.
          compose: ({ step, variables }) =>
            step && missingIn(step, variables).length > 0 ? { refuse: 'MISSING_VARIABLE' } : { body: null },
        }),
    };
    return performTouch(deps, port, { organizationId, touchKey, attempt });
  };
}

/** How any call reaches the carrier, whoever it is for. */
export function callCarrier(deps: ActivityDependencies): Omit<ChannelPort, 'look'> {
  return {
    channel: 'call',
    async request({ organizationId, touchId, to, from }) {
      const key = { organizationId, touchId };
      const result = await deps.voice.placeCall({
        to,
        from,
        voiceUrl: callbackUrl(deps.publicUrl, 'voice', key),
        statusCallbackUrl: callbackUrl(deps.publicUrl, 'voice-status', key),
        ringSeconds,
      });
      if (result.outcome === 'rejected') return { accepted: false, errorCode: result.errorCode };
      await markSent(deps.database, systemScope(organizationId), touchId, {
        channel: 'call',
        call: result.call,
      });
      return { accepted: true };
    },
    async adopt({ organizationId, touchId, to, from, since, until }) {
      const scope = systemScope(organizationId);
      const listed = await deps.voice.listCalls({ to, from, since, until });
      const taken = await withOrganization(deps.database, scope, (tx) =>
        adoptedSids(tx, 'call', ['', ...listed.map(({ sid }) => sid)]),
      );
      const call = listed.find(({ sid }) => !taken.has(sid));
      if (!call) return false;
      await markSent(deps.database, scope, touchId, { channel: 'call', call });
      return true;
    },
  };
}
