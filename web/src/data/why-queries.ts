import { queryOptions } from '@tanstack/react-query';
import type { Preflight } from '#api/schemas/preflight.ts';
import type { JourneyWhy, TouchWhy } from '#api/schemas/why.ts';
import { answerOf, api, until } from './client.ts';

export type { JourneyWhy, Preflight, TouchWhy };

/** Why a journey does not go on yet. Under its journey's key, so that it is read again when the journey moves. */
export const journeyWhyQuery = (id: string) =>
  queryOptions({
    queryKey: ['journey', id, 'why'],
    queryFn: ({ signal }) => answerOf(api.journeys[':id'].why.$get({ param: { id } }, until(signal))),
    // What the gate says turns with the clock, not only when the journey moves.
    refetchInterval: 60_000,
  });

export const touchWhyQuery = (journeyId: string, touchId: string) =>
  queryOptions({
    queryKey: ['journey', journeyId, 'touch', touchId, 'why'],
    queryFn: ({ signal }) => answerOf(api.touches[':id'].why.$get({ param: { id: touchId } }, until(signal))),
  });

export const textPreviewQuery = (asked: { body: string; leadId: string; campaignId: string }) =>
  queryOptions({
    queryKey: ['lead', asked.leadId, 'preview', asked.campaignId, asked.body],
    queryFn: ({ signal }) => answerOf(api.templates.preview.$post({ json: asked }, until(signal))),
  });
