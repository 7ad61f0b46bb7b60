import { areaCodeOf, countriesOfPhone } from '../phone.ts';
import { areaCodes } from './zones/area-codes.ts';
import { findPostalArea } from './zones/postal.ts';
import type { PostalArea } from './zones/postal.ts';
import { findState, stateCodes } from './zones/states.ts';
import type { State } from './zones/states.ts';
import { allOfNorthAmerica, withChangedClocks } from './zones/zone-sets.ts';

export type LeadPlace = {
  /** E.164. */
  phone: string;
  /** State, province or territory: two letters or its name. */
  state?: string | null;
  postalCode?: string | null;
  /** ISO 3166-1 alpha-2; "USA", "United States" and "Canada" are understood. */
  country?: string | null;
};

export type PlausibleZones = {
  /** IANA names; every one of them must be open for a touch. Empty when not known. */
  zones: string[];
  /** What each part was read from, for people: "area code 850 (FL)", "postal code 324 (FL)", "country GB". */
  basis: string[];
  /** False when the place cannot be told: then the lead must not be contacted. */
  known: boolean;
};

type Source = { zones: readonly string[]; basis: string };

/**
 * Every zone in which a lead may reasonably be: those of the number's area code and those of the address. A mobile number
 * says where it was bought and an address where post arrives, so both count, and the calling window must be open in all.
 *
 * A number of North America whose area code names no place counts for the whole continent; a number of another country
 * for all zones of that country. Where neither can be told (a satellite phone, an address in military mail) the answer is
 * "not known", which means closed.
 */
export function plausibleZones(place: LeadPlace): PlausibleZones {
  const fromPhone = zonesOfPhone(place.phone);
  if (!fromPhone) return { zones: [], basis: ['the country of the number is not known'], known: false };

  const sources = [fromPhone, ...zonesOfAddress(place)];
  const placeless = sources.find((source) => source.zones.length === 0);
  if (placeless) return { zones: [], basis: [placeless.basis], known: false };

  return {
    zones: withChangedClocks(sources.flatMap((source) => source.zones)),
    basis: sources.map((source) => source.basis),
    known: true,
  };
}

function zonesOfPhone(phone: string): Source | undefined {
  const areaCode = areaCodeOf(phone);
  if (areaCode) {
    const area = areaCodes.get(areaCode);
    return area
      ? { zones: area.zones, basis: `area code ${areaCode} (${area.region})` }
      : { zones: allOfNorthAmerica, basis: `area code ${areaCode} names no place` };
  }
  const countries = countriesOfPhone(phone);
  const zones = countries.map(zonesOfCountry);
  // A country without zones among them would leave its people unprotected.
  if (zones.length === 0 || zones.some((list) => list.length === 0)) return undefined;
  return { zones: zones.flat(), basis: `country ${countries.join(', ')}` };
}

/** An address that says nothing readable adds nothing; one that names a place without a clock gives an empty list. */
function zonesOfAddress(place: LeadPlace): Source[] {
  const { country, state, area } = readAddress(place);
  if (country) return [{ zones: zonesOfCountry(country), basis: `country ${country}` }];
  // The postal code narrows its state; where the two disagree, both count.
  const sources: Source[] = [];
  if (area) sources.push({ zones: area.zones, basis: `postal code ${area.prefix} (${area.state})` });
  if (state && state.code !== area?.state) {
    const isTerritory = territories.includes(countryCode(place.country) ?? '');
    sources.push({ zones: state.zones, basis: `${isTerritory ? 'country' : 'state'} ${state.code}` });
  }
  return sources;
}

/** A territory of the United States has a country code of its own and stands in the state table too. */
const territories: readonly string[] = ['PR', 'VI', 'GU', 'MP', 'AS'];

/** What an address says: a country outside North America, or a state, or a postal area, as far as they can be trusted. */
function readAddress(place: LeadPlace): { country?: string; state?: State; area?: PostalArea } {
  const country = countryCode(place.country);
  if (country && territories.includes(country)) return { state: findState(country)! };
  if (country !== undefined && country !== 'US' && country !== 'CA') return { country };

  const state = place.state ? findState(place.state) : undefined;
  const postal = place.postalCode ? findPostalArea(place.postalCode) : undefined;
  // Five digits are a postal code in many countries: alone they say something only beside a number of North America.
  const trusted = country !== undefined || place.phone.startsWith('+1') || state !== undefined;
  return {
    ...(postal && trusted && (!country || postal.country === country) && { area: postal }),
    ...(state && (!country || state.country === country) && { state }),
  };
}

/**
 * Two letters of every state and territory of the United States and province of Canada in which a lead may reasonably be:
 * that of the number's area code and those of the address. A number of North America whose area code names no place may
 * be of any.
 */
export function plausibleStates(place: LeadPlace): string[] {
  const areaCode = areaCodeOf(place.phone);
  const area = areaCode === null ? undefined : areaCodes.get(areaCode);
  const states = new Set<string>();
  if (areaCode !== null && !area) for (const code of stateCodes) states.add(code);
  // Elsewhere on the continent the region is the country's code, which may be a state's too (MS is Montserrat).
  if (area && ['US', 'CA', ...territories].includes(area.country)) states.add(area.region);
  const address = readAddress(place);
  if (address.state) states.add(address.state.code);
  if (address.area) states.add(address.area.state);
  return [...states];
}

const countryNames: Readonly<Record<string, string>> = {
  USA: 'US',
  'UNITED STATES': 'US',
  'UNITED STATES OF AMERICA': 'US',
  CAN: 'CA',
  CANADA: 'CA',
};

/** Two letters, or undefined when the text is empty or no country that is understood. */
function countryCode(text: string | null | undefined): string | undefined {
  const key = (text ?? '').replaceAll('.', '').trim().toUpperCase();
  const code = countryNames[key] ?? key;
  return /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/** `Intl.Locale` tells a country's zones; as a property at first, as a method since the proposal changed. */
type LocaleZones = { timeZones?: string[]; getTimeZones?: () => string[] | undefined };

/** Places with telephones that the runtime's data leaves out: Kosovo, Ascension, Tristan da Cunha. */
const countryZones = new Map<string, readonly string[]>([
  ['XK', ['Europe/Belgrade']],
  ['AC', ['Atlantic/St_Helena']],
  ['TA', ['Atlantic/St_Helena']],
]);

function zonesOfCountry(country: string): readonly string[] {
  const cached = countryZones.get(country);
  if (cached) return cached;
  const locale = new Intl.Locale(`und-${country}`) as LocaleZones;
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  countryZones.set(country, zones);
  return zones;
}
