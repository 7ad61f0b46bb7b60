import type { CampaignSettings } from '../campaign.ts';
import { chooseNumber } from '../dialing/routing.ts';
import type { NumberChoice, OwnNumber } from '../dialing/routing.ts';
import { dayMs, hourMs } from '../duration.ts';
import { federalWindow, windowState } from './calling-window.ts';
import type { RefusalCode } from './refusals.ts';

/** All that the gate looks at, read under the lane's lock at the last moment before the touch. */
export type GateFacts = {
  now: Date;
  channel: 'sms' | 'call';
  /** Overrides the two duplicate windows, and nothing else. */
  urgent: boolean;
  settings: CampaignSettings;
  /** Whether the lead's number is one that can be dialled; a short code that wrote to us is none. */
  phoneValid: boolean;
  sendingStopped: boolean;
  campaignPaused: boolean;
  launchPaused: boolean;
  launchCancelled: boolean;
  leadBlocked: boolean;
  onDnc: boolean;
  /** The newest word of the consent ledger for this number; null = there is none. */
  consent: 'opt_in' | 'opt_out' | null;
  /** Newest outbound text to this number by anybody in the organisation, whatever came of it unless it was surely not sent. */
  lastTextAt: Date | null;
  /** Newest text from this number. */
  lastReplyAt: Date | null;
  /** Every zone the lead may be in; empty = unknown. */
  timeZones: string[];
  areaCode: string | null;
  /** The number of ours that this lead last heard from. */
  conversationNumber: string | null;
  numbers: OwnNumber[];
};

/** The gate's answer is a value: it sends, refuses for good, defers to an instant, or holds until something changes. */
export type GateDecision =
  | { decision: 'send'; number: OwnNumber; because: Extract<NumberChoice, { found: true }>['because'] }
  | { decision: 'refuse'; code: RefusalCode }
  | { decision: 'defer'; code: RefusalCode; until: Date }
  | { decision: 'hold'; code: RefusalCode };

/**
 * Decides one touch. The order matters: what forbids for good comes first, then what holds, then the hours, and the
 * duplicate windows last, so that they are judged at the moment the touch would really go out.
 */
export function decide(facts: GateFacts): GateDecision {
  const refuse = (code: RefusalCode): GateDecision => ({ decision: 'refuse', code });
  const hold = (code: RefusalCode): GateDecision => ({ decision: 'hold', code });

  if (facts.launchCancelled) return refuse('LAUNCH_CANCELLED');
  if (!facts.phoneValid) return refuse('INVALID_PHONE');
  if (facts.leadBlocked) return refuse('LEAD_BLOCKED');
  if (facts.consent === 'opt_out') return refuse('OPTED_OUT');
  if (facts.onDnc) return refuse('DNC_VIOLATION');
  if (facts.settings.requireConsent && facts.consent !== 'opt_in') return refuse('NO_CONSENT');

  if (facts.sendingStopped) return hold('SENDING_STOPPED');
  if (facts.campaignPaused) return hold('CAMPAIGN_PAUSED');
  if (facts.launchPaused) return hold('LAUNCH_PAUSED');

  const choice = chooseNumber(facts.numbers, facts);
  if (!choice.found && choice.because === 'no_number') return hold('CALLER_ID_MISSING');
  if (!choice.found && choice.because === 'no_capability') {
    return facts.channel === 'sms' ? refuse('SMS_NOT_SUPPORTED') : hold('CALLER_ID_MISSING');
  }

  const hours = windowState({ now: facts.now, zones: facts.timeZones, window: federalWindow });
  if (!hours.open) {
    // A lead whose zone nobody knows, or whose zones never agree, is never called: there is nothing to wait for.
    if (hours.opensAt === null) return refuse('QUIET_HOURS');
    return { decision: 'defer', code: 'QUIET_HOURS', until: hours.opensAt };
  }

  if (facts.channel === 'sms' && !facts.urgent) {
    if (within(facts.lastReplyAt, facts.now, facts.settings.recentReplyHours * hourMs))
      return refuse('RECENT_REPLY');
    if (within(facts.lastTextAt, facts.now, facts.settings.recentSmsHours * hourMs))
      return refuse('RECENT_SMS');
  }

  if (!choice.found) return { decision: 'defer', code: 'CAP_REACHED', until: nextDay(facts.now) };
  return { decision: 'send', number: choice.number, because: choice.because };
}

function within(at: Date | null, now: Date, windowMs: number): boolean {
  return at !== null && now.getTime() - at.getTime() < windowMs;
}

/** Caps count days in UTC, as the usage rows do. */
function nextDay(now: Date): Date {
  return new Date(Math.floor(now.getTime() / dayMs) * dayMs + dayMs);
}
