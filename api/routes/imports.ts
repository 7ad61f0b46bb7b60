import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { readPieces } from '#db/queries/import-files.ts';
import {
  beginImport,
  changeImportOptions,
  deleteDraft,
  listImports,
  readImport,
} from '#db/queries/imports.ts';
import type { ImportRow } from '#db/queries/imports.ts';
import { withOrganization } from '#db/tenant.ts';
import { fileRefusalCodes } from '#files/refusal.ts';
import type { ImportOptions } from '#files/options.ts';
import type { ApiEnv } from '../context.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { problemOfFailure } from '../imports/file-problem.ts';
import { changeOptions } from '../imports/change-options.ts';
import { receiveUpload } from '../imports/receive-upload.ts';
import { waitForImport } from '../imports/wait.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, pageQuery } from '../schemas/common.ts';
import { importListSchema, importPatchSchema, importQuery, importSchema } from '../schemas/import.ts';
import type { Import } from '../schemas/import.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Imports'];
/** How long a request that imports at once is kept waiting. */
const patienceMs = 30_000;

const binary = { schema: { type: 'string', format: 'binary' } } as const;

const create = createRoute({
  method: 'post',
  path: '/imports',
  tags,
  summary: 'Import a file of leads',
  description:
    'CSV in UTF-8, UTF-16 or Windows-1252, separated by comma, semicolon, tab or bar, or an Excel workbook (.xlsx); at most 256 MiB. Columns are recognised by their names, else by what stands in them; others become custom fields. With `draft=true` the file is stored and looked at, for a preview; else it is imported at once. A file that is broken anywhere is refused whole.',
  security,
  middleware: [requireRole('manager')] as const,
  request: {
    query: importQuery,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: {
              defaultCountry: { type: 'string', default: 'US' },
              source: { type: 'string' },
              draft: { type: 'string', enum: ['true', 'false'] },
              file: { type: 'string', format: 'binary' },
            },
          },
        },
        'text/csv': { schema: { type: 'string' } },
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': binary,
      },
    },
  },
  responses: {
    201: json(importSchema, 'The file was imported; or, as a draft, stored.'),
    202: json(importSchema, 'The file is being imported, which takes longer than the request waits.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      413: ['BODY_TOO_LARGE'],
      422: [...fileRefusalCodes, 'VALIDATION_FAILED'],
    }),
  },
});

const list = createRoute({
  method: 'get',
  path: '/imports',
  tags,
  summary: 'List imports, newest first',
  security,
  request: { query: pageQuery },
  responses: {
    200: json(importListSchema, 'A page of imports.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const read = createRoute({
  method: 'get',
  path: '/imports/{id}',
  tags,
  summary: 'Read what became of a file',
  security,
  request: { params: idParam },
  responses: {
    200: json(importSchema, 'The import.'),
    ...signedIn,
    ...problems({ 404: ['IMPORT_NOT_FOUND'] }),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/imports/{id}',
  tags,
  summary: 'Forget a draft and its file',
  security,
  middleware: [requireRole('manager')] as const,
  request: { params: idParam },
  responses: {
    204: { description: 'It is gone.' },
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['IMPORT_NOT_FOUND'], 409: ['IMPORT_STARTED'] }),
  },
});

const change = createRoute({
  method: 'patch',
  path: '/imports/{id}',
  tags,
  summary: "Say how a draft's file is read",
  description:
    'When encoding, delimiter, header or sheet change, the columns are guessed anew; `columns` of the same request then count.',
  security,
  middleware: [requireRole('manager')] as const,
  request: { params: idParam, body: body(importPatchSchema) },
  responses: {
    200: json(importSchema, 'The draft as it is now.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      404: ['IMPORT_NOT_FOUND'],
      409: ['IMPORT_STARTED'],
      422: [...fileRefusalCodes, 'UNKNOWN_COLUMN', 'DUPLICATE_TARGET', 'VALIDATION_FAILED'],
    }),
  },
});

const start = createRoute({
  method: 'post',
  path: '/imports/{id}/start',
  tags,
  summary: 'Import a draft',
  description: 'Asked for again it answers the same and starts nothing twice.',
  security,
  middleware: [requireRole('manager')] as const,
  request: { params: idParam },
  responses: {
    202: json(importSchema, 'It is being imported, or was.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['IMPORT_NOT_FOUND'] }),
  },
});

/** Files of leads: taken in, looked at, begun, followed. */
export function importRoutes() {
  return createRouter()
    .openapi(create, async (c) => {
      const { deps, scope } = c.var;
      const { id, draft } = await receiveUpload(c, c.req.valid('query'));
      if (draft) return c.json(present(await required(c, id)), 201);
      await begin(c, id);
      const ended = await waitForImport(deps.database, scope, id, patienceMs);
      if (!ended) throw notFound('import');
      if (ended.failure !== null) throw problemOfFailure(ended.failure);
      return c.json(present(ended), ended.status === 'done' ? 201 : 202);
    })
    .openapi(list, async (c) => {
      const { deps, scope } = c.var;
      const imports = await listImports<ImportOptions>(
        deps.database,
        scope,
        pageRequest(c.req.valid('query')),
      );
      return c.json(toPage(imports, present), 200);
    })
    .openapi(read, async (c) => c.json(present(await required(c, c.req.valid('param').id)), 200))
    .openapi(remove, async (c) => {
      const { deps, scope } = c.var;
      const { id } = c.req.valid('param');
      // The product deletes in the person's name: a manager may make drafts, but may delete no rows.
      const gone = await withOrganization(deps.database, { ...scope, role: 'system' }, (tx) =>
        deleteDraft(tx, scope.organizationId, id, actorOf(c)),
      );
      if (!gone) throw await notDraft(c, id);
      return c.body(null, 204);
    })
    .openapi(change, async (c) => {
      const { deps, scope } = c.var;
      const { id } = c.req.valid('param');
      const draft = await required(c, id);
      if (draft.status !== 'draft') throw started();
      const pieces = () => readPieces(deps.database, scope, id);
      const options = await changeOptions(pieces, draft.options, c.req.valid('json'));
      const changed = await withOrganization(deps.database, scope, (tx) =>
        changeImportOptions(tx, scope.organizationId, id, options, actorOf(c)),
      );
      if (!changed) throw await notDraft(c, id);
      return c.json(present(changed), 200);
    })
    .openapi(start, async (c) => {
      const { deps, scope } = c.var;
      const { id } = c.req.valid('param');
      await withOrganization(deps.database, scope, (tx) =>
        beginImport(tx, scope.organizationId, id, actorOf(c)),
      );
      const found = await required(c, id);
      if (found.status === 'importing') await begin(c, id);
      return c.json(present(found), 202);
    });
}

/** What cannot be started now because Temporal cannot be reached is started by the sweeper: the row says so. */
async function begin(c: Context<ApiEnv>, importId: string): Promise<void> {
  const { deps, scope, requestId } = c.var;
  await deps.workflows
    .startImport({ organizationId: scope.organizationId, importId })
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.name : 'unknown';
      deps.logger.warn({ requestId, reason }, 'an import waits for Temporal to be started');
    });
}

async function required(c: Context<ApiEnv>, id: string): Promise<ImportRow<ImportOptions>> {
  const found = await readImport<ImportOptions>(c.var.deps.database, c.var.scope, id);
  if (!found) throw notFound('import');
  return found;
}

async function notDraft(c: Context<ApiEnv>, id: string): Promise<Problem> {
  await required(c, id);
  return started();
}

function started(): Problem {
  return new Problem(409, 'IMPORT_STARTED', 'The import was started: nothing about it can be changed.');
}

/** An import that an older version has left has no options; `guessed` is the preview's. */
function present({ options, ...row }: ImportRow<ImportOptions>): Import {
  const { guessed: _guessed, ...shown } = options;
  return {
    ...row,
    options: {
      ...shown,
      format: options.format ?? 'csv',
      encoding: options.encoding ?? 'utf-8',
      delimiter: options.delimiter ?? ',',
      header: options.header ?? true,
      sheet: options.sheet ?? null,
      defaultCountry: options.defaultCountry ?? 'US',
      source: options.source ?? null,
      columns: options.columns ?? [],
    },
  };
}
