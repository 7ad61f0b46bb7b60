import type { CampaignSettings } from '../../data/campaigns.ts';

/** Monday to Sunday, by ISO number. */
export const weekdays = [
  { day: 1, label: 'Monday', short: 'Mon' },
  { day: 2, label: 'Tuesday', short: 'Tue' },
  { day: 3, label: 'Wednesday', short: 'Wed' },
  { day: 4, label: 'Thursday', short: 'Thu' },
  { day: 5, label: 'Friday', short: 'Fri' },
  { day: 6, label: 'Saturday', short: 'Sat' },
  { day: 7, label: 'Sunday', short: 'Sun' },
] as const;

export const resumeChoices = [
  {
    value: 'keep',
    label: 'Keep what remained',
    hint: 'The pause does not count: each wait goes on with its rest.',
  },
  { value: 'shift', label: 'Catch up', hint: 'What came due during the pause is done after it.' },
  { value: 'expire', label: 'Leave out', hint: 'What came due during the pause is skipped.' },
] as const;

type Hours = CampaignSettings['hours'];

/** "Mon–Fri 09:00–18:00, Sat 10:00–14:00"; days in a row with the same hours are told together. */
export function describeHours(hours: Hours): string {
  if (hours === null) return 'As the law allows';
  const runs: { first: string; last: string; text: string; lastDay: number }[] = [];
  for (const { day, short } of weekdays) {
    const daily = hours[day];
    if (!daily) continue;
    const text = `${daily.from}–${daily.to}`;
    const run = runs.at(-1);
    if (run && run.text === text && run.lastDay === day - 1) {
      run.last = short;
      run.lastDay = day;
    } else runs.push({ first: short, last: short, text, lastDay: day });
  }
  if (runs.length === 0) return 'Never: every day is closed';
  return runs
    .map(({ first, last, text }) => `${first === last ? first : `${first}–${last}`} ${text}`)
    .join(', ');
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** A calendar day, which has no time zone: "24 Dec 2026". */
export function formatDate(date: string): string {
  return dates.format(new Date(`${date}T00:00:00Z`));
}

/** "from 1 Dec 2026 to 24 Dec 2026"; null = no limit. */
export function describeRun({ startsOn, endsOn }: Pick<CampaignSettings, 'startsOn' | 'endsOn'>): string {
  if (startsOn && endsOn) return `${formatDate(startsOn)} to ${formatDate(endsOn)}`;
  if (startsOn) return `From ${formatDate(startsOn)}`;
  if (endsOn) return `Until ${formatDate(endsOn)}`;
  return 'Without limit';
}
