import {
  aroundEaster,
  mondayAfterSunday,
  mondayAfterWeekend,
  nearestWeekday,
  onDate,
  onWeekday,
} from './holidays.ts';
import type { Holiday } from './holidays.ts';

/*
 * Legal holidays of the states whose law closes them to solicitation. Each list is the widest that any source read gives:
 * where two disagree about a day, it is closed. Holidays that a governor proclaims from case to case cannot be computed:
 * they go into the campaign's own list.
 */

const [monday, tuesday, thursday] = [1, 2, 4];
const last = -1;

const martinLutherKing = onWeekday('Martin Luther King Jr. Day', 1, monday, 3);
const washington = onWeekday("Washington's Birthday", 2, monday, 3);
const memorialDay = onWeekday('Memorial Day', 5, monday, last);
const laborDay = onWeekday('Labor Day', 9, monday, 1);
const columbusDay = onWeekday('Columbus Day', 10, monday, 2);
const thanksgiving = onWeekday('Thanksgiving Day', 11, thursday, 4);
const goodFriday = aroundEaster('Good Friday', -2);
const mardiGras = aroundEaster('Mardi Gras', -47);
/** The Tuesday after the first Monday in November. */
const electionDay = onWeekday('Election Day', 11, monday, 1, { plusDays: 1 });
const electionDayOfEvenYears = onWeekday('Election Day', 11, monday, 1, { plusDays: 1, evenYears: true });

/** 5 U.S.C. 6103(a) and (b); Inauguration Day is one in the District of Columbia only. */
const federal: readonly Holiday[] = [
  onDate("New Year's Day", 1, 1, nearestWeekday),
  martinLutherKing,
  washington,
  memorialDay,
  onDate('Juneteenth', 6, 19, nearestWeekday),
  onDate('Independence Day', 7, 4, nearestWeekday),
  laborDay,
  columbusDay,
  onDate('Veterans Day', 11, 11, nearestWeekday),
  thanksgiving,
  onDate('Christmas Day', 12, 25, nearestWeekday),
];

/** Ala. Code 1-3-8. Mardi Gras is one in two counties only, Rosa Parks Day an observance: both closed, to be safe. */
export const alabamaHolidays: readonly Holiday[] = [
  ...federal,
  mardiGras,
  onWeekday('Confederate Memorial Day', 4, monday, 4),
  onWeekday("Jefferson Davis' Birthday", 6, monday, 1),
  onDate('Rosa Parks Day', 12, 1, nearestWeekday),
];

/**
 * La. R.S. 1:55(A), (B) and (E), of which the commission enforces fewer. That whole Saturdays are legal holidays in some
 * parishes is left out: the commission's order names Saturday's hours.
 */
export const louisianaHolidays: readonly Holiday[] = [
  onDate("New Year's Day", 1, 1, nearestWeekday),
  onDate('Battle of New Orleans', 1, 8),
  martinLutherKing,
  washington,
  mardiGras,
  goodFriday,
  memorialDay,
  onDate('Juneteenth', 6, 19, nearestWeekday),
  onDate('Independence Day', 7, 4, nearestWeekday),
  onDate('Huey P. Long Day', 8, 30),
  laborDay,
  columbusDay,
  onDate("All Saints' Day", 11, 1),
  electionDayOfEvenYears,
  onDate('Veterans Day', 11, 11),
  thanksgiving,
  onWeekday('Acadian Day', 11, thursday, 4, { plusDays: 1 }),
  onDate('Christmas Eve', 12, 24),
  onDate('Christmas Day', 12, 25, nearestWeekday),
  onDate("New Year's Eve", 12, 31),
];

/** Miss. Code 3-3-7. */
export const mississippiHolidays: readonly Holiday[] = [
  onDate("New Year's Day", 1, 1, mondayAfterSunday),
  martinLutherKing,
  washington,
  onWeekday('Confederate Memorial Day', 4, monday, last),
  memorialDay,
  onDate('Independence Day', 7, 4, mondayAfterSunday),
  laborDay,
  onDate('Veterans Day', 11, 11, mondayAfterSunday),
  thanksgiving,
  onDate('Christmas Day', 12, 25, mondayAfterSunday),
];

/** 44 P.S. 11 as summarised, with Juneteenth and Bill of Rights Day, which some lists of restricted days add. */
export const pennsylvaniaHolidays: readonly Holiday[] = [
  ...federal,
  goodFriday,
  onDate('Flag Day', 6, 14, mondayAfterSunday),
  electionDay,
  onDate('Bill of Rights Day', 12, 15),
];

/** R.I. Gen. Laws 25-1-1, and those of the United States: 5-61-2(2) says "a state or federal holiday". */
export const rhodeIslandHolidays: readonly Holiday[] = [
  ...federal,
  onDate("New Year's Day, kept on Monday", 1, 1, mondayAfterWeekend),
  onDate('Rhode Island Independence Day', 5, 4, mondayAfterSunday),
  onDate('Juneteenth, kept on Monday', 6, 19, mondayAfterWeekend),
  onDate('Independence Day, kept on Monday', 7, 4, mondayAfterWeekend),
  onWeekday('Victory Day', 8, monday, 2),
  electionDayOfEvenYears,
  onDate('Veterans Day, kept on Monday', 11, 11, mondayAfterWeekend),
  onDate('Christmas Day, kept on Monday', 12, 25, mondayAfterWeekend),
];

/** Utah Code 63G-1-301 in force from 2026-05-06, superseded on 2027-01-01 by a text that was not read. */
export const utahHolidays: readonly Holiday[] = [
  onDate("New Year's Day", 1, 1, nearestWeekday),
  martinLutherKing,
  washington,
  goodFriday,
  aroundEaster('Easter Sunday', 0),
  memorialDay,
  // The Monday before when it falls on Tuesday to Friday, the Monday after when on a weekend.
  onDate('Juneteenth', 6, 19, { [tuesday]: -1, 3: -2, [thursday]: -3, 5: -4, ...mondayAfterWeekend }),
  onDate('Independence Day', 7, 4, nearestWeekday),
  onDate('Pioneer Day', 7, 24, nearestWeekday),
  laborDay,
  columbusDay,
  onDate('Veterans Day', 11, 11, nearestWeekday),
  thanksgiving,
  onDate('Christmas Day', 12, 25, nearestWeekday),
];
