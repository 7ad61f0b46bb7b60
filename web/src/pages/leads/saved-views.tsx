import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, ChevronDown, Pencil, Plus, Save, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Menu, MenuItem, MenuRadioGroup, MenuRadioItem, MenuSeparator } from '../../components/menu.tsx';
import { deleteFilter, saveFilter, savedFiltersQuery } from '../../data/leads.ts';
import type { SavedFilter } from '../../data/leads.ts';
import { filterOfBody, filterSize, sameFilter } from '../../lib/lead-filter.ts';
import type { LeadFilter } from '../../lib/lead-filter.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

const SaveViewDialog = lazyDialog(async () => (await import('./save-view-dialog.tsx')).SaveViewDialog);

const everybody = 'everybody';

type Asking = 'save' | 'rename' | 'delete' | null;

/** Filters that were given a name: picked, kept, changed, renamed, deleted. */
export function SavedViews({
  viewId,
  filter,
  onPick,
}: {
  viewId: string | undefined;
  filter: LeadFilter;
  onPick: (view: SavedFilter | null) => void;
}) {
  const { mayWork } = usePermissions();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState<Asking>(null);
  const views = useQuery(savedFiltersQuery).data?.items ?? [];
  const current = views.find(({ id }) => id === viewId);
  const changed = current !== undefined && !sameFilter(filterOfBody(current.filter), filter);
  const refresh = () => queryClient.invalidateQueries({ queryKey: savedFiltersQuery.queryKey });
  const update = useMutation({
    mutationFn: saveFilter,
    onSuccess: (view) => toastDone('Filter saved', view.name),
    onError: (error) => toastError('The filter was not saved', error),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: deleteFilter,
    onSuccess: () => {
      toastDone('Filter deleted', current?.name);
      onPick(null);
    },
    onError: (error) => toastError('The filter was not deleted', error),
    onSettled: () => {
      setAsking(null);
      void refresh();
    },
  });
  const openAs = (which: Asking) => (open: boolean) => setAsking(open ? which : null);
  return (
    <>
      <Menu
        align="start"
        trigger={
          <Button className="max-w-56 min-w-0">
            <Bookmark aria-hidden />
            <span className="truncate">{current?.name ?? 'All leads'}</span>
            {changed ? <span className="text-ink-faint">(changed)</span> : null}
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        <MenuRadioGroup
          value={current?.id ?? everybody}
          onValueChange={(id: string) => onPick(views.find((view) => view.id === id) ?? null)}
        >
          <MenuRadioItem value={everybody} closeOnClick>
            All leads
          </MenuRadioItem>
          {views.map((view) => (
            <MenuRadioItem key={view.id} value={view.id} closeOnClick>
              <span className="max-w-60 truncate">{view.name}</span>
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
        {mayWork ? (
          <>
            <MenuSeparator />
            {current && changed ? (
              <MenuItem onClick={() => update.mutate({ id: current.id, name: current.name, filter })}>
                <Save aria-hidden />
                Save the changes
              </MenuItem>
            ) : null}
            <MenuItem disabled={filterSize(filter) === 0} onClick={() => setAsking('save')}>
              <Plus aria-hidden />
              Save this filter as…
            </MenuItem>
            {current ? (
              <>
                <MenuItem onClick={() => setAsking('rename')}>
                  <Pencil aria-hidden />
                  Rename…
                </MenuItem>
                <MenuItem danger onClick={() => setAsking('delete')}>
                  <Trash2 aria-hidden />
                  Delete…
                </MenuItem>
              </>
            ) : null}
          </>
        ) : null}
      </Menu>
      <SaveViewDialog
        open={asking === 'save' || asking === 'rename'}
        onOpenChange={openAs(asking)}
        view={asking === 'rename' ? current : undefined}
        filter={filter}
        onSaved={onPick}
      />
      <ConfirmDialog
        open={asking === 'delete'}
        onOpenChange={openAs('delete')}
        title={`Delete the filter “${current?.name ?? ''}”?`}
        confirm="Delete"
        variant="danger"
        busy={remove.isPending}
        onConfirm={() => {
          if (current) remove.mutate(current.id);
        }}
      >
        <p>The leads stay; only the filter is forgotten, for everybody of your organisation.</p>
      </ConfirmDialog>
    </>
  );
}
