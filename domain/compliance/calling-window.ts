import { dayMs, minuteMs } from '../duration.ts';
import { clockChange, localToInstant, offsetAt, wallClock } from './zones/wall-clock.ts';

/** Hours within one day, as minutes after local midnight; the end is not included. */
export type HoursOfDay = { startMinute: number; endMinute: number };

/** When a person may be contacted, told by the local date; so weekdays, holidays, first and last days are all one thing. */
export type CallingWindow = {
  /** The hours of a local date, given as days since 1970-01-01; null = closed all day. */
  on(epochDay: number): HoursOfDay | null;
  /** Closed before and after these local dates, in days since 1970-01-01. */
  firstDay?: number;
  lastDay?: number;
};

export type WindowState = { open: true; closesAt: Date } | { open: false; opensAt: Date | null };

/** Common hours that exist in one season only are still found. */
const horizonDays = 400;

/** The same hours every day. */
export function everyDay(hours: HoursOfDay): CallingWindow {
  return { on: () => hours };
}

/** Open when all of them are. */
export function allOf(windows: readonly CallingWindow[]): CallingWindow {
  if (windows.length === 1) return windows[0]!;
  return {
    firstDay: Math.max(...windows.map((window) => window.firstDay ?? -Infinity)),
    lastDay: Math.min(...windows.map((window) => window.lastDay ?? Infinity)),
    on(epochDay) {
      let startMinute = 0;
      let endMinute = 1440;
      for (const window of windows) {
        const hours = hoursOn(window, epochDay);
        if (!hours) return null;
        startMinute = Math.max(startMinute, hours.startMinute);
        endMinute = Math.min(endMinute, hours.endMinute);
      }
      return startMinute < endMinute ? { startMinute, endMinute } : null;
    },
  };
}

/**
 * Whether a person who may be in any of the zones may be contacted now: only when the window is open in every one.
 *
 * Open: `closesAt` is the first instant at which it is closed in one of them. Closed: `opensAt` is the first instant from
 * `now` on at which it is open in all; null when there is none within 400 days of now or of the window's first day: no zone
 * is known, the zones share no hour, the window is empty or its last day is over. Right across both daylight-saving
 * changes. Throws RangeError for an unknown zone name. A window that ends at midnight closes then, even when it opens
 * again in the same instant.
 */
export function windowState(asked: {
  now: Date;
  zones: readonly string[];
  window: CallingWindow;
}): WindowState {
  const { zones, window } = asked;
  const nowMs = asked.now.getTime();
  if (zones.length === 0) return { open: false, opensAt: null };
  if (zones.every((zone) => isOpen(nowMs, zone, window))) {
    return { open: true, closesAt: new Date(Math.min(...zones.map((zone) => closing(nowMs, zone, window)))) };
  }
  const opensMs = firstCommonOpening(nowMs, zones, window);
  return { open: false, opensAt: opensMs === null ? null : new Date(opensMs) };
}

/** Goes from one zone's opening to the next later one until all agree. */
function firstCommonOpening(nowMs: number, zones: readonly string[], window: CallingWindow): number | null {
  const today = Math.floor(nowMs / dayMs);
  const untilDay = Math.min(
    Math.max(today, window.firstDay ?? today) + horizonDays,
    window.lastDay ?? Infinity,
  );
  let atMs = nowMs;
  for (;;) {
    let latest = atMs;
    for (const zone of zones) {
      const opensMs = opening(atMs, zone, window, untilDay);
      if (opensMs === null) return null;
      latest = Math.max(latest, opensMs);
    }
    if (latest === atMs) return atMs;
    atMs = latest;
  }
}

function hoursOn(window: CallingWindow, epochDay: number): HoursOfDay | null {
  if (window.firstDay !== undefined && epochDay < window.firstDay) return null;
  if (window.lastDay !== undefined && epochDay > window.lastDay) return null;
  const hours = window.on(epochDay);
  if (!hours) return null;
  const { startMinute, endMinute } = hours;
  // Hours that are none, or reach beyond the day, are closed; so are numbers that are not.
  return startMinute >= 0 && startMinute < endMinute && endMinute <= 1440 ? hours : null;
}

function isOpen(atMs: number, zone: string, window: CallingWindow): boolean {
  const { epochDay, minuteOfDay } = wallClock(atMs, zone);
  const hours = hoursOn(window, epochDay);
  return hours !== null && minuteOfDay >= hours.startMinute && minuteOfDay < hours.endMinute;
}

/** The first instant ≥ `atMs` inside the zone's window, or null when there is none up to that local date. */
function opening(atMs: number, zone: string, window: CallingWindow, untilDay: number): number | null {
  const { epochDay } = wallClock(atMs, zone);
  // A clock put back across midnight shows yesterday's date once more.
  for (let day = Math.max(epochDay - 1, window.firstDay ?? epochDay - 1); day <= untilDay; day++) {
    const hours = hoursOn(window, day);
    const opensMs = hours && openingOn(day, hours, zone, atMs);
    if (opensMs !== null) return opensMs;
  }
  return null;
}

/** The first instant ≥ `fromMs` within those hours of a local date; null when they are over, or skipped by the clock. */
function openingOn(day: number, hours: HoursOfDay, zone: string, fromMs: number): number | null {
  const startMs = day * dayMs + hours.startMinute * minuteMs;
  const endMs = day * dayMs + hours.endMinute * minuteMs;
  // The date lies between these two everywhere on earth, and the clock changes once between them at most.
  const [beginMs, finishMs] = [(day - 1) * dayMs, (day + 2) * dayMs];
  const [before, after] = [offsetAt(beginMs, zone), offsetAt(finishMs, zone)];
  const changeMs = before === after ? finishMs : clockChange(beginMs, finishMs, zone);

  const opensBefore = Math.max(startMs - before, fromMs);
  if (opensBefore < Math.min(endMs - before, changeMs)) return opensBefore;
  const opensAfter = Math.max(startMs - after, changeMs, fromMs);
  return opensAfter < endMs - after && before !== after ? opensAfter : null;
}

/** The first instant > `atMs` outside the zone's window, given that `atMs` is inside. */
function closing(atMs: number, zone: string, window: CallingWindow): number {
  let fromMs = atMs;
  for (;;) {
    const clock = wallClock(fromMs, zone);
    const hours = hoursOn(window, clock.epochDay);
    if (!hours) return fromMs;
    const endMs = fromMs + hours.endMinute * minuteMs - clock.msOfDay;
    if (offsetAt(endMs, zone) === clock.offsetMs) return endMs;
    const changeMs = clockChange(fromMs, endMs, zone);
    if (!isOpen(changeMs, zone, window)) return changeMs;
    fromMs = changeMs;
  }
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
