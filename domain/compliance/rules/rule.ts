import type { DailyHours, Weekday } from '../../campaign.ts';
import type { CallingWindow, HoursOfDay } from '../calling-window.ts';
import { isHoliday } from './holidays.ts';
import type { Holiday } from './holidays.ts';

/** Where a rule stands, and how far it can be trusted. */
export type Provenance = {
  /** Names the rule for good: `us-fl-hours`. */
  id: string;
  /** Recorded with a decision, so that it can be understood after the rule has changed. */
  ruleVersion: string;
  /** The section of the law. */
  source: string;
  /** YYYY-MM-DD since when it applies as written here; null = not established. */
  since: string | null;
  /** YYYY-MM-DD on which the source was read. */
  readOn: string;
  /** `text`: the words of the law were read. `summary`: only what others wrote about it; to be verified by counsel. */
  read: 'text' | 'summary';
  /** YYYY-MM-DD by which a person must have compared it with the law in force. */
  verifyBy: string;
  /** What was read more strictly than it is written, what is left out, what to ask counsel. */
  note: string;
};

export type WeeklyHours = Readonly<Record<Weekday, DailyHours | null>>;

/** Hours outside of which nobody there may be contacted, in the person's own time. */
export type HoursRule = Provenance & {
  code: 'QUIET_HOURS';
  /** Two letters of the states, provinces or territories it protects; null = everybody. */
  areas: readonly string[] | null;
  channels: readonly ('sms' | 'call')[];
  week: WeeklyHours;
  /** Closed all day. */
  holidays: readonly Holiday[];
};

/** How often one person may be approached within any 24 hours. */
export type CapRule = Provenance & { code: 'STATE_CAP_REACHED'; state: string; touchesPerDay: number };

export const bothChannels = ['sms', 'call'] as const;

/** The same hours on every weekday, but for those that are given. */
export function weekly(
  hours: DailyHours,
  exceptions: Partial<Record<Weekday, DailyHours | null>> = {},
): WeeklyHours {
  return { 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: hours, 7: hours, ...exceptions };
}

/** A week of hours, less some dates, as a window that can be asked for any local date. */
export function weeklyWindow(
  week: Partial<WeeklyHours>,
  isClosed: (epochDay: number) => boolean,
): CallingWindow {
  const hours = ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => readHours(week[weekday] ?? null));
  // The epoch's first day was a Thursday.
  return { on: (day) => (isClosed(day) ? null : hours[(((day + 3) % 7) + 7) % 7]!) };
}

/** A rule's hours as a window. */
export function ruleWindow({ week, holidays }: HoursRule): CallingWindow {
  return weeklyWindow(week, (epochDay) => isHoliday(holidays, epochDay));
}

function readHours(hours: DailyHours | null): HoursOfDay | null {
  return hours && { startMinute: minuteOf(hours.from), endMinute: minuteOf(hours.to) };
}

/** `HH:MM` as minutes after midnight; NaN, which opens nothing, for anything else. */
function minuteOf(time: string): number {
  const match = /^(\d\d):(\d\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
}
