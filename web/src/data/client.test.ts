import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, get, post } from './client.ts';

afterEach(() => vi.unstubAllGlobals());

function answering(response: Response) {
  const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(response),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

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
  const error = await failure(post('/launches', { body: {} }));
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
  const error = await failure(post('/journeys/1/dispositions', { body: {} }));
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
  expect((await failure(get('/leads'))).code).toBe(code);
});

test('a request that does not arrive is UNREACHABLE', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
  expect(await failure(get('/leads'))).toMatchObject({ status: 0, code: 'UNREACHABLE' });
});

test('a request that was given up stays an abort', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new DOMException('given up', 'AbortError')));
  await expect(get('/leads')).rejects.toMatchObject({ name: 'AbortError' });
});

test('filters that are not set are not sent', async () => {
  const fetched = answering(Response.json({ items: [] }));
  await get('/journeys', {
    query: { search: 'a&b', status: undefined, launchId: '', cursor: null, limit: 50 },
  });
  expect(fetched.mock.calls[0]?.[0]).toBe('/v1/journeys?search=a%26b&limit=50');
});

test('a form goes as it is, anything else as JSON', async () => {
  const fetched = answering(new Response(null, { status: 204 }));
  const form = new FormData();
  await post('/imports', { body: form });
  await post('/launches', { body: { name: 'x' }, headers: { 'idempotency-key': 'k' } });
  const [asForm, asJson] = fetched.mock.calls.map(([, init]) => init);
  expect(asForm).toMatchObject({ body: form, headers: {} });
  expect(asJson).toMatchObject({
    body: '{"name":"x"}',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
  });
});
