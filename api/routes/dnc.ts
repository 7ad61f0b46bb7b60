import { createRoute, z } from '@hono/zod-openapi';
import { dncListAgeDays, dncWarnings } from '#domain/compliance/warnings.ts';
import { addDncEntry, listDncEntries, listDncLists, removeDncEntry } from '#db/queries/dnc.ts';
import { lockLane } from '#db/queries/lanes.ts';
import { withOrganization } from '#db/tenant.ts';
import { decodeKey, encodeKey } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { page } from '../schemas/common.ts';
import { dncEntryParam, dncEntrySchema, dncListSchema, dncQuery, newDncEntrySchema } from '../schemas/dnc.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Do not call'];
const forbidden = problems({ 403: ['FORBIDDEN'], 422: ['VALIDATION_FAILED'] });

const list = createRoute({
  method: 'get',
  path: '/dnc',
  tags,
  summary: 'List do-not-call entries, by list and number',
  security,
  request: { query: dncQuery },
  responses: {
    200: json(page(dncEntrySchema), 'A page of entries.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const lists = createRoute({
  method: 'get',
  path: '/dnc/lists',
  tags,
  summary: 'List the do-not-call lists, with their size and the age of their copy',
  security,
  responses: { 200: json(z.object({ items: z.array(dncListSchema) }), 'The lists.'), ...signedIn },
});

const add = createRoute({
  method: 'post',
  path: '/dnc',
  tags,
  summary: 'Put a number on a list',
  description: 'Nothing goes to that number from the answer on, whoever has it.',
  security,
  middleware: requireRole('manager'),
  request: { body: body(newDncEntrySchema) },
  responses: {
    200: json(dncEntrySchema, 'It was on the list already, and stays as it was.'),
    201: json(dncEntrySchema, 'The entry.'),
    ...signedIn,
    ...forbidden,
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/dnc/{list}/{phone}',
  tags,
  summary: 'Take a number off the own list',
  description: 'Entries of other lists go with the next copy of their list only.',
  security,
  middleware: requireRole('admin'),
  request: { params: dncEntryParam },
  responses: {
    204: { description: 'It is off the list.' },
    ...signedIn,
    ...forbidden,
    ...problems({ 404: ['DNC_ENTRY_NOT_FOUND'], 409: ['NOT_OWN_LIST'] }),
  },
});

/** Numbers that nobody may call or text: the own list and copies of the national one and the states'. */
export function dncRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { phone, list: name, limit, cursor } = c.req.valid('query');
      const after = decodeKey(cursor, 2) as [string, string] | null;
      const found = await listDncEntries(
        c.var.deps.database,
        c.var.scope,
        { phone, list: name },
        { limit, after },
      );
      return c.json({ items: found.rows, nextCursor: found.next && encodeKey(found.next) }, 200);
    })
    .openapi(lists, async (c) => {
      const { lists: found, now } = await listDncLists(c.var.deps.database, c.var.scope);
      const warnings = new Map(dncWarnings(found, now).map(({ list: name, ...rest }) => [name, rest]));
      const items = found.map((row) => ({
        ...row,
        ageDays: dncListAgeDays(row.scrubbedOn, now),
        warning: warnings.get(row.list) ?? null,
      }));
      return c.json({ items }, 200);
    })
    .openapi(add, async (c) => {
      const given = c.req.valid('json');
      const { scope } = c.var;
      const { created, entry } = await withOrganization(c.var.deps.database, scope, async (tx) => {
        await lockLane(tx, scope.organizationId, given.phone);
        return addDncEntry(tx, scope.organizationId, given, actorOf(c));
      });
      return c.json(entry, created ? 201 : 200);
    })
    .openapi(remove, async (c) => {
      const entry = c.req.valid('param');
      if (entry.list !== 'own') {
        throw new Problem(409, 'NOT_OWN_LIST', 'Only entries of the own list can be taken off.');
      }
      const { scope } = c.var;
      const gone = await withOrganization(c.var.deps.database, scope, (tx) =>
        removeDncEntry(tx, scope.organizationId, entry, actorOf(c)),
      );
      if (!gone) throw notFound('DNC entry');
      return c.body(null, 204);
    });
}
