import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answerOf, api, until } from './client.ts';
import { pages } from './queries.ts';

/* Everything that is asked about files of leads: how one would be read, its import, and the lines that were left. */

const one = api.imports[':id'];

export type Import = InferResponseType<typeof one.$get>;
export type ImportPreview = InferResponseType<typeof one.preview.$get>;
export type ImportChange = InferRequestType<typeof one.$patch>['json'];
/** What a column can be. */
export type ImportTarget = NonNullable<NonNullable<ImportChange['columns']>[number]['target']>;

const pollMs = 1_000;

export const importsQuery = (limit?: number) =>
  pages(['import', 'list', limit], (query, options) => answerOf(api.imports.$get({ query }, options)), limit);

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => answerOf(one.$get({ param: { id } }, until(signal))),
    // The change feed tells of its progress; asking as well costs little and needs no stream.
    refetchInterval: (query) => (query.state.data?.status === 'importing' ? pollMs : false),
  });

export const importPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id, 'preview'],
    queryFn: ({ signal }) => answerOf(one.preview.$get({ param: { id } }, until(signal))),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const rejectionsQuery = (id: string) =>
  pages(['import', id, 'rejections'], (query, options) =>
    answerOf(one.rejections.$get({ param: { id }, query }, options)),
  );

/** Keeps a file without importing anything of it yet. */
export function uploadDraft(file: File, given: { defaultCountry?: string; source?: string | null } = {}) {
  const form = new FormData();
  form.set('file', file);
  if (given.defaultCountry) form.set('defaultCountry', given.defaultCountry);
  if (given.source) form.set('source', given.source);
  return answerOf(api.imports.$post({ query: { draft: 'true' } }, { init: { body: form } }));
}

export function changeImport(id: string, change: ImportChange) {
  return answerOf(one.$patch({ param: { id }, json: change }));
}

export function startImport(id: string) {
  return answerOf(one.start.$post({ param: { id } }));
}

export function discardImport(id: string) {
  return answerOf(one.$delete({ param: { id } }));
}

/** Where the lines that were not taken are downloaded, as a file that can be mended and imported again. */
export function rejectionsFile(id: string): string {
  return `/v1/imports/${id}/rejections.csv`;
}
