import { heartbeat } from '@temporalio/activity';
import type { GateDecision } from '#domain/compliance/gate.ts';
import type { TouchReasons } from '#domain/compliance/touch-reasons.ts';
import { hourMs, minuteMs } from '#domain/duration.ts';
import type { TouchOutcome } from '#domain/journey/state.ts';
import type { RefusalCode } from '#domain/compliance/refusals.ts';
import { recordCarrierFailure } from '#db/queries/carrier-health.ts';
import type { StandingTouch } from '#db/queries/gate-facts.ts';
import type { Channel } from '#db/queries/gate-statement.ts';
import {
  markFailed,
  markNotSent,
  markUnknown,
  recordRefusal,
  releaseReservation,
  resumeReservation,
} from '#db/queries/ledger.ts';
import type { NewTouch } from '#db/queries/ledger.ts';
import { reserveTouch } from '#db/queries/reservation.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { CarrierMisconfigured, CarrierOutcomeUnknown, CarrierUnavailable } from '#providers/faults.ts';
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
  /** The step execution (or what else asks for it): the same key is the same touch. */
  touchKey: string;
  /** Which attempt of a call step; null for texts. */
  attempt: number | null;
};

/** What a touch looks like at the last moment: who it is for, what stands in the ledger already, and the gate's word. */
export type LookedAt = {
  now: Date;
  subject: Pick<NewTouch, 'journeyId' | 'callbackId' | 'leadId' | 'campaignId' | 'phone' | 'kind'>;
  standing: StandingTouch | null;
  decision: GateDecision;
  /** The text to be sent (null for a call), or the gate's code when the step cannot be carried out for this lead. */
  composed: { body: string | null } | { refuse: RefusalCode };
  /** What is kept beside a touch that is allowed. */
  reasons: Omit<TouchReasons, 'number' | 'rules'>;
  /** It has waited for its place in the queue of the rates. */
  queued: boolean;
  organizationRatePerSecond: number;
};

/** What a channel adds to the common way of a touch. */
export type ChannelPort = {
  channel: Channel;
  /** Takes the lane's lock and looks, in the transaction that reserves. Null = there is no such journey or callback. */
  look(tx: TenantTransaction): Promise<LookedAt | null>;
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
 * in the ledger. From the reservation's commit the touch may be on the wire: an attempt that finds an earlier one's
 * reservation asks the carrier instead of sending again.
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
      const seen = await port.look(tx);
      if (!seen) throw missingRow('The journey');
      const { standing } = seen;
      if (standing && standing.state !== 'reserved')
        return fromLedger(request.organizationId, { ...seen, standing });
      return gate(tx, seen);
    });
  }

  async function gate(tx: TenantTransaction, seen: LookedAt): Promise<Judgement> {
    const { decision, composed, standing, subject } = seen;
    const { touchKey, attempt: nr } = request;
    const body = 'body' in composed ? composed.body : null;
    const touch: NewTouch = { ...subject, touchKey, channel: port.channel, body, attempt: nr };
    const ready = { organizationId: request.organizationId, to: subject.phone };
    // An earlier attempt's, and surely not sent: it stands if the gate would do the same today.
    if (decision.decision === 'send' && standing && !('refuse' in composed)) {
      const { id, ourNumber, reservedToday } = standing;
      if (reservedToday && ourNumber === decision.number.e164) {
        if (!(await resumeReservation(tx, port.channel, id))) throw superseded();
        return {
          next: 'send',
          touch: { ...ready, touchId: id, from: ourNumber, body: standing.body ?? body },
        };
      }
    }
    if (standing) await releaseReservation(tx, port.channel, standing.id);
    if (decision.decision === 'refuse') return refuse(tx, seen, touch, decision.code);
    if ('refuse' in composed) return refuse(tx, seen, touch, composed.refuse);
    if (decision.decision === 'hold') return answer({ outcome: 'held', code: decision.code });
    if (decision.decision === 'defer') return defer(decision.code, decision.until);

    const { number, because, rules } = decision;
    const reserved = await reserveTouch(tx, touch, number, {
      reasons: { ...seen.reasons, rules, number: { e164: number.e164, because } },
      queued: seen.queued,
      organizationRatePerSecond: seen.organizationRatePerSecond,
    });
    switch (reserved.outcome) {
      case 'reserved':
        return { next: 'send', touch: { ...ready, touchId: reserved.id, from: number.e164, body } };
      case 'queued':
        return defer('RATE_LIMITED', reserved.until);
      case 'carrier_down':
        return defer('CARRIER_DOWN', reserved.until);
      case 'cap_reached':
        // The last place under the cap was taken in the meantime: ask the gate again soon, it will name the time.
        return defer('CAP_REACHED', new Date(seen.now.getTime() + minuteMs));
    }
  }

  async function refuse(tx: TenantTransaction, seen: LookedAt, touch: NewTouch, code: RefusalCode) {
    const { decision, reasons } = seen;
    const rules = decision.decision !== 'send' && decision.rule ? [decision.rule] : [];
    await recordRefusal(tx, touch, code, { ...reasons, rules, number: null });
    return answer({ outcome: 'refused', code });
  }

  async function send(touch: ReadyTouch): Promise<TouchOutcome> {
    const stopBeating = beat();
    try {
      const result = await port.request(touch);
      if (result.accepted) return { outcome: 'done' };
      await markFailed(deps.database, scope, port.channel, touch.touchId, result.errorCode);
      return failed(result.errorCode);
    } catch (error) {
      if (error instanceof CarrierUnavailable) {
        const { retryAfterMs } = error;
        const carrier =
          retryAfterMs === null
            ? ({ was: 'down' } as const)
            : ({ was: 'busy', forMs: retryAfterMs } as const);
        await markNotSent(deps.database, scope, port.channel, touch.touchId, carrier);
        throw carrierUnavailable(retryAfterMs);
      }
      if (error instanceof CarrierMisconfigured) {
        await markNotSent(deps.database, scope, port.channel, touch.touchId);
        throw carrierMisconfigured();
      }
      // Only what the carrier did: a database that goes away after the acceptance says nothing about the carrier.
      if (error instanceof CarrierOutcomeUnknown) await recordCarrierFailure(deps.database, scope);
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
}

function answer(outcome: TouchOutcome): Judgement {
  return { next: 'answer', outcome };
}

function defer(code: RefusalCode, until: Date): Judgement {
  return answer({ outcome: 'deferred', code, untilMs: until.getTime() });
}

/** The carrier's own opt-out is ours: the journey ends as if the gate had known. */
function failed(errorCode: string): TouchOutcome {
  return errorCode === '21610' ? { outcome: 'refused', code: 'OPTED_OUT' } : { outcome: 'failed', errorCode };
}

/** What an earlier attempt left in the ledger: its answer, or a request whose outcome has to be found out. */
function fromLedger(organizationId: string, seen: LookedAt & { standing: StandingTouch }): Judgement {
  const { standing } = seen;
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
          to: seen.subject.phone,
          from: standing.ourNumber ?? '',
          body: standing.body,
        },
        sendingAt: standing.sendingAt ?? seen.now,
        now: seen.now,
      };
    default:
      return answer({ outcome: 'done' });
  }
}

/**
 * Tells Temporal that this attempt lives, so that a killed worker's touch is taken over in seconds. An ordinary touch is
 * over before the first beat, and spares the server that request.
 */
function beat(): () => void {
  const timer = setInterval(() => heartbeat(), 2_000);
  return () => clearInterval(timer);
}
