import { dayMs, minuteMs, secondMs } from '../../duration.ts';

export type WallClock = {
  /** Local time minus UTC. */
  offsetMs: number;
  /** Days of the local date since 1970-01-01. */
  epochDay: number;
  msOfDay: number;
  minuteOfDay: number;
};

/** Building a formatter costs fifty times as much as using one. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      // Not `hour12: false`, which says 24 at midnight.
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

function readOffset(atMs: number, zone: string): number {
  const field: Record<string, number> = {};
  for (const { type, value } of formatterFor(zone).formatToParts(atMs)) field[type] = Number(value);
  const wholeSecond = Math.floor(atMs / secondMs) * secondMs;
  const shown = Date.UTC(field.year!, field.month! - 1, field.day, field.hour, field.minute, field.second);
  return shown - wholeSecond;
}

/** What was read of a zone, by days of UTC: a touch asks for the same few days again and again. */
type Known = { atMidnight: Map<number, number>; changeOn: Map<number, number> };
const known = new Map<string, Known>();

function knownOf(zone: string): Known {
  let found = known.get(zone);
  if (!found) known.set(zone, (found = { atMidnight: new Map(), changeOn: new Map() }));
  return found;
}

function offsetAtMidnight(utcDay: number, zone: string, { atMidnight }: Known): number {
  let offsetMs = atMidnight.get(utcDay);
  if (offsetMs === undefined) atMidnight.set(utcDay, (offsetMs = readOffset(utcDay * dayMs, zone)));
  return offsetMs;
}

/**
 * Local time minus UTC at an instant. No clock is changed twice within one day, so equal offsets at both ends of a day
 * hold for all of it. Throws RangeError for an unknown zone name.
 */
export function offsetAt(atMs: number, zone: string): number {
  const utcDay = Math.floor(atMs / dayMs);
  const found = knownOf(zone);
  const before = offsetAtMidnight(utcDay, zone, found);
  const after = offsetAtMidnight(utcDay + 1, zone, found);
  if (before === after) return before;
  let changeMs = found.changeOn.get(utcDay);
  if (changeMs === undefined) {
    changeMs = firstAfter(utcDay * dayMs, (utcDay + 1) * dayMs, (ms) => readOffset(ms, zone) !== before);
    found.changeOn.set(utcDay, changeMs);
  }
  return atMs < changeMs ? before : after;
}

/** The first whole minute at which something holds that does so at `untilMs` and not at `fromMs`. */
function firstAfter(fromMs: number, untilMs: number, holds: (ms: number) => boolean): number {
  let not = Math.floor(fromMs / minuteMs);
  let yes = Math.ceil(untilMs / minuteMs);
  while (yes - not > 1) {
    const middle = Math.floor((not + yes) / 2);
    if (holds(middle * minuteMs)) yes = middle;
    else not = middle;
  }
  return yes * minuteMs;
}

/** What a zone's clock shows at an instant. Throws RangeError for an unknown zone name. */
export function wallClock(atMs: number, zone: string): WallClock {
  const offsetMs = offsetAt(atMs, zone);
  const localMs = atMs + offsetMs;
  const epochDay = Math.floor(localMs / dayMs);
  const msOfDay = localMs - epochDay * dayMs;
  return { offsetMs, epochDay, msOfDay, minuteOfDay: Math.floor(msOfDay / minuteMs) };
}

/** Between two instants with different offsets: the first one with the new offset. Clocks change on whole minutes. */
export function clockChange(beforeMs: number, afterMs: number, zone: string): number {
  const offsetMs = offsetAt(beforeMs, zone);
  return firstAfter(beforeMs, afterMs, (ms) => offsetAt(ms, zone) !== offsetMs);
}

/**
 * The instant of a local date and minute. Of a time that comes twice, the first; a time that is skipped is read with the
 * offset from before the change, which puts it as long after the gap's start as it was meant to be.
 */
export function localToInstant(epochDay: number, minuteOfDay: number, zone: string): number {
  const asUtc = epochDay * dayMs + minuteOfDay * minuteMs;
  // No zone is a day away from UTC, so these two lie on either side of a change near that time.
  const before = asUtc - offsetAt(asUtc - dayMs, zone);
  const after = asUtc - offsetAt(asUtc + dayMs, zone);
  const fits = (ms: number) => ms + offsetAt(ms, zone) === asUtc;
  if (fits(before)) return before;
  return fits(after) ? after : before;
}
