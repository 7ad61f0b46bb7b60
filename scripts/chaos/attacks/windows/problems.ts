import { nextLocalTime } from '#domain/compliance/calling-window.ts';
import { contactHours, hoursRules } from '#domain/compliance/contact-hours.ts';
import { dayMs, hourMs, minuteMs } from '#domain/duration.ts';
import { mayContact, shownIn } from './naive-judge.ts';
import { between, clockChanges, oneOf } from './trials.ts';
import type { Trial } from './trials.ts';

/** A wrong answer, in words. */
export type Problem =
  | 'contacted outside the strictest window'
  | 'kept back inside the window'
  | 'opens when it is closed'
  | 'opens later than it could'
  | 'closes too late'
  | 'closes too early'
  | 'a local time came twice or not at all'
  | 'a local time came at another time';

/** Asks the product, and compares what it says with what the naive judge says at those instants and between them. */
export function problemsOf(trial: Trial, random: () => number, ask = contactHours): Problem[] {
  const { nowMs, zones, states, channel, settings } = trial;
  const rules = hoursRules.filter(
    (rule) =>
      rule.channels.includes(channel) &&
      (rule.areas === null || states.some((state) => rule.areas!.includes(state))),
  );
  const may = (ms: number) => mayContact(ms, { zones, rules, settings });
  const state = ask({ now: new Date(nowMs), zones, states, channel, settings });

  if (state.open) {
    if (!may(nowMs)) return ['contacted outside the strictest window'];
    const closesMs = state.closesAt.getTime();
    if (closesMs <= nowMs) return ['closes too early'];
    if (!may(closesMs - 1) || !may(between(random, nowMs, closesMs - 1))) return ['closes too late'];
    // At midnight one day's hours end, though the next day's may begin.
    const isMidnight = zones.some((zone) => shownIn(zone, closesMs).time === '00:00');
    return may(closesMs) && !isMidnight ? ['closes too early'] : [];
  }
  if (may(nowMs)) return ['kept back inside the window'];
  if (state.opensAt === null) {
    const later = [1, 2, 3].map(() => nowMs + between(random, 0, 399 * dayMs));
    return later.some(may) ? ['opens later than it could'] : [];
  }
  const opensMs = state.opensAt.getTime();
  if (opensMs <= nowMs || !may(opensMs)) return ['opens when it is closed'];
  const before = [opensMs - 1, Math.max(nowMs, opensMs - 10 * minuteMs), between(random, nowMs, opensMs - 1)];
  return before.some(may) ? ['opens later than it could'] : [];
}

/**
 * Something that happens daily at a time of day, over a night in which the clocks change: once each date, at that time
 * or, when the clock skips it, as much later as the clock jumped.
 */
export function problemsOfDaily(random: () => number, next = nextLocalTime): Problem[] {
  const { zone, atMs } = oneOf(random, clockChanges);
  // Within an hour and a half of the change, half the times at 2:30 or 1:30.
  const near = Math.round(minutesOf(shownIn(zone, atMs).time) + between(random, -90, 90));
  const minuteOfDay = random() < 0.5 ? ((near % 1440) + 1440) % 1440 : oneOf(random, [90, 150]);
  const happened: number[] = [];
  let now = new Date(atMs - 2 * dayMs + between(random, 0, dayMs));
  while (now.getTime() < atMs + 2 * dayMs) {
    const at = next({ now, zone, minuteOfDay }).getTime();
    happened.push(at);
    now = new Date(at + 1);
  }
  const wanted = textOf(minuteOfDay);
  const dates = happened.map((ms) => shownIn(zone, ms).date);
  const inARow = dates.every(
    (date, nr) => nr === 0 || Date.parse(date) - Date.parse(dates[nr - 1]!) === dayMs,
  );
  if (!inARow) return ['a local time came twice or not at all'];
  const right = happened.every((ms, nr) =>
    shownIn(zone, ms).time === wanted
      ? // The first of two: no clock is put back by anything but one of these.
        [30, 60].every((back) => !shows(zone, ms - back * minuteMs, dates[nr]!, wanted))
      : isSkipped(zone, dates[nr]!, wanted) && shownIn(zone, ms - dayMs).time === wanted,
  );
  return right ? [] : ['a local time came at another time'];
}

/** Looks at every quarter of an hour in which that date can be: a time of day is skipped when none shows its minute. */
function isSkipped(zone: string, date: string, time: string): boolean {
  const minuteInQuarter = (minutesOf(time) % 15) * minuteMs;
  const startMs = Date.parse(`${date}T00:00:00Z`) - 15 * hourMs;
  for (let ms = startMs + minuteInQuarter; ms < startMs + 54 * hourMs; ms += 15 * minuteMs)
    if (shows(zone, ms, date, time)) return false;
  return true;
}

function shows(zone: string, ms: number, date: string, time: string): boolean {
  const shown = shownIn(zone, ms);
  return shown.date === date && shown.time === time;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function textOf(minuteOfDay: number): string {
  const [hour, minute] = [Math.floor(minuteOfDay / 60), minuteOfDay % 60];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
