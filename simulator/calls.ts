import type { CarrierCallStatus } from '#domain/carrier-status.ts';
import { createAnnouncer } from './announcements.ts';
import type { Carrier } from './carrier.ts';
import { drawCallbackFault } from './faults.ts';
import type { LedgerCall } from './ledger.ts';
import { type CallOutcome, callOutcome } from './persona.ts';
import type { Step } from './scheduler.ts';
import { newSid } from './sids.ts';
import { readTwiml } from './twiml.ts';
import { callCallbackParams, voiceParams } from './wire/callback-params.ts';

/** A call that the carrier has agreed to place. */
export type CallOrder = {
  to: string;
  from: string;
  voiceUrl: string;
  statusCallbackUrl: string | null;
  /** The events the caller asked to hear about, in Twilio's words: initiated, ringing, answered, completed. */
  events: readonly string[];
  /** How long it may ring, in milliseconds. */
  ringLimitMs: number;
  /** Whether the carrier listens for a machine before it asks the voice URL. */
  detectsMachines: boolean;
};

/** Writes an accepted call into the ledger. Synchronous, so that its attempt number cannot be given twice. */
export function acceptCall(carrier: Carrier, order: CallOrder, createdAt: Date): LedgerCall {
  const attempt = (carrier.countOf('call', order.to).value += 1);
  const call: LedgerCall = {
    sid: newSid('CA'),
    to: order.to,
    from: order.from,
    attempt,
    createdAt,
    status: 'queued',
    statuses: [{ status: 'queued', at: createdAt }],
    answeredBy: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    spoken: [],
    voiceUrl: order.voiceUrl,
    statusCallbackUrl: order.statusCallbackUrl,
  };
  carrier.ledger.calls.push(call);
  return call;
}

/** Lets an accepted call take its course: it rings, is picked up or not, speaks, and ends. */
export async function placeCall(carrier: Carrier, order: CallOrder, call: LedgerCall): Promise<void> {
  const { seed, clock, course, sender, faults } = carrier;
  const outcome = callOutcome(seed, call.to, carrier.personaAt(call.to), call.attempt);
  const fault = drawCallbackFault(faults, seed, { kind: 'call', phone: call.to, attempt: call.attempt });
  const announcer = createAnnouncer(fault, { sender, course });
  let sequenceNumber = 0;

  async function reach(status: CarrierCallStatus): Promise<void> {
    const at = await clock.now();
    call.status = status;
    call.statuses.push({ status, at });
    if (status === 'in-progress') call.answeredAt = at;
    const isLast = eventOf(status) === 'completed';
    if (isLast) end(at);
    if (order.statusCallbackUrl === null || !order.events.includes(eventOf(status))) return;
    const params = callCallbackParams(carrier.accountSid, call, at, sequenceNumber++);
    await announcer.announce(
      { kind: 'voice-status', sid: call.sid, status, url: order.statusCallbackUrl, params },
      isLast,
    );
  }

  /** The duration is the drawn one, not the time that passed here: that depends on the speed and on late timers. */
  function end(at: Date): void {
    const talked = outcome.result === 'picked_up' && call.answeredAt !== null;
    call.endedAt = at;
    call.durationSeconds = talked ? Math.round((outcome.detectionMs + outcome.talkMs) / 1000) : 0;
  }

  async function speak(): Promise<void> {
    if (outcome.result === 'picked_up' && order.detectsMachines) call.answeredBy = outcome.answeredBy;
    const params = voiceParams(carrier.accountSid, call);
    const answer = await sender.send({
      kind: 'voice',
      sid: call.sid,
      status: null,
      url: order.voiceUrl,
      params,
    });
    call.spoken = answer?.httpStatus === 200 ? readTwiml(answer.body) : [];
  }

  await course.play(stepsOf(outcome, order.ringLimitMs, { reach, speak }));
}

function stepsOf(
  outcome: CallOutcome,
  ringLimitMs: number,
  acts: { reach: (status: CarrierCallStatus) => Promise<void>; speak: () => Promise<void> },
): Step[] {
  const step = (afterMs: number, status: CarrierCallStatus) => ({ afterMs, run: () => acts.reach(status) });
  const initiated = step(400, 'initiated');
  const ringing = step(1_200, 'ringing');
  switch (outcome.result) {
    case 'failed':
      return [initiated, step(1_500, 'failed')];
    case 'busy':
      return [initiated, ringing, step(1_500, 'busy')];
    case 'no-answer':
      return [initiated, ringing, step(ringLimitMs, 'no-answer')];
    case 'picked_up':
      if (outcome.ringMs >= ringLimitMs) return [initiated, ringing, step(ringLimitMs, 'no-answer')];
      return [
        initiated,
        ringing,
        step(outcome.ringMs, 'in-progress'),
        { afterMs: outcome.detectionMs, run: acts.speak },
        step(outcome.talkMs, 'completed'),
      ];
  }
}

/** The name under which a caller asks to hear about a status. Source: Twilio, "Calls resource", StatusCallbackEvent. */
function eventOf(status: CarrierCallStatus): string {
  if (status === 'initiated' || status === 'ringing') return status;
  return status === 'in-progress' ? 'answered' : 'completed';
}
