import { describe, expect, test } from 'vitest';
import { defaultCampaignSettings } from '../campaign.ts';
import { hourMs, minuteMs } from '../duration.ts';
import { defaultOrganizationSettings } from '../organization.ts';
import { decide, explain } from './gate.ts';
import type { GateDecision, GateFacts } from './gate.ts';
import { refusalCodes, refusals, refusalEffect } from './refusals.ts';
import type { ResumePolicy } from './pauses.ts';
import type { RefusalCode } from './refusals.ts';
import { gateNow, openGate, ownNumber } from './testing/gate-facts.ts';

const ago = (ms: number) => new Date(gateNow.getTime() - ms);
const night = new Date('2026-11-20T08:00:00Z');
const requireConsent = { ...defaultCampaignSettings, requireConsent: true };

const ahead = (ms: number) => ago(-ms);
const { lane } = defaultOrganizationSettings;
const texts = (count: number) => ({
  touches: Array.from({ length: count }, () => ({ channel: 'sms' as const, at: ago(hourMs) })),
  conversationUntil: null,
});
/** Two hours were to be waited until an hour ago; the campaign stood still for one and a half of them. */
function pausedDuringWait(policy: ResumePolicy): Partial<GateFacts> {
  return {
    wait: { from: ago(3 * hourMs), until: ago(hourMs) },
    pauses: [{ beganAt: ago(2.5 * hourMs), endedAt: ago(hourMs), policy }],
  };
}

/** Each rule, alone in the way, in the order of precedence: what comes first forbids most. */
const rules: [RefusalCode, GateDecision['decision'], Partial<GateFacts>][] = [
  ['LAUNCH_CANCELLED', 'refuse', { launchCancelled: true }],
  ['INVALID_PHONE', 'refuse', { phoneValid: false }],
  ['LEAD_BLOCKED', 'refuse', { leadBlocked: true }],
  ['OPTED_OUT', 'refuse', { consent: 'opt_out' }],
  ['DNC_VIOLATION', 'refuse', { onDnc: true }],
  ['NO_CONSENT', 'refuse', { settings: requireConsent }],
  ['EXPIRED', 'refuse', { expiresAt: new Date(0) }],
  ['SENDING_STOPPED', 'hold', { sendingStopped: true }],
  ['CAMPAIGN_PAUSED', 'hold', { campaignPaused: true }],
  ['LAUNCH_PAUSED', 'hold', { launchPaused: true }],
  ['CONSENT_UNCLEAR', 'hold', { consentUnclear: true }],
  ['CALLER_ID_MISSING', 'hold', { numbers: [] }],
  ['WAIT_NOT_OVER', 'defer', pausedDuringWait('keep')],
  ['QUIET_HOURS', 'defer', { now: night }],
  ['RECENT_REPLY', 'refuse', { lastReplyAt: ago(hourMs) }],
  ['RECENT_SMS', 'refuse', { lastTextAt: ago(hourMs) }],
  ['CONVERSATION_OPEN', 'defer', { lane: { touches: [], conversationUntil: ahead(hourMs) } }],
  ['TOO_SOON', 'defer', { lane: texts(1), laneRules: { ...lane, minimumGapMinutes: 90 } }],
  ['LANE_CAP_REACHED', 'defer', { lane: texts(3) }],
  ['CAP_REACHED', 'defer', { numbers: [ownNumber({ dailyCap: 5, usedToday: 5 })] }],
  ['CARRIER_DOWN', 'defer', { carrierOpenUntil: ahead(minuteMs) }],
];

describe('each rule', () => {
  test('sends when nothing is in the way, and says from which number and why', () => {
    expect(decide(openGate())).toEqual({
      decision: 'send',
      number: ownNumber(),
      because: 'local_presence',
      rules: [expect.objectContaining({ code: 'QUIET_HOURS' })],
    });
  });

  test.each(rules)('%s: %s', (code, decision, facts) => {
    expect(decide(openGate(facts))).toMatchObject({ decision, code });
  });

  test('comes before all that follow it', () => {
    rules.forEach(([code], index) => {
      // From the last to the first, so that of two rules about one fact the earlier one has it.
      const together = rules.slice(index).reduceRight((facts, [, , one]) => ({ ...facts, ...one }), {});
      expect(decide(openGate(together)), code).toMatchObject({ code });
    });
  });

  test('has every code of the list, but for those that are not the gate’s to give', () => {
    const elsewhere = [
      'ALREADY_ENROLLED',
      'MISSING_VARIABLE',
      'SMS_NOT_SUPPORTED',
      'RATE_LIMITED',
      'CAMPAIGN_HOURS',
      'CAMPAIGN_ENDED',
      'STATE_CAP_REACHED',
    ];
    expect([...rules.map(([code]) => code), ...elsewhere].sort()).toEqual([...refusalCodes].sort());
  });
});

describe('numbers', () => {
  const without = (capability: object) => ({ numbers: [ownNumber(capability)] });

  test.each([
    ['sms', { canSms: false }, { decision: 'refuse', code: 'SMS_NOT_SUPPORTED' }],
    ['call', { canVoice: false }, { decision: 'hold', code: 'CALLER_ID_MISSING' }],
    ['sms', { canVoice: false }, { decision: 'send' }],
    ['call', { canSms: false }, { decision: 'send' }],
  ] as const)('%s with %o', (channel, capability, expected) => {
    expect(decide(openGate({ channel, ...without(capability) }))).toMatchObject(expected);
  });

  test('a cap is reached until the next day of UTC, by which use is counted', () => {
    const numbers = [ownNumber({ dailyCap: 1, usedToday: 1 })];
    expect(decide(openGate({ numbers }))).toEqual({
      decision: 'defer',
      code: 'CAP_REACHED',
      until: new Date('2026-11-21T00:00:00Z'),
    });
  });
});

describe('the duplicate windows', () => {
  test.each([
    ['lastTextAt', 24 * hourMs, 'RECENT_SMS'],
    ['lastReplyAt', 4 * hourMs, 'RECENT_REPLY'],
  ] as const)('%s: closed to the last millisecond, open at the hour', (fact, windowMs, code) => {
    expect(decide(openGate({ [fact]: ago(windowMs - 1) }))).toMatchObject({ code });
    expect(decide(openGate({ [fact]: ago(windowMs) }))).toMatchObject({ decision: 'send' });
    expect(decide(openGate({ [fact]: ago(-minuteMs) }))).toMatchObject({ code });
  });

  test('are the campaign’s, and none at all when it says so', () => {
    const settings = { ...defaultCampaignSettings, recentSmsHours: 0, recentReplyHours: 0 };
    const facts = { settings, lastTextAt: ago(0), lastReplyAt: ago(0) };
    expect(decide(openGate(facts))).toMatchObject({ decision: 'send' });
  });

  test('concern texts only, and not urgent ones', () => {
    const recent = { lastTextAt: ago(0), lastReplyAt: ago(0) };
    expect(decide(openGate({ ...recent, channel: 'call' }))).toMatchObject({ decision: 'send' });
    expect(decide(openGate({ ...recent, urgent: true }))).toMatchObject({ decision: 'send' });
  });

  test('a text that would be refused at night is judged in the morning', () => {
    const facts = openGate({ now: night, lastTextAt: new Date(night.getTime() - 20 * hourMs) });
    const decision = decide(facts);
    expect(decision).toMatchObject({ decision: 'defer', code: 'QUIET_HOURS' });
    const until = decision.decision === 'defer' ? decision.until : night;
    expect(until).toEqual(new Date('2026-11-20T13:00:00Z'));
    expect(decide({ ...facts, now: until })).toMatchObject({ decision: 'send' });
  });
});

describe('hours', () => {
  test.each([
    ['no zone is known', []],
    ['the zones share no hour', ['America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']],
  ])('nobody is contacted when %s, and nothing is waited for', (_name, timeZones) => {
    expect(decide(openGate({ timeZones }))).toMatchObject({ decision: 'refuse', code: 'QUIET_HOURS' });
  });

  test('are kept by calls as by texts, however urgent', () => {
    for (const channel of ['sms', 'call'] as const) {
      expect(decide(openGate({ now: night, channel, urgent: true }))).toMatchObject({ code: 'QUIET_HOURS' });
    }
  });
});

describe('everything in the way', () => {
  test('is told at once, in order, to whoever asks why', () => {
    const facts = openGate({ campaignPaused: true, now: night, carrierOpenUntil: ahead(0) });
    const blocks = explain(facts);
    expect(blocks.map(({ code }) => code)).toEqual(['CAMPAIGN_PAUSED', 'QUIET_HOURS', 'CARRIER_DOWN']);
    expect(explain(openGate())).toEqual([]);
  });

  test('is what decides: the first of it is the decision', () => {
    rules.forEach(([code, decision, facts]) => {
      const [first] = explain(openGate(facts));
      expect(first, code).toMatchObject({ code, decision });
    });
  });
});

describe('shelf life', () => {
  test('a text that could only go out after it is refused at once', () => {
    const expiresAt = new Date('2026-11-20T10:00:00Z');
    expect(decide(openGate({ now: night, expiresAt }))).toMatchObject({
      decision: 'refuse',
      code: 'EXPIRED',
    });
    const later = new Date('2026-11-20T14:00:00Z');
    expect(decide(openGate({ now: night, expiresAt: later }))).toMatchObject({ code: 'QUIET_HOURS' });
  });
});

describe('after a pause', () => {
  test.each([
    ['keep', { decision: 'defer', code: 'WAIT_NOT_OVER', until: ahead(0.5 * hourMs) }],
    ['shift', { decision: 'send' }],
    ['expire', { decision: 'send' }],
  ] as const)('%s: what the policy says of a wait that ended with the pause', (policy, expected) => {
    expect(decide(openGate(pausedDuringWait(policy)))).toMatchObject(expected);
  });

  test('expire: what came due in the pause is left out', () => {
    const pauses = [{ beganAt: ago(2 * hourMs), endedAt: ago(minuteMs), policy: 'expire' as const }];
    const wait = { from: ago(3 * hourMs), until: ago(hourMs) };
    expect(decide(openGate({ wait, pauses }))).toMatchObject({ decision: 'refuse', code: 'EXPIRED' });
  });
});

test('a consent that is demanded is given by an opt-in only', () => {
  const facts = { settings: requireConsent };
  expect(decide(openGate({ ...facts, consent: 'opt_in' }))).toMatchObject({ decision: 'send' });
  expect(decide(openGate({ ...facts, consent: 'opt_out' }))).toMatchObject({ code: 'OPTED_OUT' });
});

describe('the list of refusals', () => {
  test.each(Object.entries(refusals))('%s has a severity, a consequence and a sentence', (code, rule) => {
    expect(['low', 'medium', 'high', 'critical']).toContain(rule.severity);
    expect(rule.message).toMatch(/^[A-Z].+\.$/);
    expect(refusalEffect(code as RefusalCode)).toBe(rule.effect);
  });

  test('has the severities that were asked for', () => {
    expect(refusals).toMatchObject({
      DNC_VIOLATION: { severity: 'critical' },
      CALLER_ID_MISSING: { severity: 'critical' },
      SMS_NOT_SUPPORTED: { severity: 'critical' },
      LEAD_BLOCKED: { severity: 'high' },
    });
  });

  test('ends a journey for what will not change: the number, the person’s no, the launch', () => {
    const ending = refusalCodes.filter((code) => refusalEffect(code) === 'end');
    expect(ending.sort()).toEqual([
      'CAMPAIGN_ENDED',
      'DNC_VIOLATION',
      'INVALID_PHONE',
      'LAUNCH_CANCELLED',
      'LEAD_BLOCKED',
      'OPTED_OUT',
    ]);
  });
});
