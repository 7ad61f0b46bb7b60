/**
 * The zones that the tables of this folder speak in.
 *
 * One representative stands for all zones that keep the same clock today: America/New_York also for Detroit, Louisville
 * and Indianapolis, America/Denver also for Boise and the Navajo Nation. Only current time matters here, and fewer zones
 * make a decision easier to read and quicker to take. A test compares each representative with those it stands for.
 */
export type ZoneSet = readonly string[];

export const eastern: ZoneSet = ['America/New_York'];
export const central: ZoneSet = ['America/Chicago'];
export const mountain: ZoneSet = ['America/Denver'];
export const pacific: ZoneSet = ['America/Los_Angeles'];
export const arizona: ZoneSet = ['America/Phoenix'];
export const alaska: ZoneSet = ['America/Anchorage'];
export const hawaii: ZoneSet = ['Pacific/Honolulu'];
export const puertoRico: ZoneSet = ['America/Puerto_Rico'];
export const virginIslands: ZoneSet = ['America/St_Thomas'];
export const guam: ZoneSet = ['Pacific/Guam'];
export const saipan: ZoneSet = ['Pacific/Saipan'];
export const samoa: ZoneSet = ['Pacific/Pago_Pago'];

export const easternOrCentral: ZoneSet = ['America/New_York', 'America/Chicago'];
export const centralOrMountain: ZoneSet = ['America/Chicago', 'America/Denver'];
export const mountainOrPacific: ZoneSet = ['America/Denver', 'America/Los_Angeles'];
/** Arizona keeps standard time all year, the Navajo Nation within it changes its clocks. */
export const arizonaOrNavajo: ZoneSet = ['America/Phoenix', 'America/Denver'];
/** The Aleutian islands west of 169° 30' W are an hour behind the rest of Alaska. */
export const alaskaOrAleutian: ZoneSet = ['America/Anchorage', 'America/Adak'];

export const newfoundland: ZoneSet = ['America/St_Johns'];
/** Most of Labrador keeps Atlantic time, its southern coast Newfoundland time. */
export const newfoundlandOrLabrador: ZoneSet = ['America/St_Johns', 'America/Halifax'];
export const atlantic: ZoneSet = ['America/Halifax'];
export const ontarioQuebec: ZoneSet = ['America/Toronto'];
/** Québec's Magdalen Islands and its shore east of Natashquan keep Atlantic time, the latter without daylight time. */
export const easternQuebec: ZoneSet = ['America/Toronto', 'America/Halifax', 'America/Blanc-Sablon'];
/** Ontario west of 90° W; Atikokan keeps Eastern Standard Time all year. */
export const northwestOntario: ZoneSet = ['America/Toronto', 'America/Winnipeg', 'America/Atikokan'];
export const manitoba: ZoneSet = ['America/Winnipeg'];
/** Lloydminster keeps Alberta's time, Creighton and Denare Beach keep Manitoba's. */
export const saskatchewan: ZoneSet = ['America/Regina', 'America/Edmonton', 'America/Winnipeg'];
export const saskatchewanCities: ZoneSet = ['America/Regina'];
export const alberta: ZoneSet = ['America/Edmonton'];
export const vancouver: ZoneSet = ['America/Vancouver'];
/** The East Kootenay keeps Alberta's time; the Peace River country and Creston have no daylight time. */
export const britishColumbia: ZoneSet = ['America/Vancouver', 'America/Edmonton', 'America/Dawson_Creek'];
export const yukon: ZoneSet = ['America/Whitehorse'];
export const northwestTerritories: ZoneSet = ['America/Edmonton', 'America/Inuvik'];
export const nunavut: ZoneSet = [
  'America/Iqaluit',
  'America/Rankin_Inlet',
  'America/Cambridge_Bay',
  'America/Atikokan',
];

/**
 * From Newfoundland to Hawaii: what a number of North America may mean when its area code says no place (toll-free,
 * personal, or newer than the table). The hours common to all of them are early afternoon to early evening, Eastern.
 */
export const allOfNorthAmerica: ZoneSet = [
  'America/St_Johns',
  'America/Halifax',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'America/Adak',
  'Pacific/Honolulu',
];

/**
 * Clocks that changed their rule lately, each with a zone that has kept the new time all year for long. A runtime carries
 * the tz database of its own release, and one older than the change is an hour off for months of every year; asking for
 * both zones is right on old and new data alike. Source: tz database, releases 2026b to 2026f (British Columbia −07,
 * Alberta and the Northwest Territories −06, Manitoba −05, Morocco +00, Cuba's winter of 2026 −04).
 */
const changedClocks: Readonly<Record<string, string>> = {
  'America/Vancouver': 'America/Dawson_Creek',
  'America/Edmonton': 'America/Regina',
  'America/Yellowknife': 'America/Regina',
  'America/Inuvik': 'America/Regina',
  'America/Winnipeg': 'America/Atikokan',
  'America/Rainy_River': 'America/Atikokan',
  'America/Havana': 'America/Puerto_Rico',
  'Africa/Casablanca': 'Africa/Abidjan',
  'Africa/El_Aaiun': 'Africa/Abidjan',
};

/** The zones, each once, with the companions of those whose rule a runtime may not know yet. */
export function withChangedClocks(zones: Iterable<string>): string[] {
  const all = new Set<string>();
  for (const zone of zones) {
    all.add(zone);
    const companion = changedClocks[zone];
    if (companion) all.add(companion);
  }
  return [...all];
}
