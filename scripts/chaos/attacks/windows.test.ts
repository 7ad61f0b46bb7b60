import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { nextLocalTime } from '#domain/compliance/calling-window.ts';
import { contactHours } from '#domain/compliance/contact-hours.ts';
import { dayMs, hourMs } from '#domain/duration.ts';
import { windowsAttack } from './windows.ts';
import { shownIn } from './windows/naive-judge.ts';
import { problemsOf, problemsOfDaily } from './windows/problems.ts';
import { clockChanges, drawTrial, numbersOf } from './windows/trials.ts';

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('for any zones, instant and rules, nobody is contacted outside the strictest window, nor kept back inside it', () => {
  fc.assert(
    fc.property(seed, (each) => {
      const random = numbersOf(each);
      const trial = drawTrial(random);
      expect({ trial, problems: problemsOf(trial, random) }).toEqual({ trial, problems: [] });
    }),
    { numRuns: 4_000 },
  );
});

test('a local time that the clock skips or repeats happens once a day', () => {
  fc.assert(
    fc.property(seed, (each) => {
      expect(problemsOfDaily(numbersOf(each))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('the small attack finds nothing', async () => {
  const { trials, failures, note } = await windowsAttack.run({ scale: 'small', seed: 7, say: () => {} });
  expect({ failures, note }).toEqual({ failures: 0, note: expect.stringContaining('strictest window 0') });
  expect(trials).toBe(10_000);
});

describe('the judge finds', () => {
  const problemsWith = (ask: typeof contactHours) => {
    const random = numbersOf(1);
    return new Set(Array.from({ length: 2_000 }, () => problemsOf(drawTrial(random), random, ask)).flat());
  };

  it.each([
    ['states that are forgotten', (asked) => contactHours({ ...asked, states: [] })],
    ['a zone that is forgotten', (asked) => contactHours({ ...asked, zones: asked.zones.slice(0, 1) })],
    [
      'a campaign’s holidays that are forgotten',
      (asked) => contactHours({ ...asked, settings: { ...asked.settings, holidays: [], endsOn: null } }),
    ],
    [
      'a clock that is an hour fast',
      (asked) => contactHours({ ...asked, now: new Date(asked.now.getTime() + hourMs) }),
    ],
  ] satisfies [string, typeof contactHours][])('%s', (_name, ask) => {
    expect([...problemsWith(ask)]).toContain('contacted outside the strictest window');
  });

  it('an opening that is missed by a minute', () => {
    const late: typeof contactHours = (asked) => {
      const state = contactHours(asked);
      return state.open || state.opensAt === null
        ? state
        : { ...state, opensAt: new Date(state.opensAt.getTime() + 60_000) };
    };
    expect([...problemsWith(late)]).toContain('opens later than it could');
  });

  it.each([
    ['days counted as 24 hours', (asked) => new Date(asked.now.getTime() + dayMs)],
    [
      'both of two',
      (asked) => {
        const wanted = `${String(Math.floor(asked.minuteOfDay / 60)).padStart(2, '0')}:${String(asked.minuteOfDay % 60).padStart(2, '0')}`;
        const again = asked.now.getTime() + hourMs - 1;
        return shownIn(asked.zone, again).time === wanted ? new Date(again) : nextLocalTime(asked);
      },
    ],
  ] satisfies [string, typeof nextLocalTime][])('%s', (_name, next) => {
    const random = numbersOf(1);
    const found = Array.from({ length: 300 }, () => problemsOfDaily(random, next)).flat();
    expect(found.length).toBeGreaterThan(0);
  });
});

test('the changes of clocks are those that the year has', () => {
  const of = (zone: string) => clockChanges.filter((change) => change.zone === zone).map(({ atMs }) => atMs);
  expect(of('America/New_York').map((ms) => new Date(ms).toISOString())).toEqual([
    '2026-11-01T06:00:00.000Z',
    '2027-03-14T07:00:00.000Z',
    '2027-11-07T06:00:00.000Z',
    '2028-03-12T07:00:00.000Z',
    '2028-11-05T06:00:00.000Z',
    '2029-03-11T07:00:00.000Z',
  ]);
  expect(of('America/Phoenix')).toEqual([]);
  expect(of('Pacific/Guam')).toEqual([]);
  expect(of('Australia/Lord_Howe')).toHaveLength(6);
});
