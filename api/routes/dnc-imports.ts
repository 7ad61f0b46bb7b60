import { createRoute } from '@hono/zod-openapi';
import { withOrganization } from '#db/tenant.ts';
import { importDncNumbers } from '../dnc/import-numbers.ts';
import { requireRole } from '../middleware/auth.ts';
import { maxBody, mebibyte } from '../middleware/body-size.ts';
import { Problem, invalid } from '../problem.ts';
import { createRouter } from '../router.ts';
import { dncImportOptions, dncImportSchema } from '../schemas/dnc.ts';
import { actorOf } from './actor.ts';
import { json, problems, security, signedIn } from './describe.ts';

const create = createRoute({
  method: 'post',
  path: '/dnc/imports',
  tags: ['Do not call'],
  summary: 'Load a copy of a list',
  description:
    'One number a line, alone, in a column, or as area code and number apart; UTF-8, at most 256 MiB. The whole file is taken, or, when one of its lines is no number, nothing of it. Loading the same file again changes nothing.',
  security,
  middleware: [requireRole('manager'), maxBody(256 * mebibyte)] as const,
  request: {
    query: dncImportOptions,
    body: {
      required: true,
      content: { 'text/csv': { schema: { type: 'string' } }, 'text/plain': { schema: { type: 'string' } } },
    },
  },
  responses: {
    201: json(dncImportSchema, 'The file was taken.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      413: ['BODY_TOO_LARGE'],
      422: ['BROKEN_LINES', 'EMPTY_FILE', 'VALIDATION_FAILED', 'SCRUB_DATE_REQUIRED', 'SCRUB_DATE_IN_FUTURE'],
    }),
  },
});

/** Copies of do-not-call lists. */
export function dncImportRoutes() {
  return createRouter().openapi(create, async (c) => {
    const { list, replaces, scrubbedOn = null } = c.req.valid('query');
    const { deps, scope, identity } = c.var;
    const type = c.req.header('Content-Type')?.toLowerCase() ?? '';
    if (!/^text\/(?:csv|plain)\b/.test(type)) {
      throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the numbers as text/csv or text/plain.');
    }
    if (scrubbedOn === null && list !== 'own') {
      throw invalid('scrubbedOn', 'SCRUB_DATE_REQUIRED', 'Say from which day the copy is.');
    }
    // Dates have no zone; wherever it is tomorrow already, it is at most a day ahead.
    if (scrubbedOn !== null && Date.parse(scrubbedOn) > Date.now() + 24 * 3_600_000) {
      throw invalid('scrubbedOn', 'SCRUB_DATE_IN_FUTURE', 'The copy cannot be from a day to come.');
    }
    if (replaces === 'true' && !['owner', 'admin'].includes(identity.role)) {
      throw new Problem(403, 'FORBIDDEN', 'Only admins may take numbers off a list.');
    }
    const file = { list, scrubbedOn, replaces: replaces === 'true', body: c.req.raw.body };
    const result = await withOrganization(deps.database, scope, (tx) =>
      importDncNumbers(tx, scope.organizationId, file, actorOf(c)),
    );
    return c.json(result, 201);
  });
}
