import type { CampaignSettings } from '#domain/campaign.ts';
import type { Holiday } from '#domain/compliance/rules/holidays.ts';
import type { HoursRule } from '#domain/compliance/rules/rule.ts';

/*
 * Says whether somebody may be contacted at an instant, from the rules' data and from what a clock on the wall shows, and
 * in no other way: it asks for one instant at a time, compares texts, and knows nothing of windows, offsets or changes.
 */

export type Shown = { date: string; time: string; weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7 };

const formatters = new Map<string, Intl.DateTimeFormat>();

/** What calendar and clock of a zone show. */
export function shownIn(zone: string, ms: number): Shown {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  // "11/21/2026, 09:05"
  const text = formatter.format(ms);
  const date = `${text.slice(6, 10)}-${text.slice(0, 2)}-${text.slice(3, 5)}`;
  return { date, time: text.slice(12, 17), weekday: weekdayOf(date) };
}

export type Question = {
  zones: readonly string[];
  rules: readonly HoursRule[];
  settings: Pick<CampaignSettings, 'hours' | 'holidays' | 'startsOn' | 'endsOn'>;
};

/** Whether every rule and the campaign are open in every zone. */
export function mayContact(ms: number, { zones, rules, settings }: Question): boolean {
  return (
    zones.length > 0 &&
    zones.every((zone) => {
      const shown = shownIn(zone, ms);
      return rules.every((rule) => ruleIsOpen(rule, shown)) && campaignIsOpen(settings, shown);
    })
  );
}

function ruleIsOpen(rule: HoursRule, { date, time, weekday }: Shown): boolean {
  const hours = rule.week[weekday];
  return hours !== null && time >= hours.from && time < hours.to && !closedDates(rule.holidays).has(date);
}

function campaignIsOpen(settings: Question['settings'], { date, time, weekday }: Shown): boolean {
  if (settings.startsOn !== null && date < settings.startsOn) return false;
  if (settings.endsOn !== null && date > settings.endsOn) return false;
  if (settings.holidays.includes(date)) return false;
  if (settings.hours === null) return true;
  const hours = settings.hours[weekday];
  return hours !== undefined && time >= hours.from && time < hours.to;
}

const judged = { from: '2026-01-01', to: '2031-12-31' };
const closed = new Map<readonly Holiday[], Set<string>>();

/** Every date of the judged years, looked at by itself. */
function closedDates(holidays: readonly Holiday[]): Set<string> {
  let dates = closed.get(holidays);
  if (!dates) {
    dates = new Set();
    for (let date = judged.from; date <= judged.to; date = plusDays(date, 1)) {
      if (holidays.some((holiday) => isKept(holiday, date))) dates.add(date);
    }
    closed.set(holidays, dates);
  }
  return dates;
}

function isKept(holiday: Holiday, date: string): boolean {
  switch (holiday.kind) {
    case 'date':
      return [-4, -3, -2, -1, 0, 1, 2].some((moved) => {
        const itself = plusDays(date, -moved);
        const is = monthOf(itself) === holiday.month && dayOf(itself) === holiday.day;
        return is && (moved === 0 || holiday.moved[weekdayOf(itself)] === moved);
      });
    case 'weekday': {
      const itself = plusDays(date, -holiday.plusDays);
      const isLast = monthOf(plusDays(itself, 7)) !== holiday.month;
      return (
        monthOf(itself) === holiday.month &&
        weekdayOf(itself) === holiday.weekday &&
        (holiday.nth === -1 ? isLast : Math.ceil(dayOf(itself) / 7) === holiday.nth) &&
        (!holiday.evenYears || Number(date.slice(0, 4)) % 2 === 0)
      );
    }
    case 'easter':
      return easterSundays.includes(plusDays(date, -holiday.plusDays));
  }
}

/** As published by the churches, not computed. */
const easterSundays = ['2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2030-04-21', '2031-04-13'];

function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function monthOf(date: string): number {
  return Number(date.slice(5, 7));
}

function dayOf(date: string): number {
  return Number(date.slice(8, 10));
}

const weekdays = new Map<string, Shown['weekday']>();

function weekdayOf(date: string): Shown['weekday'] {
  let weekday = weekdays.get(date);
  if (!weekday) {
    weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() || 7) as Shown['weekday'];
    weekdays.set(date, weekday);
  }
  return weekday;
}
