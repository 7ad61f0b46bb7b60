import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf, api, until } from './client.ts';
import type { Page } from './types.ts';

/*
 * Everything that is read from the API, by name. A key begins with the kind of thing, then its id or 'list': the live
 * stream (live.ts) finds what to refresh by that.
 */

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => answerOf(api.session.$get({}, until(signal))),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

export const statsQuery = queryOptions({
  queryKey: ['stats'],
  queryFn: ({ signal }) => answerOf(api.stats.$get({}, until(signal))),
});

export const dispositionsQuery = queryOptions({
  queryKey: ['dispositions'],
  queryFn: ({ signal }) => answerOf(api.dispositions.$get({ query: {} }, until(signal))),
  staleTime: 5 * 60_000,
});

export const launchQuery = (id: string) =>
  queryOptions({
    queryKey: ['launch', id],
    queryFn: ({ signal }) => answerOf(api.launches[':id'].$get({ param: { id } }, until(signal))),
  });

export const journeyQuery = (id: string) =>
  queryOptions({
    queryKey: ['journey', id],
    queryFn: ({ signal }) => answerOf(api.journeys[':id'].$get({ param: { id } }, until(signal))),
  });

export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id],
    queryFn: ({ signal }) => answerOf(api.leads[':id'].$get({ param: { id } }, until(signal))),
  });

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id],
    queryFn: ({ signal }) => answerOf(api.campaigns[':id'].$get({ param: { id } }, until(signal))),
  });

export const timelineQuery = (journeyId: string) =>
  queryOptions({
    queryKey: ['journey', journeyId, 'timeline'],
    queryFn: ({ signal }) =>
      answerOf(api.journeys[':id'].timeline.$get({ param: { id: journeyId } }, until(signal))),
  });

export const versionQuery = (id: string, versionId: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'version', versionId],
    queryFn: ({ signal }) =>
      answerOf(api.campaigns[':id'].versions[':versionId'].$get({ param: { id, versionId } }, until(signal))),
    // A published version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });

export const versionsQuery = (id: string) =>
  pages(
    ['campaign', id, 'versions'],
    (query, options) => answerOf(api.campaigns[':id'].versions.$get({ param: { id }, query }, options)),
    20,
  );

export type JourneyFilter = {
  launchId?: string | undefined;
  campaignId?: string | undefined;
  leadId?: string | undefined;
  status?: string | undefined;
  waitingFor?: string | undefined;
  search?: string | undefined;
};

export const journeysQuery = (filter: JourneyFilter) =>
  pages(['journey', 'list', filter], (query, options) =>
    answerOf(api.journeys.$get({ query: { ...filter, ...query } }, options)),
  );

export const launchesQuery = (limit?: number) =>
  pages(
    ['launch', 'list', limit],
    (query, options) => answerOf(api.launches.$get({ query }, options)),
    limit,
  );

export const refusedMembersQuery = (id: string) =>
  pages(['launch', id, 'refused'], (query, options) =>
    answerOf(
      api.launches[':id'].members.$get({ param: { id }, query: { state: 'refused', ...query } }, options),
    ),
  );

export type LeadFilter = { search?: string | undefined; status?: string | undefined };

export const leadsQuery = (filter: LeadFilter) =>
  pages(['lead', 'list', filter], (query, options) =>
    answerOf(api.leads.$get({ query: { ...filter, ...query } }, options)),
  );

export const callbacksOfLeadQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['lead', leadId, 'callbacks'],
    queryFn: ({ signal }) => answerOf(api.callbacks.$get({ query: { leadId, limit: 10 } }, until(signal))),
  });

export const openTasksOfLeadQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['lead', leadId, 'tasks'],
    queryFn: ({ signal }) =>
      answerOf(api.tasks.$get({ query: { leadId, status: 'open', limit: 50 } }, until(signal))),
  });

export const openReviewsOfLeadQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['lead', leadId, 'reviews'],
    queryFn: ({ signal }) =>
      answerOf(api['consent-reviews'].$get({ query: { leadId, status: 'open', limit: 50 } }, until(signal))),
  });

export const organizationQuery = () =>
  queryOptions({
    queryKey: ['organization'],
    queryFn: ({ signal }) => answerOf(api.organization.$get({}, until(signal))),
  });

export const campaignsQuery = () =>
  pages(['campaign', 'list'], (query, options) => answerOf(api.campaigns.$get({ query }, options)), 100);

type PageQuery = { limit: number; cursor: string | undefined };

/** A list that is read page by page, from the server's cursors. */
export function pages<Item>(
  queryKey: readonly unknown[],
  read: (query: PageQuery, options: ReturnType<typeof until>) => Promise<Page<Item>>,
  limit = 50,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => read({ limit, cursor: pageParam ?? undefined }, until(signal)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
