import { defaultCampaignSettings } from '#domain/campaign.ts';
import type { CampaignSettings, DailyHours, Weekday } from '#domain/campaign.ts';
import { hoursRules, plausibleStates } from '#domain/compliance/contact-hours.ts';
import { plausibleZones } from '#domain/compliance/lead-zones.ts';
import { areaCodes } from '#domain/compliance/zones/area-codes.ts';
import { dayMs, hourMs, minuteMs } from '#domain/duration.ts';
import { shownIn } from './naive-judge.ts';

/** One place, instant and set of rules. */
export type Trial = {
  nowMs: number;
  zones: string[];
  states: string[];
  channel: 'sms' | 'call';
  settings: CampaignSettings;
};

/** Numbers in [0, 1), the same for the same seed (the "mulberry32" generator). */
export function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function between(random: () => number, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

export function oneOf<T>(random: () => number, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)]!;
}

/** Whole, half and quarter hours off; no clock changes, both kinds, half an hour, at midnight; both sides of the date line. */
export const attackedZones = [
  'America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Anchorage', 'America/Adak',
  'Pacific/Honolulu', 'America/Phoenix', 'America/Indiana/Indianapolis', 'America/Indiana/Knox',
  'America/Kentucky/Louisville', 'America/Puerto_Rico', 'Pacific/Guam', 'America/St_Johns', 'America/Halifax',
  'America/Havana', 'America/Santiago', 'Europe/London', 'Africa/Cairo', 'Africa/Casablanca', 'Asia/Kolkata',
  'Asia/Kathmandu', 'Australia/Adelaide', 'Australia/Lord_Howe', 'Pacific/Chatham', 'Pacific/Kiritimati',
]; // prettier-ignore

const firstMs = Date.UTC(2026, 5, 1);
const lastMs = Date.UTC(2029, 5, 1);

/** Both changes of every year, read off the clock hour by hour. */
export const clockChanges: readonly { zone: string; atMs: number }[] = attackedZones.flatMap((zone) => {
  const found: { zone: string; atMs: number }[] = [];
  const minutes = (ms: number) => {
    const { date, time } = shownIn(zone, ms);
    return Date.parse(`${date}T${time}:00Z`) - ms;
  };
  for (let ms = firstMs; ms < lastMs; ms += dayMs) {
    if (minutes(ms) === minutes(ms + dayMs)) continue;
    let atMs = ms;
    while (minutes(atMs) === minutes(ms)) atMs += minuteMs * 30;
    found.push({ zone, atMs });
  }
  return found;
});

const lawStates = [...new Set(hoursRules.flatMap(({ areas }) => areas ?? []))];
const codes = [...areaCodes.keys()];
const eves = ['12-24', '12-31', '07-03', '11-25', '02-28', '06-18', '04-02'];

export function drawTrial(random: () => number): Trial {
  const change = oneOf(random, clockChanges);
  const place =
    random() < 0.4
      ? placeOfLead(random)
      : {
          zones: [change.zone, ...(random() < 0.5 ? [oneOf(random, attackedZones)] : [])],
          states: Array.from({ length: between(random, 0, 2) }, () => oneOf(random, lawStates)),
        };
  return {
    nowMs: instant(random, change.atMs),
    ...place,
    channel: random() < 0.5 ? 'sms' : 'call',
    settings: random() < 0.6 ? defaultCampaignSettings : settings(random),
  };
}

/** As the gate does it: from a number and an address, which may be elsewhere. */
function placeOfLead(random: () => number): Pick<Trial, 'zones' | 'states'> {
  const lead = {
    phone: `+1${random() < 0.98 ? oneOf(random, codes) : '800'}5550123`,
    state: random() < 0.5 ? oneOf(random, lawStates) : null,
  };
  return { zones: plausibleZones(lead).zones, states: plausibleStates(lead) };
}

function instant(random: () => number, changeMs: number): number {
  const kind = random();
  let ms = between(random, firstMs, lastMs);
  if (kind < 0.5) ms = changeMs + between(random, -36 * hourMs, 36 * hourMs);
  else if (kind < 0.7) {
    const eve = `${between(random, 2026, 2028)}-${oneOf(random, eves)}`;
    ms = Date.parse(`${eve}T12:00:00Z`) + between(random, -dayMs, 3 * dayMs);
  }
  // On the edges themselves, and a moment before them.
  if (random() < 0.4) ms = Math.round(ms / (30 * minuteMs)) * 30 * minuteMs - between(random, 0, 1);
  return ms;
}

function settings(random: () => number): CampaignSettings {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const soon = () => day(between(random, firstMs, lastMs));
  return {
    ...defaultCampaignSettings,
    hours: random() < 0.6 ? weekOf(random) : null,
    holidays: Array.from({ length: between(random, 0, 4) }, soon),
    startsOn: random() < 0.3 ? soon() : null,
    endsOn: random() < 0.3 ? soon() : null,
  };
}

function weekOf(random: () => number): Partial<Record<Weekday, DailyHours>> {
  const week: Partial<Record<Weekday, DailyHours>> = {};
  for (const weekday of [1, 2, 3, 4, 5, 6, 7] as const) {
    if (random() < 0.3) continue;
    const start = between(random, 0, 90);
    const end = between(random, start + 1, 96);
    week[weekday] = { from: quarter(start), to: quarter(end) };
  }
  return week;
}

/** Quarters of an hour after midnight as `HH:MM`. */
function quarter(count: number): string {
  const [hour, minute] = [Math.floor(count / 4), (count % 4) * 15];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
