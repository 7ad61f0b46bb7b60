import type { CampaignSettings } from '../campaign.ts';
import { chooseNumber } from '../dialing/routing.ts';
import type { NumberChoice, OwnNumber } from '../dialing/routing.ts';
import { dayMs, hourMs } from '../duration.ts';
import type { LaneRules } from '../organization.ts';
import { contactHours } from './contact-hours.ts';
import type { RuleReference } from './contact-hours.ts';
import { laneBlocks } from './lane.ts';
import type { LaneFacts } from './lane.ts';
import { dueAfterPauses } from './pauses.ts';
import type { Pause, Wait } from './pauses.ts';
import type { RefusalCode } from './refusals.ts';

/** All that the gate looks at, read under the lane's lock at the last moment before the touch. */
export type GateFacts = {
  now: Date;
  channel: 'sms' | 'call';
  /** Overrides the two duplicate windows, and nothing else. */
  urgent: boolean;
  /** After that the message is not worth sending; null = it always is. */
  expiresAt: Date | null;
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
  /** Somebody has to read a reply of this number that may be a refusal. */
  consentUnclear: boolean;
  /** Newest outbound text to this number by anybody in the organisation, whatever came of it unless it was surely not sent. */
  lastTextAt: Date | null;
  /** Newest text from this number. */
  lastReplyAt: Date | null;
  /** Everything that this number has borne and may bear. */
  lane: LaneFacts;
  laneRules: LaneRules;
  /** The journey's last wait of its own, and the pauses since it began; what they took from it is given back. */
  wait: Wait | null;
  pauses: Pause[];
  /** Every zone the lead may be in; empty = unknown. */
  timeZones: string[];
  /** Two letters of every state of the United States and province of Canada that the lead may be in. */
  states: string[];
  areaCode: string | null;
  /** The number of ours that this lead last heard from. */
  conversationNumber: string | null;
  numbers: OwnNumber[];
  /** The carrier's circuit breaker: nothing is asked of it before that instant; null = it works. */
  carrierOpenUntil: Date | null;
};

/** One reason not to make the touch now. `rule` names the law or setting it comes from, where there is a version of it. */
export type GateBlock =
  | { decision: 'refuse'; code: RefusalCode; rule?: RuleReference }
  | { decision: 'defer'; code: RefusalCode; until: Date; rule?: RuleReference }
  | { decision: 'hold'; code: RefusalCode; rule?: RuleReference };

/** The gate's answer is a value: it sends, refuses for good, defers to an instant, or holds until something changes. */
export type GateDecision =
  | {
      decision: 'send';
      number: OwnNumber;
      because: Extract<NumberChoice, { found: true }>['because'];
      /** The rules of hours that were looked at and were open. */
      rules: RuleReference[];
    }
  | GateBlock;

/**
 * Decides one touch: sends if no rule is in the way, else answers with the first that is. A touch that would only go out
 * when its shelf life is over is refused now.
 */
export function decide(facts: GateFacts): GateDecision {
  for (const rule of rules) {
    const [block] = rule(facts);
    if (!block) continue;
    const { expiresAt } = facts;
    const tooLate = block.decision === 'defer' && expiresAt !== null && block.until >= expiresAt;
    return tooLate ? { decision: 'refuse', code: 'EXPIRED' } : block;
  }
  const choice = chooseNumber(facts.numbers, facts);
  const hours = hoursOf(facts);
  if (!choice.found || !hours.open) throw new Error('The gate let something through that it blocks');
  return { decision: 'send', number: choice.number, because: choice.because, rules: hours.rules };
}

/** Everything that is in the way of the touch just now, in the gate's order; empty = it would go out. */
export function explain(facts: GateFacts): GateBlock[] {
  return rules.flatMap((rule) => rule(facts));
}

type Rule = (facts: GateFacts) => GateBlock[];

const refuseIf = (code: RefusalCode, holds: (facts: GateFacts) => boolean): Rule => {
  return (facts) => (holds(facts) ? [{ decision: 'refuse', code }] : []);
};
const holdIf = (code: RefusalCode, holds: (facts: GateFacts) => boolean): Rule => {
  return (facts) => (holds(facts) ? [{ decision: 'hold', code }] : []);
};

/**
 * The order matters: what forbids for good comes first, then what holds, then the hours, and the duplicate windows and
 * caps after them, so that they are judged at the moment the touch would really go out. Rates come last of all, with the
 * reservation: a place in the queue is for what nothing else is in the way of.
 */
const rules: Rule[] = [
  refuseIf('LAUNCH_CANCELLED', (facts) => facts.launchCancelled),
  refuseIf('INVALID_PHONE', (facts) => !facts.phoneValid),
  refuseIf('LEAD_BLOCKED', (facts) => facts.leadBlocked),
  refuseIf('OPTED_OUT', (facts) => facts.consent === 'opt_out'),
  refuseIf('DNC_VIOLATION', (facts) => facts.onDnc),
  refuseIf('NO_CONSENT', ({ settings, consent }) => settings.requireConsent && consent !== 'opt_in'),
  refuseIf('EXPIRED', ({ expiresAt, now }) => expiresAt !== null && expiresAt <= now),
  holdIf('SENDING_STOPPED', (facts) => facts.sendingStopped),
  holdIf('CAMPAIGN_PAUSED', (facts) => facts.campaignPaused),
  holdIf('LAUNCH_PAUSED', (facts) => facts.launchPaused),
  holdIf('CONSENT_UNCLEAR', (facts) => facts.consentUnclear),
  ourNumbers,
  whatPausesTook,
  hours,
  duplicates,
  (facts) => laneBlocks(facts),
  capOfNumbers,
  carrier,
];

function ourNumbers(facts: GateFacts): GateBlock[] {
  const choice = chooseNumber(facts.numbers, facts);
  if (choice.found || choice.because === 'cap_reached') return [];
  return choice.because === 'no_capability' && facts.channel === 'sms'
    ? [{ decision: 'refuse', code: 'SMS_NOT_SUPPORTED' }]
    : [{ decision: 'hold', code: 'CALLER_ID_MISSING' }];
}

function whatPausesTook({ wait, pauses, now }: GateFacts): GateBlock[] {
  if (wait === null || pauses.length === 0) return [];
  const { dueAt, expired } = dueAfterPauses(wait, pauses);
  if (expired) return [{ decision: 'refuse', code: 'EXPIRED' }];
  return dueAt > now ? [{ decision: 'defer', code: 'WAIT_NOT_OVER', until: dueAt }] : [];
}

function hoursOf({ now, timeZones, states, channel, settings }: GateFacts) {
  return contactHours({ now, zones: timeZones, states, channel, settings });
}

function hours(facts: GateFacts): GateBlock[] {
  const state = hoursOf(facts);
  if (state.open) return [];
  const { code, opensAt, rule } = state;
  // A lead whose zone nobody knows, or whose zones never agree, is never contacted: there is nothing to wait for.
  return opensAt === null
    ? [{ decision: 'refuse', code, rule }]
    : [{ decision: 'defer', code, until: opensAt, rule }];
}

function duplicates(facts: GateFacts): GateBlock[] {
  const { channel, urgent, settings, now } = facts;
  if (channel !== 'sms' || urgent) return [];
  const blocks: GateBlock[] = [];
  if (within(facts.lastReplyAt, now, settings.recentReplyHours * hourMs))
    blocks.push({ decision: 'refuse', code: 'RECENT_REPLY' });
  if (within(facts.lastTextAt, now, settings.recentSmsHours * hourMs))
    blocks.push({ decision: 'refuse', code: 'RECENT_SMS' });
  return blocks;
}

function capOfNumbers(facts: GateFacts): GateBlock[] {
  const choice = chooseNumber(facts.numbers, facts);
  return !choice.found && choice.because === 'cap_reached'
    ? [{ decision: 'defer', code: 'CAP_REACHED', until: nextDay(facts.now) }]
    : [];
}

function carrier({ carrierOpenUntil, now }: GateFacts): GateBlock[] {
  return carrierOpenUntil !== null && carrierOpenUntil > now
    ? [{ decision: 'defer', code: 'CARRIER_DOWN', until: carrierOpenUntil }]
    : [];
}

function within(at: Date | null, now: Date, windowMs: number): boolean {
  return at !== null && now.getTime() - at.getTime() < windowMs;
}

/** Caps count days in UTC, as the usage rows do. */
function nextDay(now: Date): Date {
  return new Date(Math.floor(now.getTime() / dayMs) * dayMs + dayMs);
}
