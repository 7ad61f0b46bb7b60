import { queryOptions } from '@tanstack/react-query';
import { bodyOf, queryOf } from '../lib/lead-filter.ts';
import type { FilterBody, LeadFilter } from '../lib/lead-filter.ts';
import { answerOf, api, until } from './client.ts';
import { pages } from './queries.ts';
import type { Lead, Page } from './types.ts';

/* Everything that is asked about leads: lists, one lead's own things, and what changes many at once. */

// oxlint-disable-next-line
const soon = api as any;
// oxlint-disable-next-line
const answer = answerOf as (request: any) => Promise<any>;

export type LeadTimelineItem = {
  at: string;
  kind: string;
  title: string;
  detail: string | null;
  journeyId?: string | null;
  data: Record<string, unknown>;
};
export type Note = {
  id: string;
  body: string;
  createdAt: string;
  updatedAt: string;
  author?: { name: string } | null;
};
export type SavedFilter = { id: string; name: string; filter: FilterBody };
export type CustomField = {
  id: string;
  name: string;
  label: string;
  type: string;
  options: string[] | null;
  position: number;
  archivedAt: string | null;
};
export type Block = { id: string; reason: string; expiresAt: string | null; createdAt: string };
export type Duplicate = { lead: Lead; reasons: ('phone' | 'email' | 'name')[]; score: number };

export const leadListQuery = (filter: LeadFilter, sort: string | undefined) =>
  pages<Lead>(['lead', 'list', queryOf(filter), sort], (query, options) =>
    answer(soon.leads.$get({ query: { ...queryOf(filter), sort, ...query } }, options)),
  );

export const leadCountQuery = (filter: LeadFilter) =>
  queryOptions({
    queryKey: ['lead', 'list', queryOf(filter), 'count'],
    queryFn: ({ signal }): Promise<{ count: number }> =>
      answer(soon.leads.count.$get({ query: queryOf(filter) }, until(signal))),
  });

export const leadTimelineQuery = (id: string) =>
  pages<LeadTimelineItem>(['lead', id, 'timeline'], (query, options) =>
    answer(soon.leads[':id'].timeline.$get({ param: { id }, query }, options)),
  );

export const notesQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id, 'notes'],
    queryFn: ({ signal }): Promise<Page<Note>> =>
      answer(soon.leads[':id'].notes.$get({ param: { id }, query: { limit: 100 } }, until(signal))),
  });

export const blocksQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id, 'blocks'],
    queryFn: ({ signal }): Promise<Page<Block>> =>
      answer(soon.leads[':id'].blocks.$get({ param: { id }, query: {} }, until(signal))),
  });

export const duplicatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id, 'duplicates'],
    queryFn: ({ signal }): Promise<{ items: Duplicate[] }> =>
      answer(soon.leads[':id'].duplicates.$get({ param: { id } }, until(signal))),
  });

export const savedFiltersQuery = queryOptions({
  queryKey: ['saved-filters'],
  queryFn: ({ signal }): Promise<Page<SavedFilter>> =>
    answer(soon['saved-filters'].$get({ query: { limit: 200 } }, until(signal))),
});

export const customFieldsQuery = queryOptions({
  queryKey: ['custom-fields'],
  queryFn: ({ signal }): Promise<Page<CustomField>> =>
    answer(soon['custom-fields'].$get({ query: { limit: 200 } }, until(signal))),
  staleTime: 60_000,
});

/** Which leads a bulk change is about: these, or all that a filter lets through. */
export type Cohort = { leadIds: string[] } | { filter: LeadFilter };

export type BulkChange =
  | { action: 'add_tags' | 'remove_tags'; tags: string[] }
  | { action: 'set_stage'; stageId: string }
  | { action: 'set_status'; status: string }
  | { action: 'block'; reason: string }
  | { action: 'delete' };

export function changeMany(
  cohort: Cohort,
  change: BulkChange,
): Promise<{ matched: number; changed: number }> {
  const body = 'filter' in cohort ? { filter: bodyOf(cohort.filter) } : cohort;
  return answer(soon.leads.bulk.$post({ json: { ...change, cohort: body } }));
}

export function saveFilter(given: {
  id?: string | undefined;
  name: string;
  filter: LeadFilter;
}): Promise<SavedFilter> {
  const json = { name: given.name, filter: bodyOf(given.filter) };
  return given.id === undefined
    ? answer(soon['saved-filters'].$post({ json }))
    : answer(soon['saved-filters'][':id'].$patch({ param: { id: given.id }, json }));
}

export function deleteFilter(id: string): Promise<void> {
  return answer(soon['saved-filters'][':id'].$delete({ param: { id } }));
}

/** What a form of a lead says; custom fields that are null are removed. */
export type LeadInput = {
  externalId?: string | undefined;
  phone?: string;
  defaultCountry?: string;
  firstName?: string;
  lastName?: string;
  company?: string | null;
  email?: string | null;
  address?: string | null;
  city?: string | null;
  state?: string | null;
  postalCode?: string | null;
  country?: string | null;
  source?: string | null;
  status?: string;
  customFields?: Record<string, string | null>;
  tags?: string[];
};

export function createLead(json: LeadInput): Promise<Lead> {
  return answer(soon.leads.$post({ json }));
}

export function changeLead(id: string, json: LeadInput): Promise<Lead> {
  return answer(soon.leads[':id'].$patch({ param: { id }, json }));
}

export function deleteLead(id: string): Promise<void> {
  return answer(soon.leads[':id'].$delete({ param: { id } }));
}

/** Where a list is downloaded from: the browser's own download, so that any length goes straight to the disk. */
export function exportUrl(filter: LeadFilter, format: 'csv' | 'xlsx'): string {
  return `/v1/leads/export?${new URLSearchParams({ ...queryOf(filter), format }).toString()}`;
}
