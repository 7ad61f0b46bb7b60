import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';
import { sessionQuery } from './queries.ts';

/**
 * The cache of what was read. `onSignedOut` is called when a request is answered with 401 in the middle of the work:
 * the session has ended.
 */
export function createAppQueryClient(onSignedOut: () => void): QueryClient {
  const noticeEnd = (error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 401) return;
    if (queryClient.getQueryData(sessionQuery.queryKey) === undefined) return;
    queryClient.removeQueries({ queryKey: sessionQuery.queryKey });
    onSignedOut();
  };
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeEnd }),
    mutationCache: new MutationCache({ onError: noticeEnd }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What the server refuses it would refuse again; what did not arrive may arrive.
        retry: (failures, error) =>
          failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      },
    },
  });
  return queryClient;
}
