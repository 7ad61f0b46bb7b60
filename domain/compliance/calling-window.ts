import { dayMs, minuteMs } from '../duration.ts';
import { localToInstant, wallClock } from './zones/wall-clock.ts';

/** Hours of the day in which a person may be contacted, as minutes after local midnight; the end is not included. */
export type CallingWindow = {
  startMinute: number;
  endMinute: number;
  /** Recorded with a decision, so that it can be understood after the rule has changed. */
  ruleVersion: string;
  source: string;
};

/** No solicitation before 8:00 or after 21:00, local time at the called party's location. */
export const federalWindow: CallingWindow = {
  startMinute: 8 * 60,
  endMinute: 21 * 60,
  ruleVersion: 'us-federal-2012-1',
  source: '47 CFR 64.1200(c)(1)',
};

export type WindowState =
  { open: true; closesAt: Date } | { open: false; opensAt: Date | null; code: 'QUIET_HOURS' };

/** Common hours that exist in one season only are still found. */
const horizonMs = 400 * dayMs;

/**
 * Whether a person who may be in any of the zones may be contacted now: only when the window is open in every one.
 *
 * Open: `closesAt` is the first instant at which it is closed in one of them. Closed: `opensAt` is the first instant from
 * `now` on at which it is open in all; null when there is none, because no zone is known, the zones share no hour of the
 * window, or the window is empty. Right across both daylight-saving changes. Throws RangeError for an unknown zone name.
 * A window over the whole day closes and opens again in the same instant, at midnight.
 */
export function windowState(asked: {
  now: Date;
  zones: readonly string[];
  window: CallingWindow;
}): WindowState {
  const { zones, window } = asked;
  const nowMs = asked.now.getTime();
  if (zones.length === 0 || !isPossible(window)) return { open: false, opensAt: null, code: 'QUIET_HOURS' };
  if (zones.every((zone) => isOpen(nowMs, zone, window))) {
    return {
      open: true,
      closesAt: new Date(Math.min(...zones.map((zone) => nextClosing(nowMs, zone, window)))),
    };
  }
  return { open: false, opensAt: firstCommonOpening(nowMs, zones, window), code: 'QUIET_HOURS' };
}

/** Goes from one zone's opening to the next later one until all agree. */
function firstCommonOpening(nowMs: number, zones: readonly string[], window: CallingWindow): Date | null {
  let atMs = nowMs;
  while (atMs - nowMs <= horizonMs) {
    const from = atMs;
    const latest = Math.max(...zones.map((zone) => nextOpening(from, zone, window)));
    if (latest === atMs) return new Date(atMs);
    atMs = latest;
  }
  return null;
}

function isPossible({ startMinute, endMinute }: CallingWindow): boolean {
  return startMinute >= 0 && startMinute < endMinute && endMinute <= 1440;
}

function isOpen(atMs: number, zone: string, { startMinute, endMinute }: CallingWindow): boolean {
  const { minuteOfDay } = wallClock(atMs, zone);
  return minuteOfDay >= startMinute && minuteOfDay < endMinute;
}

/** The first instant ≥ `atMs` inside the zone's window. */
function nextOpening(atMs: number, zone: string, window: CallingWindow): number {
  return isOpen(atMs, zone, window)
    ? atMs
    : nextTurn(atMs, zone, window.startMinute, (ms) => isOpen(ms, zone, window));
}

/** The first instant > `atMs` outside the zone's window, given that `atMs` is inside. */
function nextClosing(atMs: number, zone: string, window: CallingWindow): number {
  return nextTurn(atMs, zone, window.endMinute, (ms) => !isOpen(ms, zone, window));
}

/**
 * The next instant at which a condition that turns at a minute of the day turns: when the clock reaches that minute or,
 * before that, when the clock itself is changed to a time at which it holds.
 */
function nextTurn(atMs: number, zone: string, minute: number, holds: (ms: number) => boolean): number {
  let fromMs = atMs;
  for (;;) {
    const clock = wallClock(fromMs, zone);
    const untilMinute = minute * minuteMs - clock.msOfDay;
    const candidate = fromMs + (untilMinute > 0 ? untilMinute : untilMinute + dayMs);
    if (wallClock(candidate, zone).offsetMs === clock.offsetMs) return candidate;
    const change = firstInstantAfterChange(fromMs, candidate, zone);
    if (holds(change)) return change;
    fromMs = change;
  }
}

/** Between two instants with different offsets: the first one with the new offset. Clocks change on whole minutes. */
function firstInstantAfterChange(beforeMs: number, afterMs: number, zone: string): number {
  const { offsetMs } = wallClock(beforeMs, zone);
  let same = Math.floor(beforeMs / minuteMs);
  let changed = Math.ceil(afterMs / minuteMs);
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (wallClock(middle * minuteMs, zone).offsetMs === offsetMs) same = middle;
    else changed = middle;
  }
  return changed * minuteMs;
}

/**
 * The first instant ≥ `now` at which the zone's clock shows that minute of the day, on a local date at least `daysAhead`
 * days after today's. A time that a clock change skips happens once, as far after the change as it was meant to be before
 * it (2:30 becomes 3:30); a time that comes twice counts the first time only.
 */
export function nextLocalTime(asked: {
  now: Date;
  zone: string;
  minuteOfDay: number;
  daysAhead?: number;
}): Date {
  const nowMs = asked.now.getTime();
  const today = wallClock(nowMs, asked.zone).epochDay;
  for (let days = asked.daysAhead ?? 0; ; days++) {
    const atMs = localToInstant(today + days, asked.minuteOfDay, asked.zone);
    if (atMs >= nowMs) return new Date(atMs);
  }
}

export type LocalTime = {
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekday: number;
  hour: number;
  minute: number;
  /** YYYY-MM-DD. */
  date: string;
};

/** What calendar and clock of a zone show at an instant. */
export function localTimeIn(now: Date, zone: string): LocalTime {
  const { epochDay, minuteOfDay } = wallClock(now.getTime(), zone);
  return {
    // The epoch's first day was a Thursday.
    weekday: ((((epochDay + 3) % 7) + 7) % 7) + 1,
    hour: Math.floor(minuteOfDay / 60),
    minute: minuteOfDay % 60,
    date: new Date(epochDay * dayMs).toISOString().slice(0, 10),
  };
}
