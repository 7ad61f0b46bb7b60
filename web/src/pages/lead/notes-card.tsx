import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { addNote, changeNote, deleteNote, notesQuery } from '../../data/leads.ts';
import type { Note } from '../../data/leads.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';
import { NoteForm } from './note-form.tsx';

/** What people wrote down about the lead. */
export function NotesCard({ leadId }: { leadId: string }) {
  const { mayWork } = usePermissions();
  const query = useInfiniteQuery(notesQuery(leadId));
  const notes = query.data?.pages.flatMap((page) => page.items) ?? [];
  const add = useNoteChange(leadId, 'The note was not added');
  return (
    <Card title="Notes" flush>
      {mayWork ? (
        <div className="px-4 py-3">
          <NoteForm
            label="A new note"
            submit="Add the note"
            busy={add.isPending}
            onSubmit={(body, done) => add.mutate(() => addNote(leadId, body), { onSuccess: done })}
          />
        </div>
      ) : null}
      {query.isPending ? (
        <SkeletonRows rows={1} />
      ) : query.isError && notes.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : notes.length === 0 ? (
        mayWork ? null : (
          <p className="px-4 py-3.5 text-sm text-ink-muted">Nobody has written anything yet.</p>
        )
      ) : (
        <ul aria-label="Notes" className="divide-y divide-line border-t border-line">
          {notes.map((note) => (
            <NoteLine key={note.id} leadId={leadId} note={note} mayWork={mayWork} />
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <div className="border-t border-line p-2 text-center">
          <Button
            size="sm"
            variant="ghost"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show earlier notes
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function NoteLine({ leadId, note, mayWork }: { leadId: string; note: Note; mayWork: boolean }) {
  const [editing, setEditing] = useState(false);
  const [asking, setAsking] = useState(false);
  const change = useNoteChange(leadId, 'The note was not changed');
  const remove = useNoteChange(leadId, 'The note was not deleted');
  if (editing) {
    return (
      <li className="px-4 py-3">
        <NoteForm
          label="The note"
          submit="Save"
          initial={note.body}
          busy={change.isPending}
          onCancel={() => setEditing(false)}
          onSubmit={(body) =>
            change.mutate(() => changeNote(leadId, note.id, body), { onSuccess: () => setEditing(false) })
          }
        />
      </li>
    );
  }
  return (
    <li className="px-4 py-3">
      <p className="text-sm break-words whitespace-pre-wrap">{note.body}</p>
      <div className="mt-1 flex items-center justify-between gap-2 text-xs text-ink-faint">
        <span>
          {note.author?.name ?? 'By an API key'}, <RelativeTime iso={note.createdAt} />
          {note.updatedAt === note.createdAt ? null : ' (changed)'}
        </span>
        {mayWork ? (
          <span className="flex">
            <Button
              variant="ghost"
              size="sm"
              className="w-8 px-0"
              aria-label="Change this note"
              onClick={() => setEditing(true)}
            >
              <Pencil aria-hidden />
            </Button>
            <Button
              variant="ghost"
              size="sm"
              className="w-8 px-0"
              aria-label="Delete this note"
              onClick={() => setAsking(true)}
            >
              <Trash2 aria-hidden />
            </Button>
          </span>
        ) : null}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete this note?"
        confirm="Delete"
        variant="danger"
        busy={remove.isPending}
        onConfirm={() =>
          remove.mutate(() => deleteNote(leadId, note.id), {
            onSuccess: () => toastDone('Note deleted'),
            onSettled: () => setAsking(false),
          })
        }
      >
        <p className="line-clamp-3 break-words">“{note.body}”</p>
      </ConfirmDialog>
    </li>
  );
}

function useNoteChange(leadId: string, failed: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (make: () => Promise<unknown>) => make(),
    onError: (error) => toastError(failed, error),
    onSettled: () => {
      for (const what of ['notes', 'timeline'])
        void queryClient.invalidateQueries({ queryKey: ['lead', leadId, what] });
    },
  });
}
