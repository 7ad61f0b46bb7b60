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

/** What a zone's clock shows at an instant. Throws RangeError for an unknown zone name. */
export function wallClock(atMs: number, zone: string): WallClock {
  const field: Record<string, number> = {};
  for (const { type, value } of formatterFor(zone).formatToParts(atMs)) field[type] = Number(value);
  const wholeSecond = Math.floor(atMs / secondMs) * secondMs;
  const shown = Date.UTC(field.year!, field.month! - 1, field.day, field.hour, field.minute, field.second);
  const offsetMs = shown - wholeSecond;
  const localMs = atMs + offsetMs;
  const epochDay = Math.floor(localMs / dayMs);
  const msOfDay = localMs - epochDay * dayMs;
  return { offsetMs, epochDay, msOfDay, minuteOfDay: Math.floor(msOfDay / minuteMs) };
}

/**
 * The instant of a local date and minute. Of a time that comes twice, the first; a time that is skipped is read with the
 * offset from before the change, which puts it as long after the gap's start as it was meant to be.
 */
export function localToInstant(epochDay: number, minuteOfDay: number, zone: string): number {
  const asUtc = epochDay * dayMs + minuteOfDay * minuteMs;
  // No zone is a day away from UTC, so these two lie on either side of a change near that time.
  const before = asUtc - wallClock(asUtc - dayMs, zone).offsetMs;
  const after = asUtc - wallClock(asUtc + dayMs, zone).offsetMs;
  const fits = (ms: number) => ms + wallClock(ms, zone).offsetMs === asUtc;
  if (fits(before)) return before;
  return fits(after) ? after : before;
}
