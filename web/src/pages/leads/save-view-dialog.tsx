import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ApiError } from '../../data/client.ts';
import { saveFilter, savedFiltersQuery } from '../../data/leads.ts';
import type { SavedFilter } from '../../data/leads.ts';
import { filterOfBody } from '../../lib/lead-filter.ts';
import type { LeadFilter } from '../../lib/lead-filter.ts';
import { toastDone } from '../../lib/toasts.ts';

/** Gives a filter a name, or another one. */
export function SaveViewDialog({
  open,
  onOpenChange,
  view,
  filter,
  onSaved,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The filter to rename; without one, the present filter is saved. */
  view: SavedFilter | undefined;
  filter: LeadFilter;
  onSaved: (view: SavedFilter) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? view?.name ?? '';
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      saveFilter({ id: view?.id, name: name.trim(), filter: view ? filterOfBody(view.filter) : filter }),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: savedFiltersQuery.queryKey });
      toastDone(view ? 'Filter renamed' : 'Filter saved', saved.name);
      if (!view) onSaved(saved);
      toggle(false);
    },
  });
  const toggle = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setTyped(null);
    save.reset();
  };
  const atName = save.error instanceof ApiError ? save.error.at('name') : null;
  return (
    <FormDialog
      open={open}
      onOpenChange={toggle}
      title={view ? 'Rename the filter' : 'Save this filter'}
      description={view ? undefined : 'Everybody of your organisation can pick it, also for a launch.'}
      submit={view ? 'Rename' : 'Save'}
      busy={save.isPending}
      disabled={name.trim() === ''}
      onSubmit={() => save.mutate()}
    >
      <TextField
        label="Name"
        value={name}
        maxLength={100}
        onChange={(event) => setTyped(event.target.value)}
        error={atName}
      />
      {atName === null ? <ProblemNote error={save.error} /> : null}
    </FormDialog>
  );
}
