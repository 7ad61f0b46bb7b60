import { describe, expect, it, test } from 'vitest';
import { defaultCampaignSettings } from '../campaign.ts';
import type { CampaignSettings } from '../campaign.ts';
import { contactHours, hoursRules, stateCaps } from './contact-hours.ts';
import { stateCapRules } from './rules/state-caps.ts';
import { fastestMs } from './testing/fastest.ts';

const chicago = 'America/Chicago';
const newYork = 'America/New_York';
const noCampaign = defaultCampaignSettings;

type Asked = { zones?: string[]; states?: string[]; channel?: 'sms' | 'call' } & Partial<CampaignSettings>;
const at = (iso: string, { zones = [newYork], states = [], channel = 'sms', ...settings }: Asked = {}) =>
  contactHours({ now: new Date(iso), zones, states, channel, settings: { ...noCampaign, ...settings } });

/** What it says in one line: "open until", or the code and when it opens. */
const told = (...asked: Parameters<typeof at>): string => {
  const state = at(...asked);
  return state.open
    ? `open until ${state.closesAt.toISOString().slice(0, 16)}`
    : `${state.code} ${state.opensAt?.toISOString().slice(0, 16) ?? 'never'}`;
};

/** Hours of a week in a state, Monday 2027-08-16 (no holiday anywhere that week) to Sunday, in UTC as the zone is. */
const hoursOfWeek = (state: string, channel: 'sms' | 'call') =>
  Array.from({ length: 7 }, (_, day) => {
    const open: number[] = [];
    for (let minute = 0; minute < 1440; minute += 30) {
      const now = new Date(Date.UTC(2027, 7, 16 + day, 0, minute));
      if (contactHours({ now, zones: ['UTC'], states: [state], channel, settings: noCampaign }).open)
        open.push(minute);
    }
    return open.length === 0 ? '-' : `${open[0]! / 60}-${(open.at(-1)! + 30) / 60}`;
  });

describe('states: Monday to Friday, Saturday, Sunday', () => {
  it.each([
    ['NY', '8-21', '8-21', '8-21'],
    ['AL', '8-20', '8-20', '-'],
    ['CT', '9-20', '9-20', '9-20'],
    ['FL', '8-20', '8-20', '8-20'],
    ['KY', '10-21', '10-21', '10-21'],
    ['LA', '8-20', '8-20', '-'],
    ['MA', '8-20', '8-20', '8-20'],
    ['MD', '8-20', '8-20', '8-20'],
    ['MI', '9-21', '9-21', '9-21'],
    ['MN', '9-21', '9-21', '9-21'],
    ['MS', '8-20', '8-20', '-'],
    ['NM', '9-21', '9-21', '9-21'],
    ['NV', '9-20', '9-20', '9-20'],
    ['OK', '8-20', '8-20', '8-20'],
    ['OR', '8-20', '8-20', '8-20'],
    ['PA', '8-21', '8-12', '8-21'],
    ['RI', '9-18', '10-17', '-'],
    ['TX', '9-21', '9-21', '12-21'],
    ['UT', '8-21', '8-21', '-'],
    ['WA', '8-20', '8-20', '8-20'],
    ['ON', '9-21', '10-18', '10-18'],
  ])('%s', (state, weekday, saturday, sunday) => {
    const week = [weekday, weekday, weekday, weekday, weekday, saturday, sunday];
    expect(hoursOfWeek(state, 'call')).toEqual(week);
    expect(hoursOfWeek(state, 'sms')).toEqual(week);
  });

  it('South Dakota’s rule is about calls', () => {
    expect(hoursOfWeek('SD', 'call')).toEqual(['9-21', '9-21', '9-21', '9-21', '9-21', '-', '-']);
    expect(hoursOfWeek('SD', 'sms')).toEqual(Array(7).fill('8-21'));
  });

  it('every rule of a state is in the table above or named beside it', () => {
    const states = hoursRules.flatMap(({ areas }) => areas ?? []).filter((area) => area.length === 2);
    expect(states).toHaveLength(20 + 13);
  });
});

describe('law', () => {
  it('names what it looked at', () => {
    const state = at('2026-11-23T17:00:00Z', { states: ['FL', 'NY'] });
    expect(state).toMatchObject({
      open: true,
      rules: [
        { code: 'QUIET_HOURS', source: '47 CFR 64.1200(c)(1)' },
        { code: 'QUIET_HOURS', ruleVersion: 'us-fl-2021-1', source: 'Fla. Stat. 501.616(6)(a)' },
      ],
    });
  });

  it.each([
    ['the federal evening', '2026-11-24T01:30:00Z', {}, 'open until 2026-11-24T02:00'],
    ['Florida’s evening', '2026-11-24T01:30:00Z', { states: ['FL'] }, 'QUIET_HOURS 2026-11-24T13:00'],
    [
      'the number of one state, the address in another: both',
      '2026-11-23T14:30:00Z',
      { zones: [newYork, chicago], states: ['FL', 'KY'] },
      'QUIET_HOURS 2026-11-23T16:00',
    ],
    [
      'a Sunday in Alabama',
      '2026-11-22T18:00:00Z',
      { zones: [chicago], states: ['AL'] },
      'QUIET_HOURS 2026-11-23T14:00',
    ],
    [
      'Thanksgiving and Acadian Day in Louisiana',
      '2026-11-26T15:00:00Z',
      { zones: [chicago], states: ['LA'] },
      'QUIET_HOURS 2026-11-28T14:00',
    ],
    [
      'Rhode Island, a long weekend',
      '2026-11-25T23:00:00Z',
      { states: ['RI'] },
      'QUIET_HOURS 2026-11-27T14:00',
    ],
    [
      'Guam’s Sunday has begun while it is Saturday in Alabama',
      '2026-11-21T22:30:00Z',
      { zones: ['Pacific/Guam', chicago], states: ['AL'] },
      'QUIET_HOURS 2026-11-23T22:00',
    ],
    ['no zone is known', '2026-11-23T17:00:00Z', { zones: [] }, 'QUIET_HOURS never'],
    [
      'nobody can be in these zones and be called by Rhode Island’s hours',
      '2026-11-23T17:00:00Z',
      { zones: [newYork, 'Asia/Tokyo'], states: ['RI'] },
      'QUIET_HOURS never',
    ],
  ])('%s', (_name, now, asked, says) => {
    expect(told(now, asked)).toBe(says);
  });

  it('tells the rule that keeps it closed the longest', () => {
    const states = ['FL', 'AL', 'KY'];
    expect(at('2026-11-22T05:00:00Z', { states })).toMatchObject({ rule: { ruleVersion: 'us-al-2024-1' } });
    expect(at('2026-11-24T05:00:00Z', { states })).toMatchObject({ rule: { ruleVersion: 'us-ky-2024-1' } });
    expect(at('2026-11-24T05:00:00Z')).toMatchObject({ rule: { source: '47 CFR 64.1200(c)(1)' } });
  });

  it('a number that may be of any state finds the hours that all share', () => {
    const states = hoursRules.flatMap(({ areas }) => areas ?? []);
    expect(told('2026-11-23T12:00:00Z', { states })).toBe('QUIET_HOURS 2026-11-23T15:00');
    expect(told('2026-11-23T15:00:00Z', { states })).toBe('open until 2026-11-23T23:00');
  });
});

describe('the campaign', () => {
  const office = { 1: { from: '09:30', to: '17:00' }, 3: { from: '09:30', to: '24:00' } };

  it.each([
    ['its hours', '2026-11-23T14:00:00Z', { hours: office }, 'CAMPAIGN_HOURS 2026-11-23T14:30'],
    ['are open', '2026-11-23T15:00:00Z', { hours: office }, 'open until 2026-11-23T22:00'],
    [
      'a weekday that is missing is closed',
      '2026-11-24T15:00:00Z',
      { hours: office },
      'CAMPAIGN_HOURS 2026-11-25T14:30',
    ],
    [
      'within the law, not beyond it',
      '2026-11-25T15:00:00Z',
      { hours: office },
      'open until 2026-11-26T02:00',
    ],
    [
      'the law is closed just as long',
      '2026-11-23T05:00:00Z',
      { hours: { 1: { from: '06:00', to: '22:00' } } },
      'QUIET_HOURS 2026-11-23T13:00',
    ],
    [
      'a holiday',
      '2026-11-26T15:00:00Z',
      { holidays: ['2026-11-26', '2026-11-27'] },
      'CAMPAIGN_HOURS 2026-11-28T13:00',
    ],
    [
      'a leap day as holiday',
      '2028-02-29T15:00:00Z',
      { holidays: ['2028-02-29'] },
      'CAMPAIGN_HOURS 2028-03-01T13:00',
    ],
    ['not begun', '2026-11-23T15:00:00Z', { startsOn: '2026-12-01' }, 'CAMPAIGN_HOURS 2026-12-01T13:00'],
    [
      'beginning in three years',
      '2026-11-23T15:00:00Z',
      { startsOn: '2029-12-03' },
      'CAMPAIGN_HOURS 2029-12-03T13:00',
    ],
    ['on its last day', '2026-11-23T15:00:00Z', { endsOn: '2026-11-23' }, 'open until 2026-11-24T02:00'],
    ['after it', '2026-11-24T15:00:00Z', { endsOn: '2026-11-23' }, 'CAMPAIGN_ENDED never'],
    ['on the evening of it', '2026-11-24T03:00:00Z', { endsOn: '2026-11-23' }, 'CAMPAIGN_ENDED never'],
    [
      'on the morning of it',
      '2026-11-23T10:00:00Z',
      { endsOn: '2026-11-23' },
      'QUIET_HOURS 2026-11-23T13:00',
    ],
    [
      'over in one zone already',
      '2026-11-24T06:00:00Z',
      { zones: ['America/Los_Angeles', newYork], endsOn: '2026-11-23' },
      'CAMPAIGN_ENDED never',
    ],
    [
      'of Sundays only, in a state without',
      '2026-11-23T15:00:00Z',
      { states: ['UT'], hours: { 7: { from: '09:00', to: '17:00' } } },
      'CAMPAIGN_HOURS never',
    ],
    ['of no hours at all', '2026-11-23T15:00:00Z', { hours: {} }, 'CAMPAIGN_HOURS never'],
    [
      'over, of no hours at all',
      '2026-11-23T15:00:00Z',
      { hours: {}, endsOn: '2026-11-20' },
      'CAMPAIGN_ENDED never',
    ],
    [
      'before it begins, for nobody knows where',
      '2026-11-23T15:00:00Z',
      { zones: [], startsOn: '2026-12-01' },
      'QUIET_HOURS never',
    ],
    [
      'a Sunday of the law’s',
      '2026-11-22T18:00:00Z',
      { states: ['AL'], hours: { 1: { from: '06:00', to: '22:00' }, 7: { from: '06:00', to: '22:00' } } },
      'QUIET_HOURS 2026-11-23T13:00',
    ],
  ] satisfies [string, string, Asked, string][])('%s', (_name, now, asked, says) => {
    expect(told(now, asked)).toBe(says);
  });

  it('is named as the rule when it is the one that waits longest', () => {
    expect(at('2026-11-24T15:00:00Z', { hours: office })).toMatchObject({ rule: { code: 'CAMPAIGN_HOURS' } });
    expect(at('2026-11-23T15:00:00Z', { hours: office })).toMatchObject({
      rules: [{ code: 'QUIET_HOURS' }, { code: 'CAMPAIGN_HOURS' }],
    });
  });
});

describe('caps of states', () => {
  it.each(['FL', 'MD', 'OK', 'OR'])('%s: three within 24 hours', (state) => {
    expect(stateCaps(['NY', state])).toEqual([
      { state, touchesPerDay: 3, rule: expect.objectContaining({ code: 'STATE_CAP_REACHED' }) },
    ]);
  });

  it('others have none', () => {
    expect(stateCaps(['NY', 'WA', 'TX'])).toEqual([]);
    expect(stateCaps([])).toEqual([]);
    expect(stateCapRules).toHaveLength(4);
  });
});

test('a decision takes well under 0.2 ms', () => {
  const start = new Date('2026-11-23T00:00:00Z').getTime();
  const rounds = 4_000;
  const decide = () => {
    for (let round = 0; round < rounds; round++) {
      contactHours({
        now: new Date(start + round * 61_000),
        zones: [newYork, chicago],
        states: ['FL', 'AL'],
        channel: 'sms',
        settings: {
          ...noCampaign,
          hours: { 1: { from: '09:00', to: '18:00' }, 3: { from: '09:00', to: '18:00' } },
        },
      });
    }
  };
  // Measured 0.01 to 0.02 ms; the bound leaves room for a busy machine.
  expect(fastestMs(decide) / rounds).toBeLessThan(0.2);
});
