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

/**
 * Calls `onEnd` when a request is answered with 401 in the middle of the work: the session has ended. Once for a session,
 * however many requests find it out.
 */
export function watchSession(queryClient: QueryClient, onEnd: () => void): void {
  let ended = false;
  const notice = (error: unknown) => {
    const wasSignedIn = queryClient.getQueryData(sessionQuery.queryKey) !== undefined;
    if (ended || !wasSignedIn || !(error instanceof ApiError) || error.status !== 401) return;
    ended = true;
    onEnd();
  };
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    if (event.action.type === 'error') notice(event.action.error);
    if (event.action.type === 'success' && event.query.queryKey[0] === sessionQuery.queryKey[0])
      ended = false;
  });
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') notice(event.action.error);
  });
}
