import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowState } from './calling-window.ts';
import { plausibleStates, plausibleZones } from './lead-zones.ts';
import { federalHours } from './rules/federal.ts';
import { ruleWindow } from './rules/rule.ts';
import { areaCodes } from './zones/area-codes.ts';
import { allOfNorthAmerica } from './zones/zone-sets.ts';

const newOrleans = '+15046218927';
const federalWindow = ruleWindow(federalHours);

describe('number and address', () => {
  it('agree: one zone', () => {
    expect(plausibleZones({ phone: newOrleans, state: 'LA', postalCode: '70116' })).toEqual({
      zones: ['America/Chicago'],
      basis: ['area code 504 (LA)', 'postal code 701 (LA)'],
      known: true,
    });
  });

  it('differ: both zones, because a mobile number travels', () => {
    expect(plausibleZones({ phone: newOrleans, state: 'CA', postalCode: '90012' }).zones).toEqual([
      'America/Chicago',
      'America/Los_Angeles',
    ]);
  });

  it('state and postal code contradict each other: both count', () => {
    expect(plausibleZones({ phone: newOrleans, state: 'NY', postalCode: '90012' })).toEqual({
      zones: ['America/Chicago', 'America/Los_Angeles', 'America/New_York'],
      basis: ['area code 504 (LA)', 'postal code 900 (CA)', 'state NY'],
      known: true,
    });
  });

  it('the postal code narrows a split state', () => {
    const place = { phone: '+13055551234', state: 'Florida' };
    expect(plausibleZones(place).zones).toEqual(['America/New_York', 'America/Chicago']);
    expect(plausibleZones({ ...place, postalCode: '33101' }).zones).toEqual(['America/New_York']);
  });

  it('a ZIP code that lost its leading zero is still read', () => {
    expect(plausibleZones({ phone: newOrleans, postalCode: '8401' }).basis).toContain('postal code 084 (NJ)');
  });

  it('an address that nobody can read adds nothing', () => {
    for (const place of [
      { state: 'Somewhere', postalCode: 'none' },
      { state: '', postalCode: '' },
      { state: null, postalCode: null, country: null },
      { country: 'Germany' },
    ]) {
      expect(plausibleZones({ phone: newOrleans, ...place })).toEqual({
        zones: ['America/Chicago'],
        basis: ['area code 504 (LA)'],
        known: true,
      });
    }
  });
});

describe('countries', () => {
  it('a number of another country counts for all zones of that country', () => {
    expect(plausibleZones({ phone: '+442079460958' })).toMatchObject({
      zones: ['Europe/London'],
      known: true,
    });
    expect(plausibleZones({ phone: '+34912345678' }).zones).toEqual(
      expect.arrayContaining(['Europe/Madrid', 'Atlantic/Canary']),
    );
    expect(plausibleZones({ phone: '+38344123456' })).toMatchObject({
      zones: ['Europe/Belgrade'],
      known: true,
    });
  });

  it.each([
    ['GB', 'Europe/London'],
    ['gb', 'Europe/London'],
    ['UK', 'Europe/London'],
    ['PR', 'America/Puerto_Rico'],
    ['GU', 'Pacific/Guam'],
  ])('an address in %s adds %s', (country, zone) => {
    expect(plausibleZones({ phone: newOrleans, country }).zones).toEqual(['America/Chicago', zone]);
  });

  it.each(['US', 'usa', 'U.S.A.', 'United States'])('reads the address within %s', (country) => {
    expect(plausibleZones({ phone: newOrleans, country, state: 'NY' }).zones).toContain('America/New_York');
  });

  it('a state of another country than the one named does not count', () => {
    expect(
      plausibleZones({ phone: newOrleans, country: 'Canada', state: 'NY', postalCode: '10001' }).zones,
    ).toEqual(['America/Chicago']);
    expect(
      plausibleZones({ phone: newOrleans, country: 'CA', state: 'ON', postalCode: 'M5V 2T6' }).zones,
    ).toEqual(['America/Chicago', 'America/Toronto']);
  });

  it('five digits beside a foreign number are no ZIP code, unless a state says so', () => {
    const berlin = { phone: '+4915112345678', postalCode: '10115' };
    expect(plausibleZones(berlin).zones).not.toContain('America/New_York');
    expect(plausibleZones({ ...berlin, state: 'NY' }).zones).toContain('America/New_York');
    expect(plausibleZones({ ...berlin, country: 'DE' }).zones).not.toContain('America/New_York');
  });
});

describe('where the place cannot be told', () => {
  it.each(['+18005551234', '+15005550006', '+19996218927'])('%s counts for the whole continent', (phone) => {
    expect(plausibleZones({ phone })).toMatchObject({ zones: [...allOfNorthAmerica], known: true });
  });

  it('the whole continent still has common hours, and they are daytime everywhere', () => {
    for (const month of [0, 6]) {
      const state = windowState({
        now: new Date(Date.UTC(2027, month, 15, 20)),
        zones: allOfNorthAmerica,
        window: federalWindow,
      });
      expect(state.open).toBe(true);
    }
  });

  it.each([
    ['a satellite phone', { phone: '+881612345678' }],
    ['no number', { phone: '' }],
    ['an address in military mail', { phone: newOrleans, state: 'AE', postalCode: '09012' }],
    ['a military ZIP code alone', { phone: newOrleans, postalCode: '96201' }],
    ['a country that does not exist', { phone: newOrleans, country: 'XX' }],
  ])('%s is not known, and not known is closed', (_name, place) => {
    const { zones, known, basis } = plausibleZones(place);
    expect({ zones, known }).toEqual({ zones: [], known: false });
    expect(basis).toHaveLength(1);
    expect(windowState({ now: new Date('2026-11-21T18:00:00Z'), zones, window: federalWindow }).open).toBe(
      false,
    );
  });
});

describe('where the clocks changed lately', () => {
  it.each([
    ['Vancouver', '+16045551234', '2026-12-16T04:30:00Z'], // 20:30 by last year's rule, 21:30 by this year's
    ['Calgary', '+14035551234', '2026-12-16T03:30:00Z'],
    ['Winnipeg', '+12045551234', '2026-12-16T02:30:00Z'],
  ])(
    '%s is closed after nine in the evening by the new rule, whatever this runtime knows',
    (_city, phone, at) => {
      const { zones } = plausibleZones({ phone });
      expect(windowState({ now: new Date(at), zones, window: federalWindow }).open).toBe(false);
    },
  );
});

describe('for every area code and any address', () => {
  const phone = fc.constantFrom(...areaCodes.keys()).map((code) => `+1${code}5551234`);
  const state = fc.option(fc.constantFrom('LA', 'NY', 'FL', 'AE', 'ON', 'ZZ', 'Guam'));
  const postalCode = fc.option(fc.stringMatching(/^\d{3,5}$/));

  it('an address only ever adds zones to those of the number', () => {
    fc.assert(
      fc.property(phone, state, postalCode, (number, inState, code) => {
        const alone = plausibleZones({ phone: number });
        const placed = plausibleZones({ phone: number, state: inState, postalCode: code });
        expect(alone.known && alone.zones.length > 0).toBe(true);
        expect(placed.known).toBe(placed.zones.length > 0);
        if (placed.known) expect(placed.zones).toEqual(expect.arrayContaining(alone.zones));
      }),
    );
  });
});

describe('states', () => {
  it.each([
    ['by area code', { phone: newOrleans }, ['LA']],
    ['by area code and address, both', { phone: newOrleans, state: 'Florida' }, ['LA', 'FL']],
    ['by postal code', { phone: newOrleans, postalCode: '73101' }, ['LA', 'OK']],
    ['by all three', { phone: newOrleans, state: 'MD', postalCode: '98101-1234' }, ['LA', 'MD', 'WA']],
    ['a leading zero lost in a spreadsheet', { phone: newOrleans, postalCode: '2901' }, ['LA', 'RI']],
    ['a territory', { phone: '+17875551234' }, ['PR']],
    ['a territory by its country', { phone: newOrleans, country: 'GU' }, ['LA', 'GU']],
    ['a province', { phone: '+14165551234' }, ['ON']],
    ['Montserrat, whose letters are Mississippi’s', { phone: '+16644921234' }, []],
    ['the Caymans, whose letters are Kentucky’s', { phone: '+13459491234' }, []],
    ['a foreign number', { phone: '+442079460958' }, []],
    ['a foreign number of somebody in Texas', { phone: '+442079460958', state: 'TX' }, ['TX']],
    ['an address abroad', { phone: newOrleans, postalCode: '10115', country: 'DE' }, ['LA']],
    [
      'a state of another country than the address',
      { phone: newOrleans, state: 'FL', country: 'CA' },
      ['LA'],
    ],
  ])('%s', (_name, place, states) => {
    expect(plausibleStates(place)).toEqual(states);
  });

  it('a number that names no place may be anywhere', () => {
    const states = plausibleStates({ phone: '+18005551234', state: 'NY' });
    expect(states).toEqual(expect.arrayContaining(['NY', 'FL', 'RI', 'UT', 'ON', 'PR']));
  });
});
