import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaCodes } from './compliance/zones/area-codes.ts';
import {
  areaCodeOf,
  countriesOfPhone,
  formatPhone,
  isE164,
  parsePhone,
  usualNorthAmerican,
} from './phone.ts';

const newOrleans = '+15046218927';
const london = '+442079460958';

describe('accepted spellings', () => {
  it.each([
    ['504-621-8927', newOrleans],
    ['(504) 621.8927', newOrleans],
    ['504 621 8927', newOrleans],
    ['5046218927', newOrleans],
    ['1 504 621 8927', newOrleans],
    ['+1 504 621 8927', newOrleans],
    ['+15046218927', newOrleans],
    ['001 504 621 8927', newOrleans],
    ['504–621–8927', newOrleans],
    ['504\u00a0621\u00a08927', newOrleans],
    ['\u200e+1 504-621-8927\u202c', newOrleans],
    ['５０４６２１８９２７', newOrleans],
    ['504-621-8927 ext. 12', newOrleans],
    ['504-621-8927 x5', newOrleans],
    ['5046218927;ext=4', newOrleans],
    ['tel:+15046218927', newOrleans],
    ["'5046218927", newOrleans],
    ['"504-621-8927"', newOrleans],
    ['5046218927.0', newOrleans],
    ['  504-621-8927\n', newOrleans],
    ['+44 20 7946 0958', london],
    ['+44 (0)20 7946 0958', london],
    ['0044 20 7946 0958', london],
    ['(0044) 20 7946 0958', london],
    ['011 44 20 7946 0958', london],
    ['1 (242) 345-6789', '+12423456789'],
  ])('%j', (raw, e164) => {
    expect(parsePhone(raw, 'US')).toMatchObject({ ok: true, e164 });
  });
});

describe('rejected spellings', () => {
  it.each([
    ['', /empty/],
    ['   ', /empty/],
    ['\u200e', /empty/],
    ['+', /not a phone number/],
    ['-', /not a phone number/],
    ['12', /too short/],
    ['621-8927', /too short/],
    ['504-621-892', /too short/],
    ['504-621-89277', /too many digits/],
    ['911', /too short/],
    ['504-ABC-8927', /letters/],
    ['1-800-FLOWERS', /letters/],
    ['5.05E+09', /letters/],
    ['call 504-621-8927', /letters/],
    ['n/a', /letters/],
    ['5046218927,5048451427', /not a phone number/],
    ['504-621-8927 / 504-845-1427', /too many digits/],
    ['104-621-8927', /area code|too/],
    ['504-021-8927', /area code/],
    ['504-121-8927', /area code/],
    ['+1 999 621 8927', /area code/],
    ['000-000-0000', /area code|too/],
    ['+800 1234 5678', /area code/],
    [`${'5'.repeat(200)}`, /too long/],
  ])('%j', (raw, message) => {
    const parsed = parsePhone(raw, 'US');
    expect(parsed).toMatchObject({ ok: false, code: 'INVALID_PHONE' });
    expect(parsed.ok ? '' : parsed.message).toMatch(message);
  });
});

describe('what a number says', () => {
  it('names country, area code, kind and how people write it, without the extension', () => {
    expect(parsePhone('504-621-8927 ext. 12', 'US')).toEqual({
      ok: true,
      e164: newOrleans,
      country: 'US',
      national: '(504) 621-8927',
      areaCode: '504',
      type: 'fixed_line_or_mobile',
    });
    expect(parsePhone('+447911123456', 'US')).toMatchObject({ type: 'mobile', areaCode: null });
    expect(parsePhone('800-555-1212', 'US')).toMatchObject({ type: 'toll_free', areaCode: '800' });
    expect(parsePhone('900-555-1234', 'US')).toMatchObject({ type: 'premium_rate' });
    expect(parsePhone('787-555-1234', 'US')).toMatchObject({ country: 'PR', areaCode: '787' });
    expect(parsePhone('416-555-1234', 'US')).toMatchObject({ country: 'CA' });
  });

  it('takes the default country for numbers without a country code', () => {
    expect(parsePhone('020 7946 0958', 'GB')).toMatchObject({ e164: london, country: 'GB' });
    expect(parsePhone('0011 44 20 7946 0958', 'AU')).toMatchObject({ e164: london });
  });

  it('takes only international spellings when the default country is unknown', () => {
    expect(parsePhone('504-621-8927', 'XX')).toMatchObject({
      ok: false,
      message: expect.stringContaining('country code'),
    });
    expect(parsePhone('+1 504-621-8927', 'XX')).toMatchObject({ ok: true, e164: newOrleans });
  });

  it('knows new overlays that serve people before the library does', () => {
    expect(parsePhone('621-234-5678', 'US')).toMatchObject({
      ok: true,
      e164: '+16212345678',
      country: 'US',
      areaCode: '621',
      type: 'fixed_line_or_mobile',
    });
  });
});

describe('formatting', () => {
  it.each([
    [newOrleans, '(504) 621-8927'],
    ['+12423456789', '(242) 345-6789'],
    [london, '+44 20 7946 0958'],
    ['not a number', 'not a number'],
  ])('%s → %s', (e164, text) => {
    expect(formatPhone(e164)).toBe(text);
  });

  it.each([
    ['+15046218927', true],
    ['+4420794609580123', false],
    ['15046218927', false],
    ['+05046218927', false],
    ['+1504621', true],
    ['+150462', false],
    ['+1 504 621 8927', false],
    ['', false],
  ])('isE164(%j) is %s', (text, yes) => {
    expect(isE164(text)).toBe(yes);
  });
});

describe('area code and country', () => {
  it.each([
    [newOrleans, '504'],
    [london, null],
    ['+1504621892', null],
    ['+11046218927', null],
    ['5046218927', null],
  ])('areaCodeOf(%s) is %s', (e164, areaCode) => {
    expect(areaCodeOf(e164)).toBe(areaCode);
  });

  it('names every country of a shared code when the range does not tell', () => {
    expect(countriesOfPhone(newOrleans)).toEqual(['US']);
    expect(countriesOfPhone('+19996218927')).toEqual(expect.arrayContaining(['US', 'CA', 'JM']));
    expect(countriesOfPhone('+80012345678')).toEqual([]);
    expect(countriesOfPhone('nonsense')).toEqual([]);
  });
});

describe('for every number of North America', () => {
  const digits = (length: number, first: string) =>
    fc
      .tuple(fc.constantFrom(...first), fc.stringMatching(new RegExp(`^\\d{${length - 1}}$`)))
      .map(([lead, rest]) => lead + rest);
  const number = fc.tuple(
    fc.constantFrom(...areaCodes.keys()),
    digits(3, '23456789'),
    digits(4, '0123456789'),
  );

  it('every usual spelling of one number gives the same E.164', () => {
    fc.assert(
      fc.property(number, ([area, exchange, line]) => {
        const expected = `+1${area}${exchange}${line}`;
        for (const raw of [
          `${area}-${exchange}-${line}`,
          `(${area}) ${exchange}-${line}`,
          `1.${area}.${exchange}.${line}`,
          `+1 ${area} ${exchange} ${line}`,
          `00 1 ${area} ${exchange} ${line}`,
        ]) {
          expect(parsePhone(raw, 'US')).toMatchObject({ ok: true, e164: expected, areaCode: area });
        }
      }),
    );
  });

  it('reading again what was read, or how it was formatted, changes nothing', () => {
    fc.assert(
      fc.property(number, ([area, exchange, line]) => {
        const once = parsePhone(area + exchange + line, 'US');
        expect(once.ok && parsePhone(once.e164, 'GB')).toEqual(once);
        expect(once.ok && parsePhone(formatPhone(once.e164), 'US')).toEqual(once);
        expect(once.ok && isE164(once.e164)).toBe(true);
      }),
    );
  });
});

describe('the usual spellings of North America, read without the library', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
  const mark = fc.constantFrom('', '', '-', '-', ' ', '.', '(', ')', '+', ') ');
  const spelling = fc
    .tuple(
      fc.constantFrom('', '', '1', '+1', '+', '11'),
      mark,
      mark,
      fc.oneof(fc.constantFrom(...areaCodes.keys()), digits(3)),
      mark,
      digits(3),
      mark,
      fc.oneof(digits(4), digits(4), digits(4), digits(3), digits(5)),
    )
    .map((parts) => parts.join(''));

  const gap = fc.constantFrom('', ' ', '.', '-');
  const usual = fc
    .tuple(
      fc.constantFrom('', '1', '+1'),
      gap,
      fc.constantFrom(...areaCodes.keys()),
      gap,
      digits(3),
      gap,
      digits(4),
    )
    .map((parts) => parts.join(''));

  it('are what the library says they are, whatever the country', () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof(usual, spelling),
        fc.constantFrom('US', 'CA', 'US', 'GB', 'JM', 'DE', 'XX'),
        (raw, country) => {
          const usual = usualNorthAmerican(raw, country);
          if (usual === null) return;
          read += 1;
          expect(parsePhone(raw, country)).toMatchObject({ ok: true, e164: usual });
        },
      ),
      { numRuns: 5_000 },
    );
    // About a fifth of them: the bound is far below, for the draw differs each time.
    expect(read).toBeGreaterThan(500);
  });

  it.each(['504-621-8927', '(504) 621-8927', '5046218927', '1.504.621.8927', '+1 504 621 8927'])(
    '%s',
    (raw) => {
      expect(usualNorthAmerican(raw, 'US')).toBe(newOrleans);
    },
  );

  it('leave numbers of other countries to the library', () => {
    expect(usualNorthAmerican('504-621-8927', 'GB')).toBeNull();
    expect(usualNorthAmerican('+1 504 621 8927', 'GB')).toBe(newOrleans);
  });
});

it('never throws, whatever is in the field', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.string({ maxLength: 3 }),
      (raw, country) => {
        const parsed = parsePhone(raw, country);
        expect(parsed.ok ? isE164(parsed.e164) : parsed.message !== '').toBe(true);
      },
    ),
  );
});
