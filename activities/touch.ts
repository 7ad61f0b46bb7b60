import { heartbeat } from '@temporalio/activity';
import { decide } from '#domain/compliance/gate.ts';
import { hourMs, minuteMs } from '#domain/duration.ts';
import type { TouchOutcome } from '#domain/journey/state.ts';
import type { RefusalCode } from '#domain/compliance/refusals.ts';
import { lockLaneAndReadFacts } from '#db/queries/gate-facts.ts';
import type { Channel, StandingTouch, TouchContext } from '#db/queries/gate-facts.ts';
import {
  markFailed,
  markNotSent,
  markSending,
  markUnknown,
  recordRefusal,
  releaseReservation,
  reserveTouch,
} from '#db/queries/ledger.ts';
import type { NewTouch } from '#db/queries/ledger.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { CarrierMisconfigured, CarrierUnavailable } from '#providers/faults.ts';
import type { ActivityDependencies } from './dependencies.ts';
import {
  carrierMisconfigured,
  carrierUnavailable,
  missingRow,
  outcomeUnknown,
  superseded,
} from './failures.ts';

export type TouchRequest = {
  organizationId: string;
  journeyId: string;
  stepId: string;
  touchKey: string;
  /** Which attempt of a call step; 1 for texts. */
  attempt: number;
};

/** What a channel adds to the common way of a touch. */
export type ChannelPort = {
  channel: Channel;
  /** The text to be sent (null for a call), or the gate's code when the step cannot be carried out for this lead. */
  compose(context: TouchContext): { body: string | null } | { refuse: RefusalCode };
  isUrgent(context: TouchContext): boolean;
  /** Makes the carrier's request and, when it is accepted, writes that down. */
  request(touch: ReadyTouch): Promise<{ accepted: true } | { accepted: false; errorCode: string }>;
  /** Looks for the request among the carrier's own records and adopts it. False = the carrier has no such thing. */
  adopt(touch: ReadyTouch & { since: Date; until: Date }): Promise<boolean>;
};

export type ReadyTouch = {
  organizationId: string;
  touchId: string;
  to: string;
  from: string;
  body: string | null;
};

type Judgement =
  | { next: 'answer'; outcome: TouchOutcome }
  | { next: 'send'; touch: ReadyTouch }
  | { next: 'reconcile'; touch: ReadyTouch; sendingAt: Date; now: Date };

/** Nobody waits longer than this for a carrier that cannot say what became of a request. */
const giveUpAfterMs = 24 * hourMs;

/**
 * One touch, once, whatever happens on the way: gate and reservation under the lane's lock, one request, its outcome
 * in the ledger. An attempt that finds an earlier one's request on the wire asks the carrier instead of sending again.
 */
export async function performTouch(
  deps: ActivityDependencies,
  port: ChannelPort,
  request: TouchRequest,
): Promise<TouchOutcome> {
  const scope = systemScope(request.organizationId);
  const outcome = await attempt();
  deps.touchCounter.inc({
    channel: port.channel,
    outcome: outcome.outcome,
    code: 'code' in outcome ? outcome.code : '',
  });
  return outcome;

  async function attempt(): Promise<TouchOutcome> {
    const judgement = await judge();
    if (judgement.next === 'answer') return judgement.outcome;
    if (judgement.next === 'send') return send(judgement.touch);
    return (await reconcile(judgement)) ?? attempt();
  }

  async function judge(): Promise<Judgement> {
    return withOrganization(deps.database, scope, async (tx): Promise<Judgement> => {
      const context = await lockLaneAndReadFacts(tx, { ...request, channel: port.channel });
      if (!context) throw missingRow('The journey');
      const { standing } = context;
      if (standing && standing.state !== 'reserved')
        return fromLedger(request.organizationId, standing, context);
      return gate(tx, context, standing);
    });
  }

  async function gate(
    tx: TenantTransaction,
    context: TouchContext,
    standing: StandingTouch | null,
  ): Promise<Judgement> {
    const decision = decide({ ...context.gate, channel: port.channel, urgent: port.isUrgent(context) });
    const composed = port.compose(context);
    const touch = newTouch(context, 'body' in composed ? composed.body : null);
    const ready = { organizationId: request.organizationId, to: context.phone };
    // Reserved by an earlier attempt and surely not sent: it stands if the gate would do the same today.
    if (decision.decision === 'send' && standing && !('refuse' in composed)) {
      const { body, id, ourNumber, reservedToday } = standing;
      if (reservedToday && ourNumber === decision.number.e164)
        return { next: 'send', touch: { ...ready, touchId: id, from: ourNumber, body: body ?? touch.body } };
    }
    if (standing) await releaseReservation(tx, port.channel, standing.id);
    if (decision.decision === 'refuse') return refuse(tx, touch, decision.code);
    if ('refuse' in composed) return refuse(tx, touch, composed.refuse);
    if (decision.decision === 'defer' || decision.decision === 'hold') {
      const { code } = decision;
      return decision.decision === 'hold'
        ? answer({ outcome: 'held', code })
        : answer({ outcome: 'deferred', code, untilMs: decision.until.getTime() });
    }
    const reserved = await reserveTouch(tx, touch, decision.number);
    // The last place under the cap was taken in the meantime: ask the gate again soon, it will name the time.
    if (!reserved)
      return answer({ outcome: 'deferred', code: 'CAP_REACHED', untilMs: context.now.getTime() + minuteMs });
    return {
      next: 'send',
      touch: { ...ready, touchId: reserved.id, from: decision.number.e164, body: touch.body },
    };
  }

  async function refuse(tx: TenantTransaction, touch: NewTouch, code: RefusalCode): Promise<Judgement> {
    await recordRefusal(tx, touch, code);
    return answer({ outcome: 'refused', code });
  }

  async function send(touch: ReadyTouch): Promise<TouchOutcome> {
    if (!(await markSending(deps.database, scope, port.channel, touch.touchId))) throw superseded();
    const stopBeating = beat();
    try {
      const result = await port.request(touch);
      if (result.accepted) return { outcome: 'done' };
      await markFailed(deps.database, scope, port.channel, touch.touchId, result.errorCode);
      return failed(result.errorCode);
    } catch (error) {
      if (error instanceof CarrierUnavailable) {
        await markNotSent(deps.database, scope, port.channel, touch.touchId);
        throw carrierUnavailable(error.retryAfterMs);
      }
      if (error instanceof CarrierMisconfigured) {
        await markNotSent(deps.database, scope, port.channel, touch.touchId);
        throw carrierMisconfigured();
      }
      throw outcomeUnknown(deps.settleMs);
    } finally {
      stopBeating();
    }
  }

  /** Null = the carrier surely does not have it, and the gate may be asked anew. */
  async function reconcile({
    touch,
    sendingAt,
    now,
  }: Extract<Judgement, { next: 'reconcile' }>): Promise<TouchOutcome | null> {
    const ageMs = now.getTime() - sendingAt.getTime();
    const window = {
      since: new Date(sendingAt.getTime() - minuteMs),
      until: new Date(now.getTime() + minuteMs),
    };
    const stopBeating = beat();
    try {
      if (await port.adopt({ ...touch, ...window })) return { outcome: 'done' };
    } catch {
      if (ageMs < giveUpAfterMs) throw outcomeUnknown(deps.settleMs);
      await markUnknown(deps.database, scope, port.channel, touch.touchId);
      return { outcome: 'unknown' };
    } finally {
      stopBeating();
    }
    if (ageMs < deps.settleMs) throw outcomeUnknown(deps.settleMs - ageMs);
    await markNotSent(deps.database, scope, port.channel, touch.touchId);
    return null;
  }

  function newTouch(context: TouchContext, body: string | null): NewTouch {
    return {
      journeyId: request.journeyId,
      touchKey: request.touchKey,
      channel: port.channel,
      leadId: context.leadId,
      campaignId: context.campaignId,
      phone: context.phone,
      body,
      attempt: port.channel === 'call' ? request.attempt : null,
    };
  }
}

function answer(outcome: TouchOutcome): Judgement {
  return { next: 'answer', outcome };
}

/** The carrier's own opt-out is ours: the journey ends as if the gate had known. */
function failed(errorCode: string): TouchOutcome {
  return errorCode === '21610' ? { outcome: 'refused', code: 'OPTED_OUT' } : { outcome: 'failed', errorCode };
}

/** What an earlier attempt left in the ledger: its answer, or a request whose outcome has to be found out. */
function fromLedger(organizationId: string, standing: StandingTouch, context: TouchContext): Judgement {
  switch (standing.state) {
    case 'refused':
      return answer({ outcome: 'refused', code: standing.refusalCode as RefusalCode });
    case 'failed':
      return answer(failed(standing.errorCode ?? 'unknown'));
    case 'unknown':
      return answer({ outcome: 'unknown' });
    case 'sending':
      return {
        next: 'reconcile',
        touch: {
          organizationId,
          touchId: standing.id,
          to: context.phone,
          from: standing.ourNumber ?? '',
          body: standing.body,
        },
        sendingAt: standing.sendingAt ?? context.now,
        now: context.now,
      };
    default:
      return answer({ outcome: 'done' });
  }
}

/** Tells Temporal that this attempt lives, so that a killed worker's touch is taken over in seconds. */
function beat(): () => void {
  heartbeat();
  const timer = setInterval(() => heartbeat(), 2_000);
  return () => clearInterval(timer);
}
