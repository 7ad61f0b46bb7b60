import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../duration.ts';
import { everyDay, localTimeIn, nextLocalTime, windowState } from './calling-window.ts';
import type { HoursOfDay } from './calling-window.ts';

const federal: HoursOfDay = { startMinute: 480, endMinute: 1260 };

const zone = fc.constantFrom(
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Phoenix',
  'America/Anchorage',
  'America/Adak',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'America/St_Johns',
  'Pacific/Guam',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Europe/London',
  'America/Santiago',
  'Africa/Cairo',
);
const zones = fc.uniqueArray(zone, { minLength: 1, maxLength: 3 });
/** Any instant of two years, half of them within a day of a change of clocks. */
const changes = [
  '2026-11-01',
  '2027-03-14',
  '2027-11-07',
  '2027-03-28',
  '2027-10-31',
  '2027-04-04',
  '2027-10-03',
  '2027-09-05',
];
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 5, 1), max: Date.UTC(2028, 5, 1) }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -dayMs, max: 2 * dayMs }))
    .map(([day, shift]) => Date.parse(day) + shift),
);
const window = fc.oneof(
  fc.constant(federal),
  fc
    .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
    .filter(([start, end]) => start < end)
    .map(([startMinute, endMinute]): HoursOfDay => ({ startMinute, endMinute })),
);

describe('for any zones, window and instant', () => {
  const isOpen = (ms: number, inZones: string[], { startMinute, endMinute }: HoursOfDay) =>
    inZones.every((each) => {
      const { hour, minute } = localTimeIn(new Date(ms), each);
      return hour * 60 + minute >= startMinute && hour * 60 + minute < endMinute;
    });

  it('the returned instant is never quiet in any zone; the minute before it is, or it is now', () => {
    fc.assert(
      fc.property(zones, window, instant, (inZones, hours, nowMs) => {
        const state = windowState({ now: new Date(nowMs), zones: inZones, window: everyDay(hours) });
        expect(state.open).toBe(isOpen(nowMs, inZones, hours));
        if (state.open || state.opensAt === null) return;
        const opensMs = state.opensAt.getTime();
        expect(opensMs).toBeGreaterThan(nowMs);
        expect(isOpen(opensMs, inZones, hours)).toBe(true);
        expect(windowState({ now: state.opensAt, zones: inZones, window: everyDay(hours) }).open).toBe(true);
        expect(isOpen(opensMs - 1, inZones, hours)).toBe(false);
        expect(isOpen(Math.max(nowMs, opensMs - minuteMs), inZones, hours)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('no earlier minute would have done', () => {
    fc.assert(
      fc.property(zones, window, instant, (inZones, hours, nowMs) => {
        const state = windowState({ now: new Date(nowMs), zones: inZones, window: everyDay(hours) });
        if (state.open) return;
        const endMs = Math.min(state.opensAt?.getTime() ?? Infinity, nowMs + 2 * dayMs);
        for (let ms = nowMs; ms < endMs; ms += 7 * minuteMs) expect(isOpen(ms, inZones, hours)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('it stays open until it closes, and not a moment longer', () => {
    fc.assert(
      fc.property(zones, window, instant, (inZones, hours, nowMs) => {
        const state = windowState({ now: new Date(nowMs), zones: inZones, window: everyDay(hours) });
        if (!state.open) return;
        const closesMs = state.closesAt.getTime();
        expect(closesMs).toBeGreaterThan(nowMs);
        expect(closesMs - nowMs).toBeLessThanOrEqual(25 * hourMs);
        expect(isOpen(closesMs - 1, inZones, hours)).toBe(true);
        for (let ms = nowMs; ms < closesMs; ms += 11 * minuteMs)
          expect(isOpen(ms, inZones, hours)).toBe(true);
        const allDay = hours.startMinute === 0 && hours.endMinute === 1440;
        if (!allDay) expect(isOpen(closesMs, inZones, hours)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('an open window is open whatever the order of the zones, and stays open when one is left out', () => {
    fc.assert(
      fc.property(zones, instant, (inZones, nowMs) => {
        const now = new Date(nowMs);
        const state = windowState({ now, zones: inZones, window: everyDay(federal) });
        expect(windowState({ now, zones: inZones.toReversed(), window: everyDay(federal) })).toEqual(state);
        if (state.open && inZones.length > 1) {
          expect(windowState({ now, zones: inZones.slice(1), window: everyDay(federal) }).open).toBe(true);
        }
      }),
    );
  });
});

describe('the next local time', () => {
  it('shows that time, or lies as long after a skipped hour as it was meant to be in it', () => {
    fc.assert(
      fc.property(
        instant,
        zone,
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 20 }),
        (nowMs, inZone, minuteOfDay, daysAhead) => {
          const now = new Date(nowMs);
          const found = nextLocalTime({ now, zone: inZone, minuteOfDay, daysAhead });
          expect(found.getTime()).toBeGreaterThanOrEqual(nowMs);
          expect(found.getTime() - nowMs).toBeLessThanOrEqual((daysAhead + 2) * dayMs);
          const shown = localTimeIn(found, inZone);
          const late = shown.hour * 60 + shown.minute - minuteOfDay;
          expect([0, 30, 60]).toContain(late);
          if (late > 0) {
            const dayBefore = localTimeIn(new Date(found.getTime() - dayMs), inZone);
            expect(dayBefore.hour * 60 + dayBefore.minute).toBe(minuteOfDay);
          }
          const today = Date.parse(localTimeIn(now, inZone).date);
          expect(Date.parse(shown.date) - today).toBeGreaterThanOrEqual(daysAhead * dayMs);
        },
      ),
      { numRuns: 300 },
    );
  });
});
