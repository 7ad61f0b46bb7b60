import { queryOptions } from '@tanstack/react-query';
import { answerOf, api, until } from './client.ts';
import { pages } from './queries.ts';

/* Everything that is asked about files of leads: how one would be read, its import, and the lines that were left. */

// eslint-disable-next-line
const soon = api as any;

export type ImportTarget = string;
export type ImportOptions = {
  format?: 'csv' | 'xlsx';
  encoding: string;
  delimiter: string;
  header: boolean;
  sheet: string | null;
  defaultCountry: string;
  source: string | null;
  columns: { index: number; name: string; target: ImportTarget | null }[];
};
export type Import = {
  id: string;
  fileName: string;
  status: 'draft' | 'importing' | 'done' | 'failed';
  bytes: number;
  options: ImportOptions;
  progress: { rows: number; bytes: number };
  rows: number;
  created: number;
  updated: number;
  rejected: number;
  failure: { code: string; message: string; line?: number | null } | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
};
export type ImportPreview = {
  options: ImportOptions;
  sheets: string[];
  guessed: { encoding: string; delimiter: string; header: boolean };
  columns: { index: number; name: string; target: ImportTarget | null; samples: string[] }[];
  rows: {
    line: number;
    ok: boolean;
    lead: (Record<string, unknown> & { customFields?: Record<string, string> }) | null;
    problem: { column: string | null; code: string; message: string } | null;
  }[];
};
export type RejectedLine = {
  line: number;
  column: string | null;
  code: string;
  message: string;
  cells: string[];
};
export type ImportChange = Partial<Omit<ImportOptions, 'columns'>> & {
  columns?: { index: number; target: ImportTarget | null }[];
};

const pollMs = 1_000;

export const importsQuery = (limit?: number) =>
  pages<Import>(
    ['import', 'list', limit],
    (query, options) => answerOf(soon.imports.$get({ query }, options)) as never,
    limit,
  );

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }): Promise<Import> =>
      answerOf(soon.imports[':id'].$get({ param: { id } }, until(signal))) as never,
    // The change feed tells of its progress; asking as well costs little and needs no stream.
    refetchInterval: (query) => (query.state.data?.status === 'importing' ? pollMs : false),
  });

export const importPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id, 'preview'],
    queryFn: ({ signal }): Promise<ImportPreview> =>
      answerOf(soon.imports[':id'].preview.$get({ param: { id } }, until(signal))) as never,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const rejectionsQuery = (id: string) =>
  pages<RejectedLine>(
    ['import', id, 'rejections'],
    (query, options) =>
      answerOf(soon.imports[':id'].rejections.$get({ param: { id }, query }, options)) as never,
  );

/** Keeps a file without importing anything of it yet. */
export function uploadDraft(file: File, given: { defaultCountry?: string; source?: string | null } = {}) {
  const form = new FormData();
  form.set('file', file);
  if (given.defaultCountry) form.set('defaultCountry', given.defaultCountry);
  if (given.source) form.set('source', given.source);
  return answerOf(
    soon.imports.$post({ query: { draft: 'true' } }, { init: { body: form } }),
  ) as Promise<Import>;
}

export function changeImport(id: string, change: ImportChange): Promise<Import> {
  return answerOf(soon.imports[':id'].$patch({ param: { id }, json: change })) as never;
}

export function startImport(id: string): Promise<Import> {
  return answerOf(soon.imports[':id'].start.$post({ param: { id } })) as never;
}

export function discardImport(id: string): Promise<undefined> {
  return answerOf(soon.imports[':id'].$delete({ param: { id } })) as never;
}

/** Where the lines that were not taken are downloaded, as a file that can be mended and imported again. */
export function rejectionsFile(id: string): string {
  return `/v1/imports/${id}/rejections.csv`;
}
