import { describe, expect, it } from 'vitest';
import { allOf, everyDay, localTimeIn, nextLocalTime, windowState } from './calling-window.ts';
import { ruleWindow } from './rules/rule.ts';
import { federalHours } from './rules/federal.ts';

const newYork = 'America/New_York';
const chicago = 'America/Chicago';
const losAngeles = 'America/Los_Angeles';
const phoenix = 'America/Phoenix';
const guam = 'Pacific/Guam';

const between = (startMinute: number, endMinute: number) => everyDay({ startMinute, endMinute });
const federalWindow = ruleWindow(federalHours);
const at = (iso: string, zones: string[], window = federalWindow) =>
  windowState({ now: new Date(iso), zones, window });
const open = (closesAt: string) => ({ open: true, closesAt: new Date(closesAt) });
const quiet = (opensAt: string | null) => ({
  open: false,
  opensAt: opensAt === null ? null : new Date(opensAt),
});

describe('one zone', () => {
  it.each([
    ['just before eight', '2026-11-23T12:59:59.999Z', quiet('2026-11-23T13:00:00Z')],
    ['at eight', '2026-11-23T13:00:00.000Z', open('2026-11-24T02:00:00Z')],
    ['at noon', '2026-11-23T17:00:00.000Z', open('2026-11-24T02:00:00Z')],
    ['just before nine in the evening', '2026-11-24T01:59:59.999Z', open('2026-11-24T02:00:00Z')],
    ['at nine in the evening', '2026-11-24T02:00:00.000Z', quiet('2026-11-24T13:00:00Z')],
    ['at midnight', '2026-11-24T05:00:00.000Z', quiet('2026-11-24T13:00:00Z')],
  ])('%s in New York', (_name, now, state) => {
    expect(at(now, [newYork])).toEqual(state);
  });

  it.each([
    ['India, half an hour off', 'Asia/Kolkata', '2026-11-23T02:29:59Z', '2026-11-23T02:30:00Z'],
    ['Newfoundland in winter', 'America/St_Johns', '2027-01-15T11:29:59Z', '2027-01-15T11:30:00Z'],
    ['Newfoundland in summer', 'America/St_Johns', '2027-07-15T10:29:59Z', '2027-07-15T10:30:00Z'],
    ['Lord Howe Island in its summer', 'Australia/Lord_Howe', '2027-01-14T20:59:59Z', '2027-01-14T21:00:00Z'],
    ['Lord Howe Island in its winter', 'Australia/Lord_Howe', '2027-07-14T21:29:59Z', '2027-07-14T21:30:00Z'],
    ['Nepal, a quarter of an hour off', 'Asia/Kathmandu', '2026-11-23T02:14:59Z', '2026-11-23T02:15:00Z'],
    ['Arizona in winter', phoenix, '2027-01-15T14:59:59Z', '2027-01-15T15:00:00Z'],
    ['Arizona in summer, the same', phoenix, '2027-07-15T14:59:59Z', '2027-07-15T15:00:00Z'],
    ['Puerto Rico in winter', 'America/Puerto_Rico', '2027-01-15T11:59:59Z', '2027-01-15T12:00:00Z'],
    [
      'Puerto Rico in summer, the same',
      'America/Puerto_Rico',
      '2027-07-15T11:59:59Z',
      '2027-07-15T12:00:00Z',
    ],
    ['Guam, a day ahead', guam, '2026-11-22T21:59:59Z', '2026-11-22T22:00:00Z'],
    ['Hawaii', 'Pacific/Honolulu', '2026-11-23T17:59:59Z', '2026-11-23T18:00:00Z'],
  ])('%s', (_name, zone, before, opens) => {
    expect(at(before, [zone])).toEqual(quiet(opens));
    expect(at(opens, [zone]).open).toBe(true);
  });
});

describe('the nights when the clocks change', () => {
  it('spring: eight o’clock comes an hour sooner', () => {
    expect(at('2027-03-14T03:00:00Z', [newYork])).toEqual(quiet('2027-03-14T12:00:00Z'));
    expect(at('2027-03-13T17:00:00Z', [newYork])).toEqual(open('2027-03-14T02:00:00Z'));
  });

  it('autumn: eight o’clock comes an hour later', () => {
    expect(at('2027-11-07T02:00:00Z', [newYork])).toEqual(quiet('2027-11-07T13:00:00Z'));
  });

  it('London changes on other days than New York', () => {
    expect(at('2027-03-20T03:00:00Z', ['Europe/London', newYork])).toEqual(quiet('2027-03-20T12:00:00Z'));
    expect(at('2027-03-28T03:00:00Z', ['Europe/London'])).toEqual(quiet('2027-03-28T07:00:00Z'));
  });

  it('a window that starts in the skipped hour opens when the hour has been skipped', () => {
    expect(at('2027-03-14T06:00:00Z', [newYork], between(150, 600))).toEqual(quiet('2027-03-14T07:00:00Z'));
  });

  it('a window that ends in the skipped hour closes when the hour is skipped', () => {
    expect(at('2027-03-14T06:30:00Z', [newYork], between(60, 150))).toEqual(open('2027-03-14T07:00:00Z'));
  });

  it('a window within the skipped hour does not open on that day', () => {
    expect(at('2027-03-14T06:30:00Z', [newYork], between(130, 170))).toEqual(quiet('2027-03-15T06:10:00Z'));
  });

  it('a window within the repeated hour opens twice', () => {
    const repeated = between(75, 105); // 1:15 to 1:45
    expect(at('2027-11-07T05:00:00Z', [newYork], repeated)).toEqual(quiet('2027-11-07T05:15:00Z'));
    expect(at('2027-11-07T05:30:00Z', [newYork], repeated)).toEqual(open('2027-11-07T05:45:00Z'));
    expect(at('2027-11-07T05:50:00Z', [newYork], repeated)).toEqual(quiet('2027-11-07T06:15:00Z'));
    expect(at('2027-11-07T06:50:00Z', [newYork], repeated)).toEqual(quiet('2027-11-08T06:15:00Z'));
  });

  it('a window that starts in the repeated hour closes again when the clock goes back before its start', () => {
    const window = between(90, 600); // 1:30 to 10:00
    expect(at('2027-11-07T05:40:00Z', [newYork], window)).toEqual(open('2027-11-07T06:00:00Z'));
    expect(at('2027-11-07T06:00:00Z', [newYork], window)).toEqual(quiet('2027-11-07T06:30:00Z'));
  });
});

describe('several zones', () => {
  it('all must be open', () => {
    expect(at('2026-11-23T13:30:00Z', [newYork, chicago])).toEqual(quiet('2026-11-23T14:00:00Z'));
    expect(at('2026-11-23T14:00:00Z', [newYork, chicago])).toEqual(open('2026-11-24T02:00:00Z'));
    expect(at('2026-11-24T02:30:00Z', [newYork, chicago])).toEqual(quiet('2026-11-24T14:00:00Z'));
    expect(at('2026-11-24T02:30:00Z', [newYork, losAngeles])).toEqual(quiet('2026-11-24T16:00:00Z'));
  });

  it('half a world apart they still share an evening', () => {
    expect(at('2026-11-23T12:30:00Z', [newYork, guam])).toEqual(quiet('2026-11-23T22:00:00Z'));
    expect(at('2026-11-23T22:00:00Z', [guam, newYork])).toEqual(open('2026-11-24T02:00:00Z'));
  });

  it('that never share an hour never open', () => {
    expect(at('2026-11-23T12:30:00Z', [newYork, 'Europe/London', 'Asia/Tokyo'])).toEqual(quiet(null));
    expect(at('2026-11-23T12:30:00Z', [newYork, guam], between(480, 600))).toEqual(quiet(null));
  });

  it('that share an hour in one season only open then', () => {
    // Phoenix and Denver show the same time in winter alone.
    expect(at('2027-06-01T12:00:00Z', [phoenix, 'America/Denver'], between(480, 540))).toEqual(
      quiet('2027-11-07T15:00:00Z'),
    );
  });
});

describe('windows that never open', () => {
  it.each([
    ['no zone is known', [], federalWindow],
    ['it is empty', [newYork], between(600, 600)],
    ['it is turned round', [newYork], between(1260, 480)],
    ['it starts before the day', [newYork], between(-60, 480)],
    ['it ends after the day', [newYork], between(480, 1500)],
    ['it is no number', [newYork], between(Number.NaN, 480)],
  ])('%s', (_name, zones, window) => {
    expect(at('2026-11-23T17:00:00Z', zones, window)).toEqual(quiet(null));
  });

  it('an unknown zone is a fault, not an answer', () => {
    expect(() => at('2026-11-23T17:00:00Z', ['America/Nowhere'])).toThrow(RangeError);
  });
});

it('a window over the whole day closes at midnight and opens in the same instant', () => {
  expect(at('2026-11-23T17:00:00Z', [newYork], between(0, 1440))).toEqual(open('2026-11-24T05:00:00Z'));
  expect(at('2026-11-24T05:00:00Z', [newYork], between(0, 1440))).toEqual(open('2026-11-25T05:00:00Z'));
});

describe('windows by local date', () => {
  const day = (iso: string) => Date.parse(iso) / 86_400_000;
  const weekdays = {
    on: (epochDay: number) => ((epochDay + 3) % 7 < 5 ? { startMinute: 540, endMinute: 1080 } : null),
  };

  it('a closed day is passed over', () => {
    // Friday 18:00 in New York: Monday 9:00.
    expect(at('2026-11-20T23:00:00Z', [newYork], weekdays)).toEqual(quiet('2026-11-23T14:00:00Z'));
    expect(at('2026-11-20T22:59:59Z', [newYork], weekdays)).toEqual(open('2026-11-20T23:00:00Z'));
  });

  it('is judged by each zone’s own date', () => {
    // Monday 9:00 on Guam is Sunday 18:00 in New York; they share no weekday hour until Monday 18:00 to 18:00 … never.
    expect(at('2026-11-22T23:00:00Z', [guam, newYork], weekdays)).toEqual(quiet(null));
    expect(at('2026-11-22T23:00:00Z', [guam], weekdays)).toEqual(open('2026-11-23T08:00:00Z'));
  });

  it('begins with its first day and ends with its last', () => {
    const term = { ...federalWindow, firstDay: day('2028-02-29'), lastDay: day('2028-02-29') };
    expect(at('2026-11-23T17:00:00Z', [newYork], term)).toEqual(quiet('2028-02-29T13:00:00Z'));
    expect(at('2028-02-29T17:00:00Z', [newYork], term)).toEqual(open('2028-03-01T02:00:00Z'));
    expect(at('2028-03-01T02:00:00Z', [newYork], term)).toEqual(quiet(null));
    expect(at('2028-03-01T01:30:00Z', [newYork, chicago], term)).toEqual(open('2028-03-01T02:00:00Z'));
    expect(at('2028-02-29T13:30:00Z', [newYork, chicago], term)).toEqual(quiet('2028-02-29T14:00:00Z'));
  });

  it('several are open when all are', () => {
    const both = allOf([federalWindow, weekdays, { ...between(600, 1300), lastDay: day('2026-11-23') }]);
    expect(at('2026-11-21T12:00:00Z', [newYork], both)).toEqual(quiet('2026-11-23T15:00:00Z'));
    expect(at('2026-11-23T15:00:00Z', [newYork], both)).toEqual(open('2026-11-23T23:00:00Z'));
    expect(at('2026-11-23T23:00:00Z', [newYork], both)).toEqual(quiet(null));
    expect(at('2026-11-23T17:00:00Z', [newYork], allOf([between(0, 600), between(600, 900)]))).toEqual(
      quiet(null),
    );
  });
});

describe('the next local time', () => {
  const next = (iso: string, inZone: string, minuteOfDay: number, daysAhead?: number) =>
    nextLocalTime({ now: new Date(iso), zone: inZone, minuteOfDay, daysAhead }).toISOString();

  it('is today when it is still ahead, now when it is now, else tomorrow', () => {
    expect(next('2026-11-23T12:00:00Z', newYork, 9 * 60)).toBe('2026-11-23T14:00:00.000Z');
    expect(next('2026-11-23T14:00:00Z', newYork, 9 * 60)).toBe('2026-11-23T14:00:00.000Z');
    expect(next('2026-11-23T14:00:00.001Z', newYork, 9 * 60)).toBe('2026-11-24T14:00:00.000Z');
  });

  it('counts days on the local calendar', () => {
    // 23:00 on the 22nd in New York.
    expect(next('2026-11-23T04:00:00Z', newYork, 10 * 60, 1)).toBe('2026-11-23T15:00:00.000Z');
    expect(next('2026-11-23T04:00:00Z', newYork, 10 * 60, 3)).toBe('2026-11-25T15:00:00.000Z');
    expect(next('2026-11-23T20:00:00Z', newYork, 10 * 60, 0)).toBe('2026-11-24T15:00:00.000Z');
  });

  it('keeps the wall clock across a change, not the number of hours', () => {
    expect(next('2027-03-13T14:00:00Z', newYork, 9 * 60, 1)).toBe('2027-03-14T13:00:00.000Z');
    expect(next('2027-11-06T13:00:00Z', newYork, 9 * 60, 1)).toBe('2027-11-07T14:00:00.000Z');
  });

  it('2:30 in the skipped hour happens once, as 3:30', () => {
    expect(next('2027-03-14T06:00:00Z', newYork, 150)).toBe('2027-03-14T07:30:00.000Z');
    expect(next('2027-03-14T07:30:00Z', newYork, 150)).toBe('2027-03-14T07:30:00.000Z');
    expect(next('2027-03-14T07:30:01Z', newYork, 150)).toBe('2027-03-15T06:30:00.000Z');
  });

  it('1:30 in the repeated hour happens once, the first time', () => {
    expect(next('2027-11-07T04:00:00Z', newYork, 90)).toBe('2027-11-07T05:30:00.000Z');
    expect(next('2027-11-07T06:00:00Z', newYork, 90)).toBe('2027-11-08T06:30:00.000Z');
  });

  it('midnight skipped, and half-hour changes', () => {
    // Chile puts its clocks forward at midnight.
    expect(next('2027-09-05T03:00:00Z', 'America/Santiago', 0)).toBe('2027-09-05T04:00:00.000Z');
    expect(next('2027-04-03T12:00:00Z', 'Australia/Lord_Howe', 9 * 60)).toBe('2027-04-03T22:30:00.000Z');
  });
});

describe('what a clock shows', () => {
  it.each([
    ['2026-11-23T05:00:00Z', newYork, { weekday: 1, hour: 0, minute: 0, date: '2026-11-23' }],
    ['2026-11-23T04:59:59Z', newYork, { weekday: 7, hour: 23, minute: 59, date: '2026-11-22' }],
    ['2026-11-23T18:15:00Z', 'Asia/Kolkata', { weekday: 1, hour: 23, minute: 45, date: '2026-11-23' }],
    ['2026-11-23T18:30:00Z', 'Asia/Kolkata', { weekday: 2, hour: 0, minute: 0, date: '2026-11-24' }],
    ['2028-02-29T12:00:00Z', 'UTC', { weekday: 2, hour: 12, minute: 0, date: '2028-02-29' }],
    ['1969-12-31T12:00:00Z', 'UTC', { weekday: 3, hour: 12, minute: 0, date: '1969-12-31' }],
  ])('%s in %s', (now, inZone, shown) => {
    expect(localTimeIn(new Date(now), inZone)).toEqual(shown);
  });
});
