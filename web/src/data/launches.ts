import { queryOptions } from '@tanstack/react-query';
import type { FilterBody } from '../lib/lead-filter.ts';
import { answerOf, api, until } from './client.ts';
import { pages } from './queries.ts';
import type { Launch } from './types.ts';

/* Launching: whom, into what, and what it would come to. */

// eslint-disable-next-line
const soon = api as any;

/** Whom a launch is about. */
export type Cohort =
  { importId: string } | { leadIds: string[] } | { filter: FilterBody } | { savedFilterId: string };

export function startLaunch(
  asked: { campaignId: string; name?: string | undefined; cohort: Cohort },
  idempotencyKey: string,
): Promise<Launch> {
  return answerOf(
    soon.launches.$post({ json: asked, header: { 'idempotency-key': idempotencyKey } }),
  ) as Promise<Launch>;
}

/** What a launch would come to; it is asked anew each time, because leads change. */
export const preflightQuery = (campaignId: string, cohort: Cohort) =>
  queryOptions({
    queryKey: ['campaign', campaignId, 'preflight', cohort],
    queryFn: ({ signal }) =>
      answerOf(
        api.campaigns[':id'].preflight.$post(
          { param: { id: campaignId }, json: cohort as { leadIds: string[] } },
          until(signal),
        ),
      ),
    staleTime: 0,
  });

export type PreflightLead = {
  leadId: string;
  leadName: string;
  phoneFormatted: string;
  code: string;
  message: string;
  action: string | null;
  stepId: string | null;
};

/** The leads behind one of the preflight's counts. */
export const preflightLeadsQuery = (campaignId: string, cohort: Cohort, code: string) =>
  pages<PreflightLead>(
    ['campaign', campaignId, 'preflight', cohort, code],
    (query, options) =>
      answerOf(
        soon.campaigns[':id'].preflight.leads.$post(
          { param: { id: campaignId }, query: { code, ...query }, json: cohort },
          options,
        ),
      ) as never,
    50,
  );

/** Launches anew those whom an earlier launch refused. */
export function relaunch(id: string, idempotencyKey: string): Promise<Launch> {
  return answerOf(
    soon.launches[':id'].relaunch.$post({
      param: { id },
      json: {},
      header: { 'idempotency-key': idempotencyKey },
    }),
  ) as Promise<Launch>;
}
