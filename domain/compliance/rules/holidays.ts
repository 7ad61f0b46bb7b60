import { dayMs } from '../../duration.ts';

/**
 * A legal holiday by its rule. Where law moves a holiday that falls on a weekend, the moved day is closed and the day
 * itself stays closed too: people know both.
 */
export type Holiday = { name: string } & (
  | { kind: 'date'; month: number; day: number; moved: Moved }
  /** The nth such weekday of a month (1 is Monday, 7 is Sunday), −1 the last, and so many days after it. */
  | { kind: 'weekday'; month: number; weekday: number; nth: number; plusDays: number; evenYears: boolean }
  | { kind: 'easter'; plusDays: number }
);

/** To which day a holiday moves that falls on a Saturday, on a Sunday, or on some other weekday. */
export type Moved = Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, number>>;

/** Friday before a Saturday, Monday after a Sunday: the custom of the United States (5 U.S.C. 6103(b)). */
export const nearestWeekday: Moved = { 6: -1, 7: 1 };
export const mondayAfterSunday: Moved = { 7: 1 };
export const mondayAfterWeekend: Moved = { 6: 2, 7: 1 };

export function onDate(name: string, month: number, day: number, moved: Moved = {}): Holiday {
  return { name, kind: 'date', month, day, moved };
}

export function onWeekday(
  name: string,
  month: number,
  weekday: number,
  nth: number,
  { plusDays = 0, evenYears = false } = {},
): Holiday {
  return { name, kind: 'weekday', month, weekday, nth, plusDays, evenYears };
}

/** So many days after Easter Sunday of the Western churches; negative = before it. */
export function aroundEaster(name: string, plusDays: number): Holiday {
  return { name, kind: 'easter', plusDays };
}

/** Days since 1970-01-01 of the dates on which a holiday is kept for a year; a moved one may lie in the year before. */
function daysOf(holiday: Holiday, year: number): number[] {
  switch (holiday.kind) {
    case 'date': {
      const day = epochDay(year, holiday.month, holiday.day);
      const moved = holiday.moved[weekdayOf(day)];
      return moved === undefined ? [day] : [day, day + moved];
    }
    case 'weekday':
      if (holiday.evenYears && year % 2 !== 0) return [];
      return [nthWeekday(year, holiday.month, holiday.weekday, holiday.nth) + holiday.plusDays];
    case 'easter':
      return [easterSunday(year) + holiday.plusDays];
  }
}

/** Per list of holidays, the closed days of a year: a list is a constant, and a touch asks for days of this year only. */
const closedDays = new WeakMap<readonly Holiday[], Map<number, Set<number>>>();

/** Whether a local date, in days since 1970-01-01, is one of the holidays. */
export function isHoliday(holidays: readonly Holiday[], day: number): boolean {
  if (holidays.length === 0) return false;
  const year = new Date(day * dayMs).getUTCFullYear();
  let years = closedDays.get(holidays);
  if (!years) closedDays.set(holidays, (years = new Map()));
  let days = years.get(year);
  if (!days) {
    // New Year's Day on a Saturday is kept in the year before.
    days = new Set([year, year + 1].flatMap((each) => holidays.flatMap((holiday) => daysOf(holiday, each))));
    years.set(year, days);
  }
  return days.has(day);
}

function epochDay(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / dayMs;
}

/** ISO weekday; the epoch's first day was a Thursday. */
function weekdayOf(day: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  return (((((day + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): number {
  if (nth > 0) {
    const first = epochDay(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
  }
  const last = epochDay(year, month + 1, 0);
  return last - ((weekdayOf(last) - weekday + 7) % 7) + 7 * (nth + 1);
}

/** Gregorian Easter by the method of Gauss as corrected by Lichtenberg; right for every year of this calendar. */
function easterSunday(year: number): number {
  const century = Math.floor(year / 100);
  const moonShift = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const sunShift = 2 - Math.floor((3 * century + 3) / 4);
  const moon = year % 19;
  const seed = (19 * moon + moonShift) % 30;
  const correction =
    Math.floor(seed / 29) + (Math.floor(seed / 28) - Math.floor(seed / 29)) * Math.floor(moon / 11);
  const fullMoon = 21 + seed - correction;
  const firstSunday = 7 - ((year + Math.floor(year / 4) + sunShift) % 7);
  const distance = 7 - ((((fullMoon - firstSunday) % 7) + 7) % 7);
  return epochDay(year, 3, fullMoon + distance);
}
