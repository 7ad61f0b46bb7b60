import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';
import { sessionQuery } from './queries.ts';

/** The cache of what was read. What the server refuses it would refuse again; what did not arrive may arrive. */
export function createAppQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) =>
          failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      },
    },
  });
}

/** Calls `onEnd` when a request is answered with 401 in the middle of the work: the session has ended. */
export function watchSession(queryClient: QueryClient, onEnd: () => void): void {
  const notice = (error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 401) return;
    if (queryClient.getQueryData(sessionQuery.queryKey) === undefined) return;
    queryClient.removeQueries({ queryKey: sessionQuery.queryKey });
    onEnd();
  };
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') notice(event.action.error);
  });
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') notice(event.action.error);
  });
}
