import { expect, test, vi } from 'vitest';
import { ApiError } from './client.ts';
import { sessionQuery } from './queries.ts';
import { createAppQueryClient, watchSession } from './query-client.ts';

const refusal = (status: number) => new ApiError({ status, title: 'No', code: `HTTP_${status}` });
const session = {
  user: { id: 'u', name: 'Dana', email: 'dana@example.com' },
  organization: { id: 'o', name: 'Brightside', slug: 'brightside' },
  role: 'owner' as const,
};

function watched() {
  const queryClient = createAppQueryClient();
  const onEnd = vi.fn<() => void>();
  watchSession(queryClient, onEnd);
  const failWith = (key: string, status: number) =>
    queryClient
      .fetchQuery({ queryKey: [key], queryFn: () => Promise.reject(refusal(status)), retry: false })
      .catch(() => {});
  return { queryClient, onEnd, failWith };
}

test('a session that ends in the middle of the work is noticed once', async () => {
  const { queryClient, onEnd, failWith } = watched();
  queryClient.setQueryData(sessionQuery.queryKey, session);
  await Promise.all([failWith('lead', 401), failWith('journey', 401)]);
  expect(onEnd).toHaveBeenCalledOnce();
});

test('the next session ends by itself again', async () => {
  const { queryClient, onEnd, failWith } = watched();
  queryClient.setQueryData(sessionQuery.queryKey, session);
  await failWith('lead', 401);
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, session);
  await failWith('lead', 401);
  expect(onEnd).toHaveBeenCalledTimes(2);
});

test('whoever was not signed in has no session that could end; other refusals end none', async () => {
  const { queryClient, onEnd, failWith } = watched();
  await failWith('session', 401);
  queryClient.setQueryData(sessionQuery.queryKey, session);
  await failWith('lead', 403);
  expect(onEnd).not.toHaveBeenCalled();
});
