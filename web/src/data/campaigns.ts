import { queryOptions } from '@tanstack/react-query';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { answerOf, api, until } from './client.ts';
import type { Campaign } from './types.ts';

/* What is asked about campaigns beyond reading them: how they send, what they come to, and their versions. */

// eslint-disable-next-line
const soon = api as any;

export type CampaignSettings = Campaign['settings'];

export type PhoneNumber = { id: string; e164: string; canSms: boolean; canVoice: boolean };
export type JourneyTemplate = {
  id: string;
  name: string;
  description: string;
  definition: JourneyDefinition;
};
export type CampaignStats = {
  journeys: Record<'active' | 'paused' | 'completed' | 'removed' | 'failed', number>;
  texts: { sent: number; failed: number; refused: number; received: number };
  calls: Record<string, number>;
  dispositions: { code: string; label: string; count: number }[];
};
export type VersionDiff = {
  against: string | null;
  added: string[];
  removed: string[];
  changed: { stepId: string; field: string; before: unknown; after: unknown }[];
};

export const numbersQuery = queryOptions({
  queryKey: ['numbers'],
  queryFn: ({ signal }): Promise<{ items: PhoneNumber[] }> =>
    answerOf(soon.numbers.$get({ query: { limit: 200 } }, until(signal))) as never,
  staleTime: 60_000,
});

export const templatesQuery = queryOptions({
  queryKey: ['journey-templates'],
  queryFn: ({ signal }): Promise<{ items: JourneyTemplate[] }> =>
    answerOf(soon['journey-templates'].$get({}, until(signal))) as never,
  staleTime: Number.POSITIVE_INFINITY,
});

export const campaignStatsQuery = (id: string) =>
  queryOptions({
    queryKey: ['stats', 'campaign', id],
    queryFn: ({ signal }): Promise<CampaignStats> =>
      answerOf(soon.campaigns[':id'].stats.$get({ param: { id } }, until(signal))) as never,
  });

/** What a version changes in another one. */
export const versionDiffQuery = (id: string, versionId: string, against: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'version', versionId, 'against', against],
    queryFn: ({ signal }): Promise<VersionDiff> =>
      answerOf(
        soon.campaigns[':id'].versions[':versionId'].diff.$get(
          { param: { id, versionId }, query: { against } },
          until(signal),
        ),
      ) as never,
  });

export function createCampaign(asked: { name: string; templateId?: string | undefined }): Promise<Campaign> {
  return answerOf(soon.campaigns.$post({ json: asked })) as never;
}

export function changeCampaign(
  id: string,
  change: { name?: string; settings?: Partial<CampaignSettings> },
): Promise<Campaign> {
  return answerOf(api.campaigns[':id'].$patch({ param: { id }, json: change }));
}

export function publishVersion(id: string, versionId: string) {
  return answerOf(api.campaigns[':id'].versions[':versionId'].publish.$post({ param: { id, versionId } }));
}

export function deleteDraft(id: string, versionId: string): Promise<undefined> {
  return answerOf(
    soon.campaigns[':id'].versions[':versionId'].$delete({ param: { id, versionId } }),
  ) as never;
}
