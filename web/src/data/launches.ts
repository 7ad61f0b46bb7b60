import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType } from 'hono/client';
import { answerOf, api, until } from './client.ts';
import { pages } from './queries.ts';

/* Launching: whom, into what, and what it would come to. */

type NewLaunch = InferRequestType<typeof api.launches.$post>['json'];

/** Whom a launch is about. */
export type Cohort = NewLaunch['cohort'];

export function startLaunch(asked: NewLaunch, idempotencyKey: string) {
  return answerOf(api.launches.$post({ json: asked, header: { 'idempotency-key': idempotencyKey } }));
}

/** What a launch would come to; it is asked anew each time, because leads change. */
export const preflightQuery = (campaignId: string, cohort: Cohort) =>
  queryOptions({
    queryKey: ['campaign', campaignId, 'preflight', cohort],
    queryFn: ({ signal }) =>
      answerOf(
        api.campaigns[':id'].preflight.$post({ param: { id: campaignId }, json: cohort }, until(signal)),
      ),
    staleTime: 0,
    // Of a hundred thousand leads it takes a while: not each time the window is looked at.
    refetchOnWindowFocus: false,
  });

type PreflightCode = InferRequestType<
  (typeof api.campaigns)[':id']['preflight']['leads']['$post']
>['query']['code'];

/** The leads behind one of the preflight's counts. */
export const preflightLeadsQuery = (campaignId: string, cohort: Cohort, code: string) =>
  pages(['campaign', campaignId, 'preflight', cohort, code], (query, options) =>
    answerOf(
      api.campaigns[':id'].preflight.leads.$post(
        // The counts come by the codes of the same list.
        { param: { id: campaignId }, query: { code: code as PreflightCode, ...query }, json: cohort },
        options,
      ),
    ),
  );

/** Launches anew those whom an earlier launch refused. */
export function relaunch(id: string, idempotencyKey: string) {
  return answerOf(
    api.launches[':id'].relaunch.$post({
      param: { id },
      json: {},
      header: { 'idempotency-key': idempotencyKey },
    }),
  );
}
