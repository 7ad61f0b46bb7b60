import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get } from './client.ts';
import type {
  Callback,
  Campaign,
  ConsentReview,
  Disposition,
  Journey,
  Launch,
  LaunchMember,
  Lead,
  Organization,
  Page,
  Session,
  Stats,
  Task,
  TimelineItem,
  Version,
} from './types.ts';

/*
 * Everything that is read from the API, by name. A key begins with the kind of thing, then its id or 'list': the live
 * stream (live.ts) finds what to refresh by that.
 */

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<Session>('/session', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

export const statsQuery = queryOptions({
  queryKey: ['stats'],
  queryFn: ({ signal }) => get<Stats>('/stats', { signal }),
});

export const dispositionsQuery = queryOptions({
  queryKey: ['dispositions'],
  queryFn: ({ signal }) => get<Page<Disposition>>('/dispositions', { signal }),
  staleTime: 5 * 60_000,
});

export const launchQuery = (id: string) => one<Launch>('launch', id, `/launches/${id}`);
export const journeyQuery = (id: string) => one<Journey>('journey', id, `/journeys/${id}`);
export const leadQuery = (id: string) => one<Lead>('lead', id, `/leads/${id}`);
export const campaignQuery = (id: string) => one<Campaign>('campaign', id, `/campaigns/${id}`);

export const timelineQuery = (journeyId: string) =>
  queryOptions({
    queryKey: ['journey', journeyId, 'timeline'],
    queryFn: ({ signal }) => get<{ items: TimelineItem[] }>(`/journeys/${journeyId}/timeline`, { signal }),
  });

export const versionQuery = (campaignId: string, versionId: string) =>
  queryOptions({
    queryKey: ['campaign', campaignId, 'version', versionId],
    queryFn: ({ signal }) => get<Version>(`/campaigns/${campaignId}/versions/${versionId}`, { signal }),
    // A published version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });

export const versionsQuery = (campaignId: string) =>
  pages<Version>(['campaign', campaignId, 'versions'], `/campaigns/${campaignId}/versions`, {}, 20);

export type JourneyFilter = {
  launchId?: string | undefined;
  campaignId?: string | undefined;
  leadId?: string | undefined;
  status?: string | undefined;
  waitingFor?: string | undefined;
  search?: string | undefined;
};

export const journeysQuery = (filter: JourneyFilter) =>
  pages<Journey>(['journey', 'list', filter], '/journeys', filter);

export const launchesQuery = (limit = 50) => pages<Launch>(['launch', 'list', limit], '/launches', {}, limit);

export const refusedMembersQuery = (launchId: string) =>
  pages<LaunchMember>(['launch', launchId, 'refused'], `/launches/${launchId}/members`, {
    state: 'refused',
  });

export type LeadFilter = { search?: string | undefined; status?: string | undefined };

export const leadsQuery = (filter: LeadFilter) => pages<Lead>(['lead', 'list', filter], '/leads', filter);

export const callbacksOfLeadQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['lead', leadId, 'callbacks'],
    queryFn: ({ signal }) => get<Page<Callback>>('/callbacks', { query: { leadId, limit: 10 }, signal }),
  });

export const openTasksOfLeadQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['lead', leadId, 'tasks'],
    queryFn: ({ signal }) =>
      get<Page<Task>>('/tasks', { query: { leadId, status: 'open', limit: 50 }, signal }),
  });

export const openReviewsOfLeadQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['lead', leadId, 'reviews'],
    queryFn: ({ signal }) =>
      get<Page<ConsentReview>>('/consent-reviews', { query: { leadId, status: 'open', limit: 50 }, signal }),
  });

export const organizationQuery = () =>
  queryOptions({
    queryKey: ['organization'],
    queryFn: ({ signal }) => get<Organization>('/organization', { signal }),
  });

export const campaignsQuery = () => pages<Campaign>(['campaign', 'list'], '/campaigns', {}, 100);

function one<T>(kind: string, id: string, path: string) {
  return queryOptions({ queryKey: [kind, id], queryFn: ({ signal }) => get<T>(path, { signal }) });
}

/** A list that is read page by page, from the server's cursors. */
function pages<T>(
  queryKey: readonly unknown[],
  path: string,
  query: Record<string, string | undefined>,
  limit = 50,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      get<Page<T>>(path, { query: { ...query, limit, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
