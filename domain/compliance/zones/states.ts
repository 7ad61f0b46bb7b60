/**
 * States, provinces and territories → the zones in which they lie. Split ones list every zone; `postal.ts` narrows them.
 * Sources: 49 CFR Part 71 for the United States, the provinces' time acts for Canada.
 */
import {
  alaskaOrAleutian,
  alberta,
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
  newfoundlandOrLabrador,
  northwestOntario,
  northwestTerritories,
  nunavut,
  pacific,
  puertoRico,
  saipan,
  samoa,
  saskatchewan,
  virginIslands,
  yukon,
} from './zone-sets.ts';
import type { ZoneSet } from './zone-sets.ts';

export type State = { code: string; country: 'US' | 'CA'; name: string; zones: ZoneSet };

type Row = readonly [code: string, name: string, zones: ZoneSet];

const unitedStates: readonly Row[] = [
  ['AL', 'Alabama', central],
  ['AK', 'Alaska', alaskaOrAleutian],
  ['AZ', 'Arizona', arizonaOrNavajo],
  ['AR', 'Arkansas', central],
  ['CA', 'California', pacific],
  ['CO', 'Colorado', mountain],
  ['CT', 'Connecticut', eastern],
  ['DE', 'Delaware', eastern],
  ['DC', 'District of Columbia', eastern],
  ['FL', 'Florida', easternOrCentral],
  ['GA', 'Georgia', eastern],
  ['HI', 'Hawaii', hawaii],
  ['ID', 'Idaho', mountainOrPacific],
  ['IL', 'Illinois', central],
  ['IN', 'Indiana', easternOrCentral],
  ['IA', 'Iowa', central],
  ['KS', 'Kansas', centralOrMountain],
  ['KY', 'Kentucky', easternOrCentral],
  ['LA', 'Louisiana', central],
  ['ME', 'Maine', eastern],
  ['MD', 'Maryland', eastern],
  ['MA', 'Massachusetts', eastern],
  ['MI', 'Michigan', easternOrCentral],
  ['MN', 'Minnesota', central],
  ['MS', 'Mississippi', central],
  ['MO', 'Missouri', central],
  ['MT', 'Montana', mountain],
  ['NE', 'Nebraska', centralOrMountain],
  ['NV', 'Nevada', mountainOrPacific],
  ['NH', 'New Hampshire', eastern],
  ['NJ', 'New Jersey', eastern],
  ['NM', 'New Mexico', mountain],
  ['NY', 'New York', eastern],
  ['NC', 'North Carolina', eastern],
  ['ND', 'North Dakota', centralOrMountain],
  ['OH', 'Ohio', eastern],
  ['OK', 'Oklahoma', central],
  ['OR', 'Oregon', mountainOrPacific],
  ['PA', 'Pennsylvania', eastern],
  ['RI', 'Rhode Island', eastern],
  ['SC', 'South Carolina', eastern],
  ['SD', 'South Dakota', centralOrMountain],
  ['TN', 'Tennessee', easternOrCentral],
  ['TX', 'Texas', centralOrMountain],
  ['UT', 'Utah', mountain],
  ['VT', 'Vermont', eastern],
  ['VA', 'Virginia', eastern],
  ['WA', 'Washington', pacific],
  ['WV', 'West Virginia', eastern],
  ['WI', 'Wisconsin', central],
  ['WY', 'Wyoming', mountain],
  ['PR', 'Puerto Rico', puertoRico],
  ['VI', 'Virgin Islands', virginIslands],
  ['GU', 'Guam', guam],
  ['MP', 'Northern Mariana Islands', saipan],
  ['AS', 'American Samoa', samoa],
  // In the postal system of the United States by compact.
  ['PW', 'Palau', ['Pacific/Palau']],
  ['FM', 'Micronesia', ['Pacific/Chuuk', 'Pacific/Pohnpei', 'Pacific/Kosrae']],
  ['MH', 'Marshall Islands', ['Pacific/Majuro', 'Pacific/Kwajalein']],
  // Military mail may be read anywhere on earth: no zone can be told from it.
  ['AA', 'Armed Forces Americas', []],
  ['AE', 'Armed Forces Europe', []],
  ['AP', 'Armed Forces Pacific', []],
];

const canada: readonly Row[] = [
  ['AB', 'Alberta', alberta],
  ['BC', 'British Columbia', britishColumbia],
  ['MB', 'Manitoba', manitoba],
  ['NB', 'New Brunswick', atlantic],
  ['NL', 'Newfoundland and Labrador', newfoundlandOrLabrador],
  ['NS', 'Nova Scotia', atlantic],
  ['NT', 'Northwest Territories', northwestTerritories],
  ['NU', 'Nunavut', nunavut],
  ['ON', 'Ontario', northwestOntario],
  ['PE', 'Prince Edward Island', atlantic],
  ['QC', 'Quebec', easternQuebec],
  ['SK', 'Saskatchewan', saskatchewan],
  ['YT', 'Yukon', yukon],
];

/** Other spellings seen in address lists. */
const aliases: Readonly<Record<string, string>> = {
  'WASHINGTON DC': 'DC',
  'COMMONWEALTH OF PUERTO RICO': 'PR',
  'US VIRGIN ISLANDS': 'VI',
  'UNITED STATES VIRGIN ISLANDS': 'VI',
  'COMMONWEALTH OF THE NORTHERN MARIANA ISLANDS': 'MP',
  'FEDERATED STATES OF MICRONESIA': 'FM',
  'ARMED FORCES AFRICA': 'AE',
  'ARMED FORCES CANADA': 'AE',
  'ARMED FORCES MIDDLE EAST': 'AE',
  NEWFOUNDLAND: 'NL',
  LABRADOR: 'NL',
  NF: 'NL',
  'YUKON TERRITORY': 'YT',
  PQ: 'QC',
};

const byKey = new Map<string, State>();
for (const [country, rows] of [
  ['US', unitedStates],
  ['CA', canada],
] as const) {
  for (const [code, name, zones] of rows) {
    const state: State = { code, country, name, zones };
    byKey.set(code, state);
    byKey.set(name.toUpperCase(), state);
  }
}

/** Two letters of every state, province and territory. */
export const stateCodes: readonly string[] = [...new Set([...byKey.values()].map(({ code }) => code))];

/** Finds a state or province by its two letters or its name, whatever the case, dots and accents ("n.y.", "Québec"). */
export function findState(text: string): State | undefined {
  const key = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f.,]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^([A-Za-z]) ([A-Za-z])$/, '$1$2')
    .toUpperCase();
  return byKey.get(aliases[key] ?? key);
}
