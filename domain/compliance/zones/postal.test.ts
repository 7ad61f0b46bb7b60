import { describe, expect, it } from 'vitest';
import { findPostalArea, parseZip } from './postal.ts';
import { findState } from './states.ts';

const eastern = 'America/New_York';
const central = 'America/Chicago';
const mountain = 'America/Denver';
const pacific = 'America/Los_Angeles';
const arizona = 'America/Phoenix';
const allPrefixes = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

describe('postal codes', () => {
  it.each([
    ['70116', '70116'],
    ['7011', '07011'],
    ['603', '00603'],
    ['70116-1234', '70116'],
    ['70116 - 1234', '70116'],
    ['701161234', '70116'],
    ['70111234', '07011'],
    ['70116.0', '70116'],
    [' 70116 ', '70116'],
  ])('%j is %s', (text, zip) => {
    expect(parseZip(text)).toBe(zip);
  });

  it.each(['', '12', '701160', '7O116', 'abcde', '70116-12', '1234567890'])('%j is no ZIP code', (text) => {
    expect(parseZip(text)).toBeNull();
  });

  it.each([
    ['70116', 'LA', [central]],
    ['7008', 'NJ', [eastern]],
    ['32501', 'FL', [central]], // Pensacola
    ['32301', 'FL', [eastern]], // Tallahassee
    ['32456', 'FL', [eastern, central]], // Port St. Joe
    ['33101', 'FL', [eastern]],
    ['46402', 'IN', [central]], // Gary
    ['46204', 'IN', [eastern]], // Indianapolis
    ['47708', 'IN', [central]], // Evansville
    ['46534', 'IN', [eastern, central]], // Knox
    ['37402', 'TN', [eastern]], // Chattanooga
    ['37367', 'TN', [eastern, central]], // Pikeville
    ['37501', 'TN', [central]], // Memphis
    ['37201', 'TN', [central]], // Nashville
    ['40202', 'KY', [eastern]], // Louisville
    ['42001', 'KY', [central]], // Paducah
    ['42602', 'KY', [eastern, central]], // Albany
    ['67735', 'KS', [central, mountain]], // Goodland
    ['67202', 'KS', [central]],
    ['69361', 'NE', [mountain]], // Scottsbluff
    ['69101', 'NE', [central, mountain]], // North Platte
    ['68102', 'NE', [central]], // Omaha
    ['57701', 'SD', [mountain]], // Rapid City
    ['57501', 'SD', [central, mountain]], // Pierre
    ['57101', 'SD', [central]],
    ['58601', 'ND', [central, mountain]], // Dickinson
    ['58102', 'ND', [central]],
    ['79901', 'TX', [mountain]], // El Paso
    ['79830', 'TX', [central, mountain]], // Alpine
    ['75201', 'TX', [central]],
    ['83702', 'ID', [mountain]], // Boise
    ['83814', 'ID', [pacific]], // Coeur d'Alene
    ['83549', 'ID', [mountain, pacific]], // Riggins
    ['97914', 'OR', [mountain, pacific]], // Ontario
    ['97201', 'OR', [pacific]],
    ['49938', 'MI', [eastern, central]], // Ironwood
    ['48201', 'MI', [eastern]],
    ['99546', 'AK', ['America/Anchorage', 'America/Adak']],
    ['99701', 'AK', ['America/Anchorage']],
    ['86515', 'AZ', [arizona, mountain]], // Window Rock
    ['85001', 'AZ', [arizona]],
    ['89883', 'NV', [mountain, pacific]], // West Wendover
    ['89101', 'NV', [pacific]],
    ['36867', 'AL', [eastern, central]], // Phenix City
    ['96910', 'GU', ['Pacific/Guam']],
    ['96950', 'MP', ['Pacific/Saipan']],
    ['96799', 'AS', ['Pacific/Pago_Pago']],
    ['96813', 'HI', ['Pacific/Honolulu']],
    ['00901', 'PR', ['America/Puerto_Rico']],
    ['00802', 'VI', ['America/St_Thomas']],
    ['09012', 'AE', []],
    ['K1A 0B1', 'ON', ['America/Toronto']],
    ['p8n2z6', 'ON', ['America/Toronto', 'America/Winnipeg', 'America/Atikokan']], // Dryden
    ['V5K', 'BC', ['America/Vancouver']],
    ['V1C-1A1', 'BC', ['America/Vancouver', 'America/Edmonton', 'America/Dawson_Creek']], // Cranbrook
    ['G4T 1A1', 'QC', ['America/Toronto', 'America/Halifax', 'America/Blanc-Sablon']], // Magdalen Islands
    ['H2X 1Y4', 'QC', ['America/Toronto']],
  ])('%s is %s in %j', (text, state, zones) => {
    expect(findPostalArea(text)).toMatchObject({ state, zones });
  });

  it.each(['', '00000', '21399x', 'SW1A 1AA', 'D1A 1A1', 'K1A 0', '1011 AB'])('%j says nothing', (text) => {
    expect(findPostalArea(text)).toBeUndefined();
  });

  it('lie within their state, but for towns that keep a neighbour’s time and for Wake Island', () => {
    const exceptions = ['368', '739', '999', '96898', '9694'];
    let areas = 0;
    for (const prefix of allPrefixes) {
      for (const digits of ['00', '10', '40', '50', '60', '98', '99']) {
        const area = findPostalArea(prefix + digits);
        if (!area || exceptions.includes(area.prefix)) continue;
        areas++;
        const state = findState(area.state);
        expect(state, area.prefix).toBeDefined();
        for (const zone of area.zones) expect(state?.zones, area.prefix).toContain(zone);
      }
    }
    expect(areas).toBeGreaterThan(6000);
  });

  it('together reach every zone of a split state', () => {
    for (const code of [
      'FL',
      'IN',
      'KY',
      'TN',
      'MI',
      'ND',
      'SD',
      'NE',
      'KS',
      'TX',
      'ID',
      'OR',
      'NV',
      'AZ',
      'AK',
    ]) {
      const reached = new Set<string>();
      for (const prefix of allPrefixes) {
        const area = findPostalArea(`${prefix}00`);
        if (area?.state === code) for (const zone of area.zones) reached.add(zone);
      }
      expect([...reached], code).toEqual(expect.arrayContaining([...findState(code)!.zones]));
    }
  });
});
