import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { areaCodes } from './area-codes.ts';
import { findState } from './states.ts';

const eastern = 'America/New_York';
const central = 'America/Chicago';
const mountain = 'America/Denver';
const pacific = 'America/Los_Angeles';
const arizona = 'America/Phoenix';

describe('area codes', () => {
  it.each([
    ['504', [central]],
    ['212', [eastern]],
    ['310', [pacific]],
    ['303', [mountain]],
    ['480', [arizona]],
    ['808', ['Pacific/Honolulu']],
    ['907', ['America/Anchorage', 'America/Adak']],
    ['787', ['America/Puerto_Rico']],
    ['671', ['Pacific/Guam']],
    ['670', ['Pacific/Saipan']],
    ['684', ['Pacific/Pago_Pago']],
    ['340', ['America/St_Thomas']],
    ['850', [eastern, central]],
    ['448', [eastern, central]],
    ['270', [eastern, central]],
    ['364', [eastern, central]],
    ['606', [eastern, central]],
    ['812', [eastern, central]],
    ['930', [eastern, central]],
    ['219', [eastern, central]],
    ['574', [eastern, central]],
    ['906', [eastern, central]],
    ['423', [eastern, central]],
    ['729', [eastern, central]],
    ['931', [eastern, central]],
    ['334', [eastern, central]],
    ['605', [central, mountain]],
    ['701', [central, mountain]],
    ['308', [central, mountain]],
    ['402', [central, mountain]],
    ['785', [central, mountain]],
    ['620', [central, mountain]],
    ['915', [central, mountain]],
    ['208', [mountain, pacific]],
    ['986', [mountain, pacific]],
    ['541', [mountain, pacific]],
    ['458', [mountain, pacific]],
    ['775', [mountain, pacific]],
    ['928', [arizona, mountain]],
    ['231', [eastern]],
    ['709', ['America/St_Johns', 'America/Halifax']],
    ['807', ['America/Toronto', 'America/Winnipeg', 'America/Atikokan']],
    ['809', ['America/Santo_Domingo']],
  ])('%s lies in %j', (code, zones) => {
    expect(areaCodes.get(code)?.zones).toEqual(zones);
  });

  it.each(['800', '833', '888', '900', '700', '710', '500', '600', '555', '211', '911', '999', '055'])(
    '%s names no place',
    (code) => {
      expect(areaCodes.has(code)).toBe(false);
    },
  );

  it('hold every code that the phone library knows a place for, in the same country', () => {
    const northAmerica = new Set<string>(
      getCountries().filter((country) => getCountryCallingCode(country) === '1'),
    );
    const placeless = ['TOLL_FREE', 'PERSONAL_NUMBER', 'PREMIUM_RATE', 'VOIP'];
    let compared = 0;
    for (let code = 200; code < 1000; code++) {
      for (const line of ['2345678', '5551234', '2001234', '9991234', '6331234']) {
        const number = parsePhoneNumberFromString(`+1${code}${line}`);
        if (!number?.isValid() || placeless.includes(number.getType() ?? '')) continue;
        expect(northAmerica.has(number.country ?? ''), `${code}`).toBe(true);
        expect(areaCodes.get(String(code))?.country, `${code}`).toBe(number.country);
        compared++;
        break;
      }
    }
    expect(compared).toBeGreaterThan(420);
  });

  it('lie within their state', () => {
    const byCustom = ['334', '483'];
    for (const { code, country, region, zones } of areaCodes.values()) {
      if (country === region || code === '867' || byCustom.includes(code)) continue;
      const state = findState(region);
      expect(state?.country, code).toBe(country);
      for (const zone of zones) expect(state?.zones, code).toContain(zone);
    }
  });
});
