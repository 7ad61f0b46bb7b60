/** The reader's own English; another language would stand among English words, so it falls back to British. */
const locale =
  typeof navigator !== 'undefined' && navigator.language.startsWith('en') ? navigator.language : 'en-GB';

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
const made = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs more than formatting; a table makes the same one hundreds of times. */
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = made.get(key);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat(locale, options);
  made.set(key, fresh);
  return fresh;
}

const toTheMinute: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
};

/** "Tue, 24 Nov, 10:05" in that zone (the reader's own without one); the year is told when it is not this one. */
export function formatInstant(iso: string, timeZone?: string, nowMs: number = Date.now()): string {
  const at = new Date(iso);
  const otherYear = at.getUTCFullYear() !== new Date(nowMs).getUTCFullYear();
  return formatter({
    ...toTheMinute,
    ...(otherYear ? { year: 'numeric' } : {}),
    ...(timeZone ? { timeZone } : {}),
  }).format(at);
}

/** "10:05:09", for lines that stand under their day. */
export function formatTime(iso: string, timeZone?: string): string {
  return formatter({
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(iso));
}

/** "Tuesday, 24 November 2026". */
export function formatDay(iso: string, timeZone?: string): string {
  return formatter({ dateStyle: 'full', ...(timeZone ? { timeZone } : {}) }).format(new Date(iso));
}

/** The whole instant with its zone, for titles. */
export function formatExactly(iso: string, timeZone?: string): string {
  return formatter({
    dateStyle: 'full',
    timeStyle: 'long',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(iso));
}

/** The zone's short name on that day: "CST", "GMT+1". */
export function zoneName(iso: string, timeZone: string): string {
  const parts = formatter({ timeZone, timeZoneName: 'short' }).formatToParts(new Date(iso));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "3 min. ago", "in 2 days"; within half a minute "just now". */
export function formatRelative(iso: string, nowMs: number): string {
  const seconds = Math.round((Date.parse(iso) - nowMs) / 1_000);
  if (Math.abs(seconds) < 30) return seconds > 5 ? 'in a moment' : 'just now';
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(seconds, 'second');
}

/** "2 min 5 s"; at most two parts. */
export function formatLength(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const told = parts.filter(([amount]) => amount > 0).slice(0, 2);
  return told.length === 0 ? '0 s' : told.map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}

/** Where a time is local: the zones, and the same instant in each of them that differs. */
export function localTimes(iso: string, timeZones: string[]): { time: string; zones: string[] }[] {
  const byTime = new Map<string, string[]>();
  for (const zone of timeZones) {
    const time = formatInstant(iso, zone);
    byTime.set(time, [...(byTime.get(time) ?? []), zone]);
  }
  return [...byTime].map(([time, zones]) => ({ time, zones }));
}

/** The value of a `datetime-local` field for that instant on the reader's own clock. */
export function toLocalField(ms: number): string {
  const at = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 16);
}
