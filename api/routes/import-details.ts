import { createRoute } from '@hono/zod-openapi';
import { fieldDefinitions } from '#db/queries/custom-fields.ts';
import { readPieces } from '#db/queries/import-files.ts';
import { listRejections } from '#db/queries/import-rejections.ts';
import { readImport } from '#db/queries/imports.ts';
import type { Database } from '#db/database.ts';
import { withOrganization } from '#db/tenant.ts';
import type { TenantScope } from '#db/tenant.ts';
import type { ImportOptions } from '#files/options.ts';
import { decodeNumber, encodeNumber } from '../cursor.ts';
import { fileProblem } from '../imports/file-problem.ts';
import { previewImport } from '../imports/preview.ts';
import { rejectionsAsCsv } from '../imports/rejections-csv.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, pageQuery } from '../schemas/common.ts';
import { importPreviewSchema, rejectionListSchema } from '../schemas/import.ts';
import { attachment } from '../stream.ts';
import { json, problems, security, signedIn } from './describe.ts';

const tags = ['Imports'];

const preview = createRoute({
  method: 'get',
  path: '/imports/{id}/preview',
  tags,
  summary: 'See the first rows of a draft as they will be',
  security,
  request: { params: idParam },
  responses: {
    200: json(importPreviewSchema, 'What was found out about the file, and its first rows.'),
    ...signedIn,
    ...problems({ 404: ['IMPORT_NOT_FOUND'], 409: ['IMPORT_STARTED'] }),
  },
});

const rejections = createRoute({
  method: 'get',
  path: '/imports/{id}/rejections',
  tags,
  summary: 'List the rows that were not taken, and why',
  security,
  request: { params: idParam, query: pageQuery },
  responses: {
    200: json(rejectionListSchema, "A page of rows, in the file's order."),
    ...signedIn,
    ...problems({ 404: ['IMPORT_NOT_FOUND'], 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const rejectionsFile = createRoute({
  method: 'get',
  path: '/imports/{id}/rejections.csv',
  tags,
  summary: 'Download the rows that were not taken, to mend them and import them again',
  description:
    "The file's own columns, then `leadway_line`, `leadway_column`, `leadway_code` and `leadway_message`, which an import passes over. Cells that a spreadsheet would run as formulas begin with an apostrophe, which an import takes off again.",
  security,
  request: { params: idParam },
  responses: {
    200: { description: 'The rows.', content: { 'text/csv': { schema: { type: 'string' } } } },
    ...signedIn,
    ...problems({ 404: ['IMPORT_NOT_FOUND'] }),
  },
});

/** What a file looks like before it is imported, and what was left of it. */
export function importDetailRoutes() {
  return createRouter()
    .openapi(preview, async (c) => {
      const { deps, scope } = c.var;
      const { id } = c.req.valid('param');
      const found = await required(deps.database, scope, id);
      if (found.status !== 'draft') {
        throw new Problem(409, 'IMPORT_STARTED', 'The import was started: its file is not shown any more.');
      }
      const definitions = await withOrganization(deps.database, scope, fieldDefinitions);
      const shown = await previewImport(
        () => readPieces(deps.database, scope, id),
        found.options,
        definitions,
      ).catch((error: unknown) => {
        throw fileProblem(error);
      });
      return c.json(shown, 200);
    })
    .openapi(rejections, async (c) => {
      const { deps, scope } = c.var;
      const { limit, cursor } = c.req.valid('query');
      const { id } = c.req.valid('param');
      await required(deps.database, scope, id);
      const afterLine = decodeNumber(cursor, 0);
      const rows = await listRejections(deps.database, scope, id, { afterLine, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return c.json({ items, nextCursor: encodeNumber(last?.line ?? null) }, 200);
    })
    .openapi(rejectionsFile, async (c) => {
      const { deps, scope } = c.var;
      const { id } = c.req.valid('param');
      const { fileName, options } = await required(deps.database, scope, id);
      const name = `${fileName.replace(/\.\w+$/, '')}-rejected.csv`;
      return attachment(name, 'text/csv; charset=utf-8', rejectionsAsCsv(deps.database, scope, id, options));
    });
}

async function required(database: Database, scope: TenantScope, id: string) {
  const found = await readImport<ImportOptions>(database, scope, id);
  if (!found) throw notFound('import');
  return found;
}
