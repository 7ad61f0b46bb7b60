import { describe, expect, it } from 'vitest';
import { defaultCampaignSettings } from '../campaign.ts';
import { hourMs, minuteMs } from '../duration.ts';
import { decide, explain } from './gate.ts';
import type { GateFacts } from './gate.ts';
import { gateNow, openGate } from './testing/gate-facts.ts';

const settings = (changes: Partial<GateFacts['settings']>) => ({
  settings: { ...defaultCampaignSettings, ...changes },
});
const ago = (hours: number) => new Date(gateNow.getTime() - hours * hourMs);
const touches = (...hours: number[]) =>
  hours.map((each, nr) => ({ channel: nr % 2 === 0 ? ('call' as const) : ('sms' as const), at: ago(each) }));
/** The organisation's own caps out of the way. */
const laneRules = {
  textsPerDay: null,
  textsPerWeek: null,
  callsPerDay: null,
  callsPerWeek: null,
  minimumGapMinutes: 0,
  callGapMinutes: 0,
  oneConversation: true,
};

describe('a state’s cap', () => {
  const florida = { states: ['FL'], laneRules };

  it('lets the third touch of 24 hours through and defers the fourth until the first no longer counts', () => {
    const lane = { touches: touches(1, 5), conversationUntil: null };
    expect(decide(openGate({ ...florida, lane, channel: 'call' })).decision).toBe('send');
    lane.touches.push({ channel: 'sms', at: ago(23.5) });
    expect(decide(openGate({ ...florida, lane, channel: 'call' }))).toEqual({
      decision: 'defer',
      code: 'STATE_CAP_REACHED',
      until: new Date(gateNow.getTime() + 30 * minuteMs),
      rule: { code: 'STATE_CAP_REACHED', ruleVersion: 'us-fl-2021-1', source: 'Fla. Stat. 501.616(6)(b)' },
    });
  });

  it('counts texts and calls together, and is nobody’s where no state has one', () => {
    const lane = { touches: touches(1, 2, 3), conversationUntil: null };
    expect(decide(openGate({ ...florida, lane, channel: 'call' }))).toMatchObject({
      code: 'STATE_CAP_REACHED',
    });
    expect(decide(openGate({ states: ['NY'], laneRules, lane, channel: 'call' })).decision).toBe('send');
  });

  it('is no window that urgent overrides', () => {
    const lane = { touches: touches(1, 2, 3), conversationUntil: null };
    expect(decide(openGate({ ...florida, lane, urgent: true }))).toMatchObject({ code: 'STATE_CAP_REACHED' });
  });
});

describe('hours', () => {
  it.each([
    ['a state’s evening', { states: ['RI'], now: new Date('2026-11-20T23:30:00Z') }, 'defer', 'QUIET_HOURS'],
    ['a campaign’s holiday', settings({ holidays: ['2026-11-20'] }), 'defer', 'CAMPAIGN_HOURS'],
    ['before the campaign', settings({ startsOn: '2026-12-01' }), 'defer', 'CAMPAIGN_HOURS'],
    ['after the campaign', settings({ endsOn: '2026-11-19' }), 'refuse', 'CAMPAIGN_ENDED'],
    ['a campaign of no hours', settings({ hours: {} }), 'refuse', 'CAMPAIGN_HOURS'],
  ] satisfies [string, Partial<GateFacts>, string, string][])('%s', (_name, facts, decision, code) => {
    expect(decide(openGate(facts))).toMatchObject({ decision, code });
    expect(explain(openGate(facts))).toEqual([expect.objectContaining({ decision, code })]);
  });

  it('name the rule of law that a touch waits for', () => {
    const facts = openGate({ states: ['RI'], now: new Date('2026-11-20T23:30:00Z') });
    expect(decide(facts)).toMatchObject({
      until: new Date('2026-11-21T15:00:00Z'),
      rule: { ruleVersion: 'us-ri-1999-1', source: expect.stringContaining('R.I. Gen. Laws') },
    });
  });

  it('that were open are told with what is sent', () => {
    const sent = decide(openGate({ states: ['FL'], ...settings({ holidays: ['2026-11-19'] }) }));
    expect(sent).toMatchObject({
      decision: 'send',
      rules: [
        { ruleVersion: 'us-federal-2012-1' },
        { ruleVersion: 'us-fl-2021-1' },
        { code: 'CAMPAIGN_HOURS' },
      ],
    });
  });
});
