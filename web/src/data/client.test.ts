import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, answerOf, api, until } from './client.ts';

afterEach(() => vi.unstubAllGlobals());

function answering(response: Response) {
  const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(response),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const leads = () => answerOf(api.leads.$get({ query: {} }));
const launch = () =>
  answerOf(
    api.launches.$post({
      json: { campaignId: 'c', cohort: { importId: 'i' } },
      header: { 'idempotency-key': 'k' },
    }),
  );

const problem = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

async function failure(request: Promise<unknown>): Promise<ApiError> {
  const error = await request.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

test('a problem document becomes an error with its code, its fields and the request id', async () => {
  answering(
    problem(422, {
      type: 'about:blank',
      title: 'Invalid',
      status: 422,
      code: 'CAMPAIGN_NOT_PUBLISHED',
      detail: 'The campaign has no published version.',
      field: 'campaignId',
      requestId: 'req_1',
      errors: [{ field: 'name', code: 'TOO_LONG', message: 'is too long' }],
    }),
  );
  const error = await failure(launch());
  expect(error).toMatchObject({ status: 422, code: 'CAMPAIGN_NOT_PUBLISHED', requestId: 'req_1' });
  expect(error.message).toBe('The campaign has no published version.');
  expect(error.at('campaignId')).toBe('The campaign has no published version.');
  expect(error.at('name')).toBe('is too long');
  expect(error.at('cohort')).toBeNull();
});

test('members that belong to one code are kept', async () => {
  answering(
    problem(422, {
      title: 'Stage missing',
      status: 422,
      code: 'PIPELINE_STAGE_NOT_FOUND',
      requiredAction: 'create_pipeline_stage',
      stage: 'Interested',
    }),
  );
  const error = await failure(launch());
  expect(error.problem).toMatchObject({ requiredAction: 'create_pipeline_stage', stage: 'Interested' });
});

test.each([
  ['a page of a proxy', new Response('<html>Bad gateway</html>', { status: 502 }), 'HTTP_502'],
  [
    'broken JSON',
    new Response('{', { status: 500, headers: { 'content-type': 'application/json' } }),
    'HTTP_500',
  ],
])('an answer that is no problem document (%s) is an error all the same', async (_what, response, code) => {
  answering(response);
  expect((await failure(leads())).code).toBe(code);
});

test('a request that does not arrive is UNREACHABLE', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
  expect(await failure(leads())).toMatchObject({ status: 0, code: 'UNREACHABLE' });
});

test('a request that was given up stays an abort', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new DOMException('given up', 'AbortError')));
  await expect(leads()).rejects.toMatchObject({ name: 'AbortError' });
});

test('a request can be given up', async () => {
  const fetched = answering(Response.json({ items: [], nextCursor: null }));
  const { signal } = new AbortController();
  await api.leads.$get({ query: {} }, until(signal));
  expect(fetched.mock.calls[0]?.[1].signal).toBe(signal);
});

test('filters that are not set are not sent', async () => {
  const fetched = answering(Response.json({ items: [] }));
  await api.journeys.$get({
    query: { search: 'a&b', status: undefined, launchId: '', cursor: undefined, limit: 50 },
  });
  expect(fetched.mock.calls[0]?.[0]).toBe('/v1/journeys?search=a%26b&limit=50');
});

test('a form goes as it is, anything else as JSON', async () => {
  const fetched = answering(Response.json({}));
  const form = new FormData();
  await api.imports.$post({ query: {} }, { init: { body: form } });
  await launch();
  const [asForm, asJson] = fetched.mock.calls.map(([, init]) => init);
  expect(asForm).toMatchObject({ method: 'POST', body: form, credentials: 'same-origin' });
  expect([...new Headers(asForm?.headers)]).toEqual([]);
  expect(asJson).toMatchObject({ method: 'POST', body: '{"campaignId":"c","cohort":{"importId":"i"}}' });
  expect(Object.fromEntries(new Headers(asJson?.headers))).toEqual({
    'content-type': 'application/json',
    'idempotency-key': 'k',
  });
});

test('an answer without a body is nothing', async () => {
  answering(new Response(null, { status: 204 }));
  expect(await answerOf(api.session.$delete())).toBeUndefined();
});

/** What the API does not have does not compile. Never called: the compiler is the one that tests it. */
export function neverCompiles() {
  // @ts-expect-error There is no such path.
  void api.leadz;
  // @ts-expect-error There is no such filter.
  void api.leads.$get({ query: { serch: 'Ada' } });
  // @ts-expect-error There is no such policy.
  void api.launches[':id'].resume.$post({ param: { id: 'l' }, json: { policy: 'kepp' } });
  // @ts-expect-error There is no such field in the answer.
  void api.stats.$get().then(async (answer) => (await answer.json()).leadz);
}
