import { localToInstant } from './compliance/zones/wall-clock.ts';
import { dayMs } from './duration.ts';

const localTimePattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;

/**
 * The instant of a wall-clock time `YYYY-MM-DDTHH:MM` in a zone; null when there is no such date or time. Of a time that
 * comes twice when clocks are put back, the first; a time that is skipped is as long after the gap's start as it was
 * meant to be.
 */
export function instantOfLocalTime(text: string, zone: string): Date | null {
  const match = localTimePattern.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const midnight = new Date(Date.UTC(year, month - 1, day));
  const isDate = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  if (!isDate || hour > 23 || minute > 59) return null;
  return new Date(localToInstant(midnight.getTime() / dayMs, hour * 60 + minute, zone));
}
