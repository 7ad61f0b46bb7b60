import { queryOptions } from '@tanstack/react-query';
import type { Preflight } from '#api/schemas/preflight.ts';
import type { TemplatePreview } from '#api/schemas/template.ts';
import type { JourneyWhy, TouchWhy } from '#api/schemas/why.ts';
import { get, post } from './client.ts';

export type { JourneyWhy, Preflight, TouchWhy };

/** Why a journey does not go on yet. Under its journey's key, so that it is read again when the journey moves. */
export const journeyWhyQuery = (id: string) =>
  queryOptions({
    queryKey: ['journey', id, 'why'],
    queryFn: ({ signal }) => get<JourneyWhy>(`/journeys/${id}/why`, { signal }),
    // What the gate says turns with the clock, not only when the journey moves.
    refetchInterval: 60_000,
  });

export const touchWhyQuery = (journeyId: string, touchId: string) =>
  queryOptions({
    queryKey: ['journey', journeyId, 'touch', touchId, 'why'],
    queryFn: ({ signal }) => get<TouchWhy>(`/touches/${touchId}/why`, { signal }),
  });

/** What a launch of that file would come to; it is asked anew each time, because leads change. */
export const preflightQuery = (campaignId: string, importId: string) =>
  queryOptions({
    queryKey: ['campaign', campaignId, 'preflight', importId],
    queryFn: ({ signal }) =>
      post<Preflight>(`/campaigns/${campaignId}/preflight`, { body: { importId }, signal }),
    staleTime: 0,
  });

export const textPreviewQuery = (asked: { body: string; leadId: string; campaignId: string }) =>
  queryOptions({
    queryKey: ['lead', asked.leadId, 'preview', asked.campaignId, asked.body],
    queryFn: ({ signal }) => post<TemplatePreview>('/templates/preview', { body: asked, signal }),
  });
