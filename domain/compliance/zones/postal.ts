/**
 * Postal codes → state and zones, so that a split state narrows to one zone where its first digits allow.
 *
 * A prefix is given one zone only when every place it serves lies in it; otherwise it keeps both. Sources: the postal
 * service's three-digit prefix list (Labeling List L002 and the National Five-Digit ZIP Code Directory), time zone
 * boundaries of 49 CFR Part 71; forward sortation areas of Canada Post. As for area codes, towns that keep a neighbour's
 * time by custom count with both zones (Phenix City and Valley in 368, Kenton in 739, Jackpot in 898, Hyder in 999).
 */
import {
  alaska,
  alaskaOrAleutian,
  alberta,
  arizona,
  arizonaOrNavajo,
  atlantic,
  britishColumbia,
  central,
  centralOrMountain,
  eastern,
  easternOrCentral,
  easternQuebec,
  guam,
  hawaii,
  manitoba,
  mountain,
  mountainOrPacific,
  newfoundland,
  newfoundlandOrLabrador,
  northwestOntario,
  northwestTerritories,
  nunavut,
  ontarioQuebec,
  pacific,
  puertoRico,
  saipan,
  samoa,
  saskatchewan,
  saskatchewanCities,
  vancouver,
  virginIslands,
  yukon,
} from './zone-sets.ts';
import type { ZoneSet } from './zone-sets.ts';

export type PostalArea = {
  country: 'US' | 'CA';
  /** The leading characters that decided. */
  prefix: string;
  /** Two letters. A few prefixes reach over a state line; this is the state that they mainly serve. */
  state: string;
  zones: ZoneSet;
};

type Row = readonly [prefixes: string, state: string, zones: ZoneSet];

const nowhere: ZoneSet = [];

/** Three-digit prefixes or ranges of them; a longer prefix listed too wins over a shorter one. */
const zipRows: readonly Row[] = [
  ['005', 'NY', eastern],
  ['006-007', 'PR', puertoRico],
  ['008', 'VI', virginIslands],
  ['009', 'PR', puertoRico],
  ['010-027', 'MA', eastern],
  ['028-029', 'RI', eastern],
  ['030-038', 'NH', eastern],
  ['039-049', 'ME', eastern],
  ['050-054', 'VT', eastern],
  ['055', 'MA', eastern],
  ['056-059', 'VT', eastern],
  ['060-069', 'CT', eastern],
  ['070-089', 'NJ', eastern],
  ['090-099', 'AE', nowhere],
  ['100-149', 'NY', eastern],
  ['150-196', 'PA', eastern],
  ['197-199', 'DE', eastern],
  ['200', 'DC', eastern],
  ['201', 'VA', eastern],
  ['202-205', 'DC', eastern],
  ['206-219', 'MD', eastern],
  ['220-246', 'VA', eastern],
  ['247-268', 'WV', eastern],
  ['270-289', 'NC', eastern],
  ['290-299', 'SC', eastern],
  ['300-319', 'GA', eastern],
  ['320-323', 'FL', eastern],
  ['324', 'FL', easternOrCentral], // Panama City; Gulf county is divided
  ['325', 'FL', central],
  ['326-339', 'FL', eastern],
  ['340', 'AA', nowhere],
  ['341-349', 'FL', eastern],
  ['350-367', 'AL', central],
  ['368', 'AL', easternOrCentral],
  ['369', 'AL', central],
  ['370-372', 'TN', central],
  ['373', 'TN', easternOrCentral], // around Chattanooga: Bledsoe, Marion, Sequatchie, Grundy, Franklin are Central
  ['374', 'TN', eastern],
  ['375', 'TN', central], // Memphis
  ['376', 'TN', eastern],
  ['377', 'TN', easternOrCentral], // Crab Orchard
  ['378-379', 'TN', eastern],
  ['380-385', 'TN', central],
  ['386-397', 'MS', central],
  ['398-399', 'GA', eastern],
  ['400', 'KY', eastern],
  ['401', 'KY', easternOrCentral], // Breckinridge county
  ['402-418', 'KY', eastern],
  ['420-424', 'KY', central],
  ['425', 'KY', eastern],
  ['426-427', 'KY', easternOrCentral], // Clinton and Russell; Grayson, Hart, Green, Adair
  ['430-459', 'OH', eastern],
  ['460-462', 'IN', eastern],
  ['463-464', 'IN', central],
  ['465', 'IN', easternOrCentral], // Starke county: Knox, Hamlet
  ['466-468', 'IN', eastern],
  ['469', 'IN', easternOrCentral], // Ora, Starke county
  ['470-474', 'IN', eastern],
  ['475', 'IN', easternOrCentral], // Perry and Spencer counties
  ['476-477', 'IN', central],
  ['478', 'IN', eastern],
  ['479', 'IN', easternOrCentral], // Newton and Jasper counties
  ['480-497', 'MI', eastern],
  ['498-499', 'MI', easternOrCentral],
  ['500-528', 'IA', central],
  ['530-549', 'WI', central],
  ['550-567', 'MN', central],
  ['569', 'DC', eastern],
  ['570-574', 'SD', central],
  ['575-576', 'SD', centralOrMountain],
  ['577', 'SD', mountain],
  ['580-584', 'ND', central],
  ['585-586', 'ND', centralOrMountain],
  ['587', 'ND', central],
  ['588', 'ND', centralOrMountain], // McKenzie county
  ['590-599', 'MT', mountain],
  ['600-629', 'IL', central],
  ['630-658', 'MO', central],
  ['660-676', 'KS', central],
  ['677-678', 'KS', centralOrMountain], // Sherman and Wallace; Greeley and Hamilton
  ['679', 'KS', central],
  ['680-689', 'NE', central],
  ['690-692', 'NE', centralOrMountain],
  ['693', 'NE', mountain],
  ['700-714', 'LA', central],
  ['716-729', 'AR', central],
  ['730-738', 'OK', central],
  ['733', 'TX', central],
  ['739', 'OK', centralOrMountain],
  ['740-749', 'OK', central],
  ['750-797', 'TX', central],
  ['798', 'TX', centralOrMountain], // Hudspeth county is Mountain, Alpine and Van Horn are Central
  ['799', 'TX', mountain],
  ['800-816', 'CO', mountain],
  ['820-831', 'WY', mountain],
  ['832-834', 'ID', mountain],
  ['835', 'ID', mountainOrPacific], // Riggins and Pollock lie south of the Salmon river
  ['836-837', 'ID', mountain],
  ['838', 'ID', pacific],
  ['840-847', 'UT', mountain],
  ['850-859', 'AZ', arizona],
  ['860', 'AZ', arizonaOrNavajo],
  ['863-864', 'AZ', arizona],
  ['865', 'AZ', arizonaOrNavajo],
  ['870-884', 'NM', mountain],
  ['885', 'TX', mountain],
  ['889-897', 'NV', pacific],
  ['898', 'NV', mountainOrPacific],
  ['900-961', 'CA', pacific],
  ['962-966', 'AP', nowhere],
  ['967-968', 'HI', hawaii],
  ['96799', 'AS', samoa],
  ['96898', 'HI', ['Pacific/Wake']],
  ['9691-9693', 'GU', guam],
  ['9694', 'FM', ['Pacific/Palau', 'Pacific/Chuuk', 'Pacific/Pohnpei', 'Pacific/Kosrae']], // and Palau
  ['9695', 'MP', saipan],
  ['9696-9697', 'MH', ['Pacific/Majuro', 'Pacific/Kwajalein']],
  ['970-978', 'OR', pacific],
  ['979', 'OR', mountainOrPacific], // Malheur county
  ['980-994', 'WA', pacific],
  ['995', 'AK', alaskaOrAleutian], // Adak and Atka
  ['996-998', 'AK', alaska],
  ['999', 'AK', ['America/Anchorage', 'America/Los_Angeles']],
];

/** Canada: the first letter is the province; one or two more characters narrow some of them. */
const canadianRows: readonly Row[] = [
  ['A', 'NL', newfoundlandOrLabrador],
  ['A1', 'NL', newfoundland],
  ['B', 'NS', atlantic],
  ['C', 'PE', atlantic],
  ['E', 'NB', atlantic],
  ['G', 'QC', easternQuebec],
  ['G1', 'QC', ontarioQuebec],
  ['G2', 'QC', ontarioQuebec],
  ['G3', 'QC', ontarioQuebec],
  ['G6', 'QC', ontarioQuebec],
  ['G7', 'QC', ontarioQuebec],
  ['G8', 'QC', ontarioQuebec],
  ['G9', 'QC', ontarioQuebec],
  ['H', 'QC', ontarioQuebec],
  ['J', 'QC', ontarioQuebec],
  ['K', 'ON', ontarioQuebec],
  ['L', 'ON', ontarioQuebec],
  ['M', 'ON', ontarioQuebec],
  ['N', 'ON', ontarioQuebec],
  ['P', 'ON', northwestOntario],
  ['P1', 'ON', ontarioQuebec],
  ['P2', 'ON', ontarioQuebec],
  ['P3', 'ON', ontarioQuebec],
  ['P4', 'ON', ontarioQuebec],
  ['P5', 'ON', ontarioQuebec],
  ['P6', 'ON', ontarioQuebec],
  ['P7', 'ON', ontarioQuebec],
  ['R', 'MB', manitoba],
  ['S', 'SK', saskatchewan],
  ['S4', 'SK', saskatchewanCities],
  ['S6', 'SK', saskatchewanCities],
  ['S7', 'SK', saskatchewanCities],
  ['T', 'AB', alberta],
  ['V', 'BC', britishColumbia],
  ['V3', 'BC', vancouver],
  ['V4', 'BC', vancouver],
  ['V5', 'BC', vancouver],
  ['V6', 'BC', vancouver],
  ['V7', 'BC', vancouver],
  ['V8', 'BC', vancouver],
  ['V9', 'BC', vancouver],
  ['X', 'NT', [...new Set([...northwestTerritories, ...nunavut])]],
  ['X0A', 'NU', nunavut],
  ['X0B', 'NU', nunavut],
  ['X0C', 'NU', nunavut],
  ['X0E', 'NT', northwestTerritories],
  ['X0G', 'NT', northwestTerritories],
  ['X1A', 'NT', northwestTerritories],
  ['Y', 'YT', yukon],
];

function expand(rows: readonly Row[], country: 'US' | 'CA'): Map<string, PostalArea> {
  const areas = new Map<string, PostalArea>();
  for (const [prefixes, state, zones] of rows) {
    const [first = '', last = first] = prefixes.split('-');
    if (first === last) {
      areas.set(first, { country, prefix: first, state, zones });
      continue;
    }
    for (let number = Number(first); number <= Number(last); number++) {
      const prefix = String(number).padStart(first.length, '0');
      areas.set(prefix, { country, prefix, state, zones });
    }
  }
  return areas;
}

const zipAreas = expand(zipRows, 'US');
const canadianAreas = expand(canadianRows, 'CA');

function longestPrefix(areas: ReadonlyMap<string, PostalArea>, code: string): PostalArea | undefined {
  for (let length = code.length; length > 0; length--) {
    const area = areas.get(code.slice(0, length));
    if (area) return area;
  }
  return undefined;
}

/**
 * The five digits of a United States ZIP code, or null. Spreadsheets drop leading zeros and add ".0": "1234" is 01234,
 * "603" is 00603. The four digits after a ZIP code are left out.
 */
export function parseZip(text: string): string | null {
  const trimmed = text.trim().replace(/\.0+$/, '');
  const plain = /^(\d{3,5})(?:\s*-\s*\d{4})?$/.exec(trimmed);
  if (plain?.[1]) return plain[1].padStart(5, '0');
  const joined = /^\d{8,9}$/.exec(trimmed);
  return joined ? joined[0].padStart(9, '0').slice(0, 5) : null;
}

/**
 * What a postal code of the United States or Canada says about its place, or undefined when it has neither form or no
 * place is known for it. Military mail has a place, but no zones: it may be read anywhere.
 */
export function findPostalArea(text: string): PostalArea | undefined {
  const zip = parseZip(text);
  if (zip) return longestPrefix(zipAreas, zip);
  const canadian = text.replace(/[\s-]/g, '').toUpperCase();
  return /^[A-Z]\d[A-Z](\d[A-Z]\d)?$/.test(canadian) ? longestPrefix(canadianAreas, canadian) : undefined;
}
