import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { addNote, changeNote, deleteNote, listNotes, lockNote } from '#db/queries/lead-notes.ts';
import type { NoteKey } from '#db/queries/lead-notes.ts';
import { withOrganization } from '#db/tenant.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import type { ApiEnv } from '../context.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page, pageQuery } from '../schemas/common.ts';
import { noteBody, noteParams, noteSchema } from '../schemas/lead-note.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Leads'];
const agents = requireRole('agent');
const ofOneNote = {
  ...signedIn,
  ...problems({ 403: ['FORBIDDEN', 'NOT_YOUR_NOTE'], 404: ['NOTE_NOT_FOUND'] }),
};

const list = createRoute({
  method: 'get',
  path: '/leads/{id}/notes',
  tags,
  summary: 'List the notes about a lead, newest first',
  security,
  request: { params: idParam, query: pageQuery },
  responses: {
    200: json(page(noteSchema), 'A page of notes.'),
    ...signedIn,
    ...problems({ 404: ['LEAD_NOT_FOUND'], 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const create = createRoute({
  method: 'post',
  path: '/leads/{id}/notes',
  tags,
  summary: 'Write a note about a lead',
  security,
  middleware: agents,
  request: { params: idParam, body: body(noteBody) },
  responses: {
    201: json(noteSchema, 'The note.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['LEAD_NOT_FOUND'], 422: ['VALIDATION_FAILED'] }),
  },
});

const change = createRoute({
  method: 'patch',
  path: '/leads/{id}/notes/{noteId}',
  tags,
  summary: 'Rewrite a note',
  description: 'An agent may rewrite their own.',
  security,
  middleware: agents,
  request: { params: noteParams, body: body(noteBody) },
  responses: {
    200: json(noteSchema, 'The note as it is now.'),
    ...ofOneNote,
    ...problems({ 422: ['VALIDATION_FAILED'] }),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/leads/{id}/notes/{noteId}',
  tags,
  summary: 'Delete a note',
  description: 'An agent may delete their own.',
  security,
  middleware: agents,
  request: { params: noteParams },
  responses: { 204: { description: 'It is deleted.' }, ...ofOneNote },
});

/** What people write about a lead. */
export function leadNoteRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { database } = c.var.deps;
      const notes = await listNotes(
        database,
        c.var.scope,
        c.req.valid('param').id,
        pageRequest(c.req.valid('query')),
      );
      if (!notes) throw notFound('lead');
      return c.json(
        toPage(notes, (row) => row),
        200,
      );
    })
    .openapi(create, async (c) => {
      const { id } = c.req.valid('param');
      const { body: text } = c.req.valid('json');
      const { organizationId } = c.var.scope;
      const note = await write(c, (tx) => addNote(tx, organizationId, id, text, actorOf(c)));
      if (!note) throw notFound('lead');
      return c.json(note, 201);
    })
    .openapi(change, async (c) => {
      const key = keyOf(c.req.valid('param'));
      const { body: text } = c.req.valid('json');
      const { organizationId } = c.var.scope;
      const note = await write(c, async (tx) => {
        await requireOwn(c, tx, key);
        return changeNote(tx, organizationId, key, text, actorOf(c));
      });
      return c.json(note, 200);
    })
    .openapi(remove, async (c) => {
      const key = keyOf(c.req.valid('param'));
      const { organizationId } = c.var.scope;
      await write(c, async (tx) => {
        await requireOwn(c, tx, key);
        await deleteNote(tx, organizationId, key, actorOf(c));
      });
      return c.body(null, 204);
    });
}

const keyOf = ({ id, noteId }: { id: string; noteId: string }): NoteKey => ({ leadId: id, noteId });

/** The product writes in the person's name: an agent may insert nothing. */
function write<T>(c: Context<ApiEnv>, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  return withOrganization(c.var.deps.database, { ...c.var.scope, role: 'system' }, work);
}

/** @throws Problem 404 NOTE_NOT_FOUND, 403 NOT_YOUR_NOTE for an agent and somebody else's note */
async function requireOwn(c: Context<ApiEnv>, tx: TenantTransaction, key: NoteKey): Promise<void> {
  const note = await lockNote(tx, key);
  if (!note) throw notFound('note');
  const { role, userId } = c.var.scope;
  if (role === 'agent' && note.userId !== (userId ?? null)) {
    throw new Problem(403, 'NOT_YOUR_NOTE', 'Somebody else wrote this note.');
  }
}
