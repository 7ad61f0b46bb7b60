import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType } from 'hono/client';
import type { z } from 'zod';
import type { customFieldSchema } from '#api/schemas/custom-field.ts';
import type { blockSchema } from '#api/schemas/lead-block.ts';
import type { duplicateSchema } from '#api/schemas/lead-duplicate.ts';
import type { noteSchema } from '#api/schemas/lead-note.ts';
import type { savedFilterSchema } from '#api/schemas/saved-filter.ts';
import { bodyOf, queryOf } from '../lib/lead-filter.ts';
import type { FilterBody, LeadFilter } from '../lib/lead-filter.ts';
import { answerOf, api, until } from './client.ts';
import { pages } from './queries.ts';

/* Everything that is asked about leads: lists, one lead's own things, and what changes many at once. */

export type { LeadTimelineItem } from '#api/schemas/lead-timeline.ts';
export type Note = z.infer<typeof noteSchema>;
export type Block = z.infer<typeof blockSchema>;
export type Duplicate = z.infer<typeof duplicateSchema>;
export type SavedFilter = z.infer<typeof savedFilterSchema>;
export type CustomField = z.infer<typeof customFieldSchema>;

type ListQuery = InferRequestType<typeof api.leads.$get>['query'];

/** Both the API's query and the address write a filter as texts; which texts it takes, the API says itself. */
const asQuery = (filter: LeadFilter) => queryOf(filter) as ListQuery;

export const leadListQuery = (filter: LeadFilter, sort: string | undefined) =>
  pages(['lead', 'list', queryOf(filter), sort], (query, options) =>
    answerOf(
      api.leads.$get({ query: { ...asQuery(filter), sort: sort as ListQuery['sort'], ...query } }, options),
    ),
  );

export const leadCountQuery = (filter: LeadFilter) =>
  queryOptions({
    queryKey: ['lead', 'list', queryOf(filter), 'count'],
    queryFn: ({ signal }) => answerOf(api.leads.count.$get({ query: asQuery(filter) }, until(signal))),
  });

export const leadTimelineQuery = (id: string) =>
  pages(['lead', id, 'timeline'], (query, options) =>
    answerOf(api.leads[':id'].timeline.$get({ param: { id }, query }, options)),
  );

export const notesQuery = (id: string) =>
  pages(['lead', id, 'notes'], (query, options) =>
    answerOf(api.leads[':id'].notes.$get({ param: { id }, query }, options)),
  );

export const blocksQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id, 'blocks'],
    queryFn: ({ signal }) =>
      answerOf(api.leads[':id'].blocks.$get({ param: { id }, query: {} }, until(signal))),
  });

export const duplicatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id, 'duplicates'],
    queryFn: ({ signal }) => answerOf(api.leads[':id'].duplicates.$get({ param: { id } }, until(signal))),
  });

export const savedFiltersQuery = queryOptions({
  queryKey: ['saved-filters'],
  queryFn: ({ signal }) => answerOf(api['saved-filters'].$get({}, until(signal))),
});

export const customFieldsQuery = queryOptions({
  queryKey: ['custom-fields'],
  queryFn: ({ signal }) => answerOf(api['custom-fields'].$get({}, until(signal))),
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

export function changeMany(cohort: Cohort, change: BulkChange) {
  const which = 'filter' in cohort ? { filter: filterJson(cohort.filter) } : cohort;
  return answerOf(api.leads.bulk.$post({ json: { ...change, cohort: which } }));
}

/** A filter as bodies carry it. The journey status in it is a text here; which there are, the API says. */
function filterJson(filter: LeadFilter): SavedFilter['filter'] {
  return bodyOf(filter) as FilterBody & SavedFilter['filter'];
}

export function saveFilter(given: { id?: string | undefined; name: string; filter: LeadFilter }) {
  const json = { name: given.name, filter: filterJson(given.filter) };
  return given.id === undefined
    ? answerOf(api['saved-filters'].$post({ json }))
    : answerOf(api['saved-filters'][':id'].$patch({ param: { id: given.id }, json }));
}

export function deleteFilter(id: string) {
  return answerOf(api['saved-filters'][':id'].$delete({ param: { id } }));
}

/** What a form of a lead says: null empties a field, and a custom field that is null is removed. */
export type LeadInput = InferRequestType<(typeof api.leads)[':id']['$patch']>['json'];

export function createLead(given: LeadInput & { phone: string }) {
  const { customFields = {}, ...rest } = given;
  const own = Object.entries(customFields).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return answerOf(api.leads.$post({ json: { ...rest, customFields: Object.fromEntries(own) } }));
}

export function changeLead(id: string, json: LeadInput) {
  return answerOf(api.leads[':id'].$patch({ param: { id }, json }));
}

export function deleteLead(id: string) {
  return answerOf(api.leads[':id'].$delete({ param: { id } }));
}

export function mergeLeads(id: string, duplicateId: string) {
  return answerOf(api.leads[':id'].merge.$post({ param: { id }, json: { duplicateId } }));
}

export function addNote(id: string, body: string) {
  return answerOf(api.leads[':id'].notes.$post({ param: { id }, json: { body } }));
}

export function changeNote(id: string, noteId: string, body: string) {
  return answerOf(api.leads[':id'].notes[':noteId'].$patch({ param: { id, noteId }, json: { body } }));
}

export function deleteNote(id: string, noteId: string) {
  return answerOf(api.leads[':id'].notes[':noteId'].$delete({ param: { id, noteId } }));
}

export function addBlock(id: string, json: { reason: string; expiresAt: string | null }) {
  return answerOf(api.leads[':id'].blocks.$post({ param: { id }, json }));
}

export function liftBlock(id: string, blockId: string) {
  return answerOf(api.leads[':id'].blocks[':blockId'].$delete({ param: { id, blockId } }));
}

/** Where a list is downloaded from: the browser's own download, so that any length goes straight to the disk. */
export function exportUrl(filter: LeadFilter, format: 'csv' | 'xlsx'): string {
  return `/v1/leads/export?${new URLSearchParams({ ...queryOf(filter), format }).toString()}`;
}
