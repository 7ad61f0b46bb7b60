import { describe, expect, it } from 'vitest';
import { areaCodes } from './area-codes.ts';
import { findPostalArea } from './postal.ts';
import { findState } from './states.ts';
import { wallClock } from './wall-clock.ts';
import { allOfNorthAmerica, withChangedClocks } from './zone-sets.ts';

const eastern = 'America/New_York';
const central = 'America/Chicago';
const mountain = 'America/Denver';

const allStates = [
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA',
  'RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU MP AS PW FM MH AA AE AP AB BC MB NB NL NS NT NU ON PE QC SK YT',
].flatMap((line) => line.split(' '));
const allPrefixes = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

describe('states', () => {
  it.each([
    ['LA', 'LA'],
    ['la', 'LA'],
    [' Louisiana ', 'LA'],
    ['new  york', 'NY'],
    ['N.Y.', 'NY'],
    ['N. Y.', 'NY'],
    ['D.C.', 'DC'],
    ['Washington, DC', 'DC'],
    ['Washington', 'WA'],
    ['Québec', 'QC'],
    ['PQ', 'QC'],
    ['Newfoundland', 'NL'],
    ['U.S. Virgin Islands', 'VI'],
    ['Puerto Rico', 'PR'],
  ])('%j is %s', (text, code) => {
    expect(findState(text)?.code).toBe(code);
  });

  it.each(['', 'ZZ', 'Bavaria', 'N', '12'])('%j is none', (text) => {
    expect(findState(text)).toBeUndefined();
  });

  it('all have zones, but for military mail', () => {
    expect(new Set(allStates).size).toBe(59 + 3 + 13);
    for (const code of allStates) {
      expect(findState(code)?.code).toBe(code);
      expect(findState(code)?.zones.length === 0, code).toBe(['AA', 'AE', 'AP'].includes(code));
    }
  });
});

describe('zones', () => {
  const inUse = new Set([
    ...[...areaCodes.values()].flatMap(({ zones }) => zones),
    ...allStates.flatMap((code) => findState(code)!.zones),
    ...allPrefixes.flatMap((prefix) => findPostalArea(`${prefix}00`)?.zones ?? []),
    ...allOfNorthAmerica,
    ...withChangedClocks(['Africa/Casablanca', 'America/Havana', 'America/Edmonton']),
  ]);

  it('are all known to this runtime', () => {
    for (const zone of inUse) expect(() => wallClock(Date.UTC(2026, 0, 1), zone), zone).not.toThrow();
  });

  it.each([
    [eastern, ['America/Detroit', 'America/Kentucky/Louisville', 'America/Kentucky/Monticello']],
    [eastern, ['America/Indiana/Indianapolis', 'America/Indiana/Vincennes', 'America/Indiana/Winamac']],
    [eastern, ['America/Indiana/Marengo', 'America/Indiana/Petersburg', 'America/Indiana/Vevay']],
    [central, ['America/Indiana/Knox', 'America/Indiana/Tell_City', 'America/Menominee']],
    [
      central,
      ['America/North_Dakota/Center', 'America/North_Dakota/New_Salem', 'America/North_Dakota/Beulah'],
    ],
    [mountain, ['America/Boise']],
    [
      'America/Anchorage',
      ['America/Juneau', 'America/Sitka', 'America/Metlakatla', 'America/Yakutat', 'America/Nome'],
    ],
    ['America/Halifax', ['America/Moncton', 'America/Glace_Bay', 'America/Goose_Bay']],
    ['America/Regina', ['America/Swift_Current']],
    ['America/Dawson_Creek', ['America/Creston', 'America/Fort_Nelson']],
    ['America/Rankin_Inlet', ['America/Resolute']],
    ['America/Whitehorse', ['America/Dawson']],
  ])('%s keeps the same clock as %j', (representative, members) => {
    for (const member of members) {
      for (let day = 0; day < 3 * 365; day += 5) {
        const atMs = Date.UTC(2026, 0, 1 + day);
        expect(wallClock(atMs, member).offsetMs, member).toBe(wallClock(atMs, representative).offsetMs);
      }
    }
  });

  it('whose rule changed lately bring a companion that keeps the new time', () => {
    const hoursAt = (zone: string, iso: string) => wallClock(Date.parse(iso), zone).offsetMs / 3_600_000;
    for (const [zone, winter] of [
      ['America/Vancouver', -7],
      ['America/Edmonton', -6],
      ['America/Winnipeg', -5],
      ['Africa/Casablanca', 0],
      ['America/Havana', -4],
    ] as const) {
      const [itself, companion] = withChangedClocks([zone]);
      expect(itself).toBe(zone);
      expect(hoursAt(companion!, '2026-12-15T12:00:00Z')).toBe(winter);
      expect(hoursAt(companion!, '2027-07-15T12:00:00Z')).toBe(winter);
    }
    expect(withChangedClocks([central, central])).toEqual([central]);
  });
});
