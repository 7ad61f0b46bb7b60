/*
 * What a list of leads is narrowed by. It stands in the address as it stands in the API's query (`stageId=none`,
 * `custom.city=Paris`), so that a list can be shared, saved and handed on.
 */

export const leadFilterKeys = [
  'search',
  'status',
  'stageId',
  'tag',
  'source',
  'country',
  'campaignId',
  'journeyStatus',
  'importId',
  'createdFrom',
  'createdTo',
  'blocked',
  'hasPhoneZone',
] as const;
export type LeadFilterKey = (typeof leadFilterKeys)[number];

/** With custom fields by name; what is yes or no is written as `true` and `false`. */
export type LeadFilter = { [Key in LeadFilterKey]?: string | undefined } & {
  customFields?: Record<string, string> | undefined;
};

type CustomKey = `custom.${string}`;

/** As the address carries it; `sort` and `view` (a saved filter's id) belong to the list, not to the filter. */
export type LeadSearch = { [Key in LeadFilterKey]?: string | undefined } & {
  sort?: string | undefined;
  view?: string | undefined;
  [custom: CustomKey]: string | undefined;
};

const customPrefix = 'custom.';
const addressKeys = new Set<string>([...leadFilterKeys, 'sort', 'view']);

/** What of an address is about the list of leads; numbers that the address was read as become text again. */
export function readLeadSearch(address: Record<string, unknown>): LeadSearch {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(address)) {
    if (!addressKeys.has(key) && !(key.startsWith(customPrefix) && key.length > customPrefix.length))
      continue;
    if (typeof value === 'string' && value !== '') found[key] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') found[key] = String(value);
  }
  return found;
}

/** The filter in an address. */
export function filterOf(search: LeadSearch): LeadFilter {
  const filter: LeadFilter = {};
  const customFields: Record<string, string> = {};
  for (const key of leadFilterKeys) if (search[key]) filter[key] = search[key];
  for (const [key, value] of Object.entries(search)) {
    if (key.startsWith(customPrefix) && value) customFields[key.slice(customPrefix.length)] = value;
  }
  if (Object.keys(customFields).length > 0) filter.customFields = customFields;
  return filter;
}

/** The same filter for an address, and for the API's query. */
export function queryOf(filter: LeadFilter): Record<string, string> {
  const query: Record<string, string> = {};
  for (const key of leadFilterKeys) if (filter[key]) query[key] = filter[key];
  for (const [name, value] of Object.entries(filter.customFields ?? {})) {
    if (value) query[`${customPrefix}${name}`] = value;
  }
  return query;
}

const flags = ['blocked', 'hasPhoneZone'] as const;

/** What request bodies carry, and saved filters keep. */
export type FilterBody = Omit<LeadFilter, (typeof flags)[number]> & {
  [Flag in (typeof flags)[number]]?: boolean | undefined;
};

export function bodyOf(filter: LeadFilter): FilterBody {
  const { blocked, hasPhoneZone, ...rest } = filter;
  return {
    ...rest,
    ...(blocked === undefined ? {} : { blocked: blocked === 'true' }),
    ...(hasPhoneZone === undefined ? {} : { hasPhoneZone: hasPhoneZone === 'true' }),
  };
}

export function filterOfBody(body: FilterBody): LeadFilter {
  const { blocked, hasPhoneZone, ...rest } = body;
  return {
    ...rest,
    ...(blocked === undefined ? {} : { blocked: String(blocked) }),
    ...(hasPhoneZone === undefined ? {} : { hasPhoneZone: String(hasPhoneZone) }),
  };
}

/** Whether two filters let the same leads through. */
export function sameFilter(one: LeadFilter, other: LeadFilter): boolean {
  const text = (filter: LeadFilter) =>
    JSON.stringify(Object.entries(queryOf(filter)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return text(one) === text(other);
}

/** How many things a filter narrows by. */
export function filterSize(filter: LeadFilter): number {
  return Object.keys(queryOf(filter)).length;
}

/** What a click on a column's head asks for: ascending, then descending, then as it was. */
export function nextSort(now: string | undefined, column: string): string | undefined {
  if (now === column) return `-${column}`;
  return now === `-${column}` ? undefined : column;
}

/** How a column is sorted at present. */
export function sortedBy(now: string | undefined, column: string): 'ascending' | 'descending' | null {
  if (now === column) return 'ascending';
  return now === `-${column}` ? 'descending' : null;
}
