import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { readImport } from '#db/queries/imports.ts';
import { withOrganization } from '#db/tenant.ts';
import type { ApiEnv } from '../context.ts';
import { importLeads } from '../leads/import-leads.ts';
import type { LeadFile } from '../leads/import-leads.ts';
import { requireRole } from '../middleware/auth.ts';
import { maxBody, mebibyte } from '../middleware/body-size.ts';
import { validationProblem } from '../middleware/problems.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam } from '../schemas/common.ts';
import { importOptions, importSchema } from '../schemas/import.ts';
import { actorOf } from './actor.ts';
import { json, problems, security, signedIn } from './describe.ts';

const tags = ['Leads'];

const create = createRoute({
  method: 'post',
  path: '/imports',
  tags,
  summary: 'Import a CSV file of leads',
  description:
    'UTF-8, UTF-16 or Windows-1252; separated by comma, semicolon, tab or bar; at most 64 MiB. Columns are recognised by their names, others become custom fields. Either the whole file is imported, apart from the rows listed under `rejected`, or nothing of it.',
  security,
  middleware: [requireRole('manager'), maxBody(64 * mebibyte)] as const,
  request: {
    query: importOptions,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: {
              file: { type: 'string', format: 'binary' },
              defaultCountry: { type: 'string', default: 'US' },
              source: { type: 'string' },
            },
          },
        },
        'text/csv': { schema: { type: 'string' } },
      },
    },
  },
  responses: {
    201: json(importSchema, 'The file was imported.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      413: ['BODY_TOO_LARGE'],
      422: ['EMPTY_FILE', 'NO_PHONE_COLUMN', 'BROKEN_CSV', 'VALIDATION_FAILED'],
    }),
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

export function importRoutes() {
  return createRouter()
    .openapi(create, async (c) => {
      const file = await readFile(c, c.req.valid('query'));
      const { database, metrics } = c.var.deps;
      const { scope } = c.var;
      const result = await withOrganization(database, scope, (tx) =>
        importLeads(tx, scope.organizationId, file, actorOf(c)),
      );
      metrics.importedRows.inc({ result: 'created' }, result.created);
      metrics.importedRows.inc({ result: 'updated' }, result.updated);
      metrics.importedRows.inc({ result: 'rejected' }, result.rejected.length);
      return c.json(result, 201);
    })
    .openapi(read, async (c) => {
      const found = await readImport(c.var.deps.database, c.var.scope, c.req.valid('param').id);
      if (!found) throw notFound('import');
      return c.json(found, 200);
    });
}

type Options = (typeof importOptions)['_output'];

async function readFile(c: Context<ApiEnv>, query: Options): Promise<LeadFile> {
  const type = c.req.header('Content-Type')?.toLowerCase() ?? '';
  if (!type.startsWith('multipart/form-data')) {
    if (
      type !== '' &&
      !/^(text\/(csv|plain|tab-separated-values)|application\/(csv|octet-stream|vnd\.ms-excel))\b/.test(type)
    ) {
      throw new Problem(
        415,
        'UNSUPPORTED_MEDIA_TYPE',
        'Send the file as multipart/form-data, or as text/csv.',
      );
    }
    return leadFile(query.fileName, new Uint8Array(await c.req.arrayBuffer()), query);
  }
  const form = await c.req.formData().catch(() => {
    throw new Problem(400, 'BAD_REQUEST', 'The form cannot be read.');
  });
  const file = form.get('file');
  if (!(file instanceof File)) throw invalid('file', 'REQUIRED', 'Choose a file.');
  const options = importOptions.safeParse({
    defaultCountry: form.get('defaultCountry') || query.defaultCountry,
    source: form.get('source') || query.source,
  });
  if (!options.success) throw validationProblem(options.error);
  return leadFile(file.name, new Uint8Array(await file.arrayBuffer()), options.data);
}

function leadFile(name: string | undefined, bytes: Uint8Array, options: Options): LeadFile {
  return {
    name: name?.slice(0, 300) || 'leads.csv',
    bytes,
    defaultCountry: options.defaultCountry,
    source: options.source || null,
  };
}
