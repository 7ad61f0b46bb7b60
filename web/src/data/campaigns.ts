import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answerOf, api, until } from './client.ts';
import type { Campaign } from './types.ts';

/* What is asked about campaigns beyond reading them: how they send, what they come to, and their versions. */

const one = api.campaigns[':id'];
const version = one.versions[':versionId'];

export type CampaignSettings = Campaign['settings'];
export type CampaignStats = InferResponseType<typeof one.stats.$get>;
export type VersionDiff = InferResponseType<typeof version.diff.$get>;

export const numbersQuery = queryOptions({
  queryKey: ['numbers'],
  queryFn: ({ signal }) => answerOf(api.numbers.$get({ query: { limit: 200 } }, until(signal))),
  staleTime: 60_000,
});

export const templatesQuery = queryOptions({
  queryKey: ['journey-templates'],
  queryFn: ({ signal }) => answerOf(api['journey-templates'].$get({}, until(signal))),
  staleTime: Number.POSITIVE_INFINITY,
});

export const campaignStatsQuery = (id: string) =>
  queryOptions({
    queryKey: ['stats', 'campaign', id],
    queryFn: ({ signal }) => answerOf(one.stats.$get({ param: { id } }, until(signal))),
  });

/** What a version changes in another one. */
export const versionDiffQuery = (id: string, versionId: string, against: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'version', versionId, 'against', against],
    queryFn: ({ signal }) =>
      answerOf(version.diff.$get({ param: { id, versionId }, query: { against } }, until(signal))),
  });

export function createCampaign(asked: InferRequestType<typeof api.campaigns.$post>['json']) {
  return answerOf(api.campaigns.$post({ json: asked }));
}

export function changeCampaign(id: string, change: InferRequestType<typeof one.$patch>['json']) {
  return answerOf(one.$patch({ param: { id }, json: change }));
}

export function publishVersion(id: string, versionId: string) {
  return answerOf(version.publish.$post({ param: { id, versionId } }));
}

export function deleteDraft(id: string, versionId: string) {
  return answerOf(version.$delete({ param: { id, versionId } }));
}
