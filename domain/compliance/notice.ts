import type { OwnNumber } from '../dialing/routing.ts';
import { minuteMs } from '../duration.ts';
import { isE164 } from '../phone.ts';
import type { GateDecision } from './gate.ts';

/** All that decides whether a person's STOP or HELP is answered, read under the lane's lock. */
export type NoticeFacts = {
  now: Date;
  /** Who wrote, and so who is answered. */
  phone: string;
  receivedAt: Date;
  /** It asks for an answer: an opt-out that was none before, or a question for help. */
  isDue: boolean;
  /** The carrier has said since that the person blocks us (21610). */
  carrierRefused: boolean;
  /** The person has taken the opt-out back. */
  optedInSince: boolean;
  /** Everything is stopped, here or on the whole installation. */
  sendingStopped: boolean;
  /** The number of ours that the person wrote to; null = it is no longer in use. */
  number: OwnNumber | null;
  carrierOpenUntil: Date | null;
};

/** A confirmation belongs to the opt-out only within five minutes of it. Source: 47 CFR 64.1200(a)(12). */
export const noticeLifeMs = 5 * minuteMs;

/**
 * Decides the one text that answers an opt-out or a question for help. It is no part of any campaign: neither hours, caps
 * of the lane nor the opt-out itself stand against it (47 CFR 64.1200(a)(12) allows the confirmation of an opt-out), but
 * it goes only to who has just written, from the number they wrote to, and never past a stop of everything.
 */
export function decideNotice(facts: NoticeFacts): GateDecision {
  const { now, number, carrierOpenUntil } = facts;
  const endsAt = new Date(facts.receivedAt.getTime() + noticeLifeMs);
  if (!isE164(facts.phone)) return { decision: 'refuse', code: 'INVALID_PHONE' };
  if (!facts.isDue || facts.carrierRefused) return { decision: 'refuse', code: 'OPTED_OUT' };
  if (now >= endsAt || facts.optedInSince) return { decision: 'refuse', code: 'EXPIRED' };
  if (facts.sendingStopped) return { decision: 'hold', code: 'SENDING_STOPPED' };
  if (number === null) return { decision: 'hold', code: 'CALLER_ID_MISSING' };
  if (!number.canSms) return { decision: 'refuse', code: 'SMS_NOT_SUPPORTED' };
  if (carrierOpenUntil !== null && carrierOpenUntil > now)
    return carrierOpenUntil >= endsAt
      ? { decision: 'refuse', code: 'EXPIRED' }
      : { decision: 'defer', code: 'CARRIER_DOWN', until: carrierOpenUntil };
  return { decision: 'send', number, because: 'conversation', rules: [] };
}
