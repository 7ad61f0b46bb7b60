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

/** Offsets at the midnights of UTC: a touch asks for the same few days again and again. */
const midnights = new Map<string, Map<number, number>>();

function offsetAtMidnight(utcDay: number, zone: string): number {
  let known = midnights.get(zone);
  if (!known) midnights.set(zone, (known = new Map()));
  let offsetMs = known.get(utcDay);
  if (offsetMs === undefined) known.set(utcDay, (offsetMs = readOffset(utcDay * dayMs, zone)));
  return offsetMs;
}

/**
 * Local time minus UTC at an instant. No clock is changed and changed back within one day, so equal offsets at both ends
 * of a day hold for all of it. Throws RangeError for an unknown zone name.
 */
export function offsetAt(atMs: number, zone: string): number {
  const utcDay = Math.floor(atMs / dayMs);
  const offsetMs = offsetAtMidnight(utcDay, zone);
  return offsetMs === offsetAtMidnight(utcDay + 1, zone) ? offsetMs : readOffset(atMs, zone);
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
  let same = Math.floor(beforeMs / minuteMs);
  let changed = Math.ceil(afterMs / minuteMs);
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offsetAt(middle * minuteMs, zone) === offsetMs) same = middle;
    else changed = middle;
  }
  return changed * minuteMs;
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
