import { describe, expect, it } from 'vitest';
import { dayMs } from '../../duration.ts';
import { aroundEaster, isHoliday, nearestWeekday, onDate, onWeekday } from './holidays.ts';
import type { Holiday } from './holidays.ts';
import {
  alabamaHolidays,
  louisianaHolidays,
  mississippiHolidays,
  pennsylvaniaHolidays,
  rhodeIslandHolidays,
  utahHolidays,
} from './state-holidays.ts';

const closed = (holidays: readonly Holiday[], from: string, to: string): string[] => {
  const dates: string[] = [];
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += dayMs)
    if (isHoliday(holidays, ms / dayMs)) dates.push(new Date(ms).toISOString().slice(0, 10));
  return dates;
};

describe('rules of dates', () => {
  it('Easter, as published', () => {
    const easter = [aroundEaster('Easter', 0)];
    const published = `1961-04-02 1981-04-19 2000-04-23 2008-03-23 2011-04-24 2024-03-31 2025-04-20 2026-04-05 2027-03-28
      2028-04-16 2029-04-01 2030-04-21 2038-04-25 2049-04-18 2076-04-19 2285-03-22`;
    for (const date of published.split(/\s+/))
      expect(closed(easter, `${date.slice(0, 4)}-01-01`, `${date.slice(0, 4)}-12-31`)).toEqual([date]);
  });

  it('a weekday of a month: the first, the fourth, the last, some days after', () => {
    const year = (holiday: Holiday) => closed([holiday], '2026-01-01', '2026-12-31');
    expect(year(onWeekday('', 9, 1, 1))).toEqual(['2026-09-07']);
    expect(year(onWeekday('', 11, 4, 4))).toEqual(['2026-11-26']);
    expect(year(onWeekday('', 5, 1, -1))).toEqual(['2026-05-25']);
    expect(year(onWeekday('', 11, 1, 1, { plusDays: 1 }))).toEqual(['2026-11-03']);
    // A month that begins with a Sunday, and one that ends with it.
    expect(year(onWeekday('', 11, 7, 1))).toEqual(['2026-11-01']);
    expect(year(onWeekday('', 5, 7, -1))).toEqual(['2026-05-31']);
    expect(
      closed([onWeekday('', 11, 1, 1, { plusDays: 1, evenYears: true })], '2026-01-01', '2029-12-31'),
    ).toEqual(['2026-11-03', '2028-11-07']);
  });

  it('a holiday on a weekend is kept on the day itself and on the day it moves to, in the year before if need be', () => {
    const newYear = [onDate("New Year's Day", 1, 1, nearestWeekday)];
    expect(closed(newYear, '2027-06-01', '2028-06-01')).toEqual(['2027-12-31', '2028-01-01']);
    expect(closed(newYear, '2022-12-01', '2023-06-01')).toEqual(['2023-01-01', '2023-01-02']);
    expect(closed(newYear, '2025-12-01', '2026-06-01')).toEqual(['2026-01-01']);
  });

  it('29 February is a holiday in leap years only when it is one', () => {
    expect(closed([onWeekday('', 2, 2, -1)], '2028-02-01', '2028-03-01')).toEqual(['2028-02-29']);
  });
});

describe('states, the winter and spring of 2026 to 2027', () => {
  it.each([
    [
      'Alabama',
      alabamaHolidays,
      '2026-11-01',
      '2027-06-30',
      '2026-11-11 2026-11-26 2026-12-01 2026-12-25 2027-01-01 2027-01-18 2027-02-09 2027-02-15 2027-04-26 2027-05-31 2027-06-07 2027-06-18 2027-06-19',
    ],
    [
      'Louisiana',
      louisianaHolidays,
      '2026-11-01',
      '2027-05-31',
      '2026-11-01 2026-11-03 2026-11-11 2026-11-26 2026-11-27 2026-12-24 2026-12-25 2026-12-31 2027-01-01 2027-01-08 2027-01-18 2027-02-09 2027-02-15 2027-03-26 2027-05-31',
    ],
    [
      'Mississippi',
      mississippiHolidays,
      '2026-11-01',
      '2027-07-31',
      '2026-11-11 2026-11-26 2026-12-25 2027-01-01 2027-01-18 2027-02-15 2027-04-26 2027-05-31 2027-07-04 2027-07-05',
    ],
    [
      'Pennsylvania',
      pennsylvaniaHolidays,
      '2027-03-01',
      '2027-12-31',
      '2027-03-26 2027-05-31 2027-06-14 2027-06-18 2027-06-19 2027-07-04 2027-07-05 2027-09-06 2027-10-11 2027-11-02 2027-11-11 2027-11-25 2027-12-15 2027-12-24 2027-12-25 2027-12-31',
    ],
    [
      'Rhode Island',
      rhodeIslandHolidays,
      '2027-05-01',
      '2027-08-31',
      '2027-05-04 2027-05-31 2027-06-18 2027-06-19 2027-06-21 2027-07-04 2027-07-05 2027-08-09',
    ],
    [
      'Utah',
      utahHolidays,
      '2026-03-01',
      '2026-08-01',
      '2026-04-03 2026-04-05 2026-05-25 2026-06-15 2026-06-19 2026-07-03 2026-07-04 2026-07-24',
    ],
  ] as const)('%s', (_state, holidays, from, to, dates) => {
    expect(closed(holidays, from, to)).toEqual(dates.split(' '));
  });
});
