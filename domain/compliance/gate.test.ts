import { describe, expect, test } from 'vitest';
import { hourMs, minuteMs } from '../duration.ts';
import { decide } from './gate.ts';
import type { GateDecision, GateFacts } from './gate.ts';
import { refusalCodes, refusals, refusalEffect } from './refusals.ts';
import type { RefusalCode } from './refusals.ts';
import { gateNow, openGate, ownNumber } from './testing/gate-facts.ts';

const ago = (ms: number) => new Date(gateNow.getTime() - ms);
const night = new Date('2026-11-20T08:00:00Z');
const requireConsent = { recentSmsHours: 24, recentReplyHours: 4, requireConsent: true };

/** Each rule, alone in the way, in the order of precedence: what comes first forbids most. */
const rules: [RefusalCode, GateDecision['decision'], Partial<GateFacts>][] = [
  ['LAUNCH_CANCELLED', 'refuse', { launchCancelled: true }],
  ['INVALID_PHONE', 'refuse', { phoneValid: false }],
  ['LEAD_BLOCKED', 'refuse', { leadBlocked: true }],
  ['OPTED_OUT', 'refuse', { consent: 'opt_out' }],
  ['DNC_VIOLATION', 'refuse', { onDnc: true }],
  ['NO_CONSENT', 'refuse', { settings: requireConsent }],
  ['SENDING_STOPPED', 'hold', { sendingStopped: true }],
  ['CAMPAIGN_PAUSED', 'hold', { campaignPaused: true }],
  ['LAUNCH_PAUSED', 'hold', { launchPaused: true }],
  ['CALLER_ID_MISSING', 'hold', { numbers: [] }],
  ['QUIET_HOURS', 'defer', { now: night }],
  ['RECENT_REPLY', 'refuse', { lastReplyAt: ago(hourMs) }],
  ['RECENT_SMS', 'refuse', { lastTextAt: ago(hourMs) }],
  ['CAP_REACHED', 'defer', { numbers: [ownNumber({ dailyCap: 5, usedToday: 5 })] }],
];

describe('each rule', () => {
  test('sends when nothing is in the way, and says from which number and why', () => {
    expect(decide(openGate())).toEqual({ decision: 'send', number: ownNumber(), because: 'local_presence' });
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
    const elsewhere = ['ALREADY_ENROLLED', 'MISSING_VARIABLE', 'SMS_NOT_SUPPORTED'];
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
    const settings = { recentSmsHours: 0, recentReplyHours: 0, requireConsent: false };
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
    expect(decide(openGate({ timeZones }))).toEqual({ decision: 'refuse', code: 'QUIET_HOURS' });
  });

  test('are kept by calls as by texts, however urgent', () => {
    for (const channel of ['sms', 'call'] as const) {
      expect(decide(openGate({ now: night, channel, urgent: true }))).toMatchObject({ code: 'QUIET_HOURS' });
    }
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
      'DNC_VIOLATION',
      'INVALID_PHONE',
      'LAUNCH_CANCELLED',
      'LEAD_BLOCKED',
      'OPTED_OUT',
    ]);
  });
});
