import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { areaCodes } from './compliance/zones/area-codes.ts';

/** What kind of line a number's range is for. In North America mobile and fixed numbers share their ranges. */
export const phoneTypes = [
  'fixed_line',
  'mobile',
  'fixed_line_or_mobile',
  'toll_free',
  'premium_rate',
  'shared_cost',
  'voip',
  'personal_number',
  'pager',
  'uan',
  'voicemail',
  'unknown',
] as const;
export type PhoneType = (typeof phoneTypes)[number];

export type ParsedPhone =
  | {
      ok: true;
      /** "+" and up to 15 digits. */
      e164: string;
      /** ISO 3166-1 alpha-2. */
      country: string;
      /** As people of that country write it. */
      national: string;
      /** The three digits after +1, or null outside North America. */
      areaCode: string | null;
      type: PhoneType;
    }
  | { ok: false; code: 'INVALID_PHONE'; message: string };

const maxLength = 60;

/**
 * Reads a phone number as people and spreadsheets write it. Without "+" or an international prefix it is a number of
 * `defaultCountry` (ISO 3166-1 alpha-2); an unknown default country leaves only international spellings. An extension is
 * dropped, letters and several numbers in one field are refused.
 *
 * Strict: the number must lie in a range that its country has assigned. For North America an area code of our own table
 * is enough, since new overlays serve people before the library's tables know them.
 */
export function parsePhone(raw: string, defaultCountry: string): ParsedPhone {
  const text = tidy(raw);
  if (text === '') return invalid('The phone number is empty.');
  if (text.length > maxLength) return invalid('The phone number is too long.');
  const country = isSupportedCountry(defaultCountry) ? defaultCountry : undefined;

  for (const spelling of spellings(text)) {
    const number = parsePhoneNumberFromString(spelling, { defaultCountry: country, extract: false });
    const parsed = number && describe(number);
    if (parsed) return parsed;
  }
  return invalid(explain(text, country));
}

const usualSpelling = /^(\+?1[ .-]?)?(?:\(([2-9]\d\d)\) ?|([2-9]\d\d)[ .-]?)([2-9]\d\d)[ .-]?(\d{4})$/;

/**
 * E.164 of a North American number in one of its usual spellings, without asking the library, for files of millions of
 * rows; null = ask `parsePhone`, which gives the same for everything that this one reads.
 */
export function usualNorthAmerican(raw: string, defaultCountry: string): string | null {
  const match = usualSpelling.exec(raw);
  if (!match) return null;
  const [, prefix, bracketed, bare, exchange, line] = match;
  if (!prefix?.startsWith('+') && defaultCountry !== 'US' && defaultCountry !== 'CA') return null;
  const areaCode = (bracketed ?? bare)!;
  return areaCodes.has(areaCode) ? `+1${areaCode}${exchange}${line}` : null;
}

/** Whether the text is already in E.164 form. Says nothing about whether the number exists. */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text);
}

/** A number in E.164 form as people read it: "(504) 621-8927" in North America, "+44 20 7946 0958" elsewhere. */
export function formatPhone(e164: string): string {
  const number = parsePhoneNumberFromString(e164, { extract: false });
  if (!number) return e164;
  return number.countryCallingCode === '1' && number.nationalNumber.length === 10
    ? number.formatNational()
    : number.formatInternational();
}

/** Every country that a number may belong to: one when its range says so, else all that share its calling code. */
export function countriesOfPhone(e164: string): string[] {
  const number = parsePhoneNumberFromString(e164, { extract: false });
  if (!number) return [];
  if (number.country) return [number.country];
  return getCountries().filter((country) => getCountryCallingCode(country) === number.countryCallingCode);
}

/** The area code of an E.164 number of North America, or null. */
export function areaCodeOf(e164: string): string | null {
  return /^\+1([2-9]\d{2})[2-9]\d{6}$/.exec(e164)?.[1] ?? null;
}

/** Undoes what spreadsheets and links add: a leading apostrophe, "tel:", a trailing ".0". */
function tidy(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/^['"]+|['"]+$/g, '')
    .replace(/^tel:\s*/i, '')
    .replace(/^(\+?\d{7,15})\.0$/, '$1')
    .trim();
}

/** "00" is the international prefix of most countries, but not of all: it is tried when the number as it stands fails. */
function spellings(text: string): string[] {
  return /^\(?00/.test(text) ? [text, text.replace(/^\(?00\)?/, '+')] : [text];
}

function describe(number: PhoneNumber): ParsedPhone | undefined {
  const areaCode = areaCodeOf(number.number);
  const ownTable = areaCode ? areaCodes.get(areaCode) : undefined;
  if (!number.isValid() && !ownTable) return undefined;
  const country = number.country ?? ownTable?.country;
  if (!country) return undefined;
  number.ext = undefined;
  return {
    ok: true,
    e164: number.number,
    country,
    national: number.formatNational(),
    areaCode,
    type: typeOf(number, ownTable !== undefined),
  };
}

function typeOf(number: PhoneNumber, ownTable: boolean): PhoneType {
  const type = number.getType()?.toLowerCase();
  return phoneTypes.find((known) => known === type) ?? (ownTable ? 'fixed_line_or_mobile' : 'unknown');
}

function explain(text: string, country: CountryCode | undefined): string {
  if (/\p{L}/u.test(text.replace(/(ext|extension|x)\.?\s*\d+$/i, ''))) {
    return 'The phone number contains letters.';
  }
  if (!country && !/^(\+|00)/.test(text)) return 'The phone number needs its country code, such as +1.';
  switch (validatePhoneNumberLength(text, country)) {
    case 'TOO_SHORT':
      return 'The phone number is too short.';
    case 'TOO_LONG':
    case 'INVALID_LENGTH':
      return 'The phone number has too many digits.';
    case 'NOT_A_NUMBER':
      return 'This is not a phone number.';
    default:
      return 'No such phone number can exist: check its area code and digits.';
  }
}

function invalid(message: string): ParsedPhone {
  return { ok: false, code: 'INVALID_PHONE', message };
}
