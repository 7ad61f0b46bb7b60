import type { Crowd } from './crowd.ts';

export type ApiRequest = { path: string; method?: 'GET' | 'POST' | 'PATCH'; json?: object };
export type Answered<Body> = { ms: number; body: Body };

/** Asks one after the other, as a person does, and counts until the answer is read. @throws Error when one is refused */
export async function askEach(
  url: string,
  { apiKey }: Pick<Crowd, 'apiKey'>,
  requests: readonly ApiRequest[],
): Promise<number[]> {
  const took: number[] = [];
  for (const request of requests) took.push((await ask(url, apiKey, request)).ms);
  return took;
}

export async function ask<Body = unknown>(
  url: string,
  apiKey: string,
  { path, method = 'GET', json }: ApiRequest,
): Promise<Answered<Body>> {
  const headers = {
    authorization: `Bearer ${apiKey}`,
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const body = json === undefined ? null : JSON.stringify(json);
  const beganAt = performance.now();
  const response = await fetch(`${url}/v1${path}`, { method, headers, body });
  const text = await response.text();
  const ms = performance.now() - beganAt;
  if (!response.ok)
    throw new Error(`${method} ${path} was answered with ${response.status}: ${text.slice(0, 300)}`);
  return { ms, body: JSON.parse(text) as Body };
}

const sorts = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', 'name', '-name', 'stage', '-stage'];
const filters = [
  '',
  'status=interested',
  'status=won',
  'tag=hot',
  'tag=vip',
  'source=fair&country=US',
  'stageId=none',
  'custom.plan=gold',
  'hasPhoneZone=true&blocked=false',
  'createdFrom=2020-01-01',
];
/** Whole names, beginnings, numbers, companies, words that many have, and slips of the pen. */
const searches = [
  'john smith',
  'smith john',
  'jose garcia',
  'García',
  'jo',
  'hooli 17',
  'ada.lovelace',
  'example',
  '2012',
  '(201) 207-9190',
  'Jhon Smtih',
  'Micheal',
  'katherin lopes',
  'nobody has this',
];

/** What a lead table is asked for: each filter in each order, and each search, alone and within a filter. */
export function listRequests(): ApiRequest[] {
  const narrowed = filters.flatMap((filter) => sorts.map((sort) => `${filter}&sort=${sort}`));
  const searched = searches.flatMap((search) =>
    ['', 'status=interested', 'tag=hot'].map((filter) => `${filter}&search=${encodeURIComponent(search)}`),
  );
  return [...narrowed, ...searched].map((query) => ({ path: `/leads?limit=50&${query}` }));
}

/** What pages beside the table ask for. */
export function readRequests(leadIds: readonly string[]): ApiRequest[] {
  const ofLead = leadIds.flatMap((id) =>
    ['', '/timeline', '/notes', '/blocks', '/duplicates'].map((part) => ({ path: `/leads/${id}${part}` })),
  );
  const others = [
    '/saved-filters',
    '/custom-fields',
    '/campaigns',
    '/tasks',
    '/journeys',
    '/launches',
    '/leads/count',
  ];
  return [...ofLead, ...others.map((path) => ({ path }))];
}

export function writeRequests(leadIds: readonly string[], round: number): ApiRequest[] {
  return leadIds.flatMap((id, nr): ApiRequest[] => [
    {
      path: '/leads',
      method: 'POST',
      json: {
        phone: `+1504${String(6_000_000 + round * 10_000 + nr)}`,
        firstName: 'Bench',
        lastName: `Lead ${nr}`,
        company: 'Written while reading',
        customFields: { plan: 'gold' },
        tags: ['bench'],
      },
    },
    {
      path: `/leads/${id}`,
      method: 'PATCH',
      json: { status: `round-${round}`, tags: ['bench', String(round)] },
    },
    {
      path: `/leads/${id}/notes`,
      method: 'POST',
      json: { body: `Round ${round}: prefers to be called in the evening.` },
    },
  ]);
}
