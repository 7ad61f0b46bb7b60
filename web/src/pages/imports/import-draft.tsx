import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowRight, TriangleAlert } from 'lucide-react';
import {
  changeImport,
  discardImport,
  importPreviewQuery,
  importQuery,
  startImport,
} from '../../data/imports.ts';
import type { Import, ImportChange, ImportPreview } from '../../data/imports.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ErrorState, SkeletonPage } from '../../components/states.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';
import { ColumnMapping } from './column-mapping.tsx';
import { FileOptions } from './file-options.tsx';
import { PreviewRows } from './preview-rows.tsx';

/** How a file would be read, to look at and to change before anything is imported. */
export function ImportDraft({ draft }: { draft: Import }) {
  const { mayLaunch } = usePermissions();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const preview = useQuery(importPreviewQuery(draft.id));
  const { queryKey } = importQuery(draft.id);
  const change = useMutation({
    mutationFn: (wanted: ImportChange) => changeImport(draft.id, wanted),
    onSuccess: async (changed) => {
      queryClient.setQueryData(queryKey, changed);
      await queryClient.invalidateQueries({ queryKey: importPreviewQuery(draft.id).queryKey });
    },
  });
  const start = useMutation({
    mutationFn: () => startImport(draft.id),
    onSuccess: (started) => queryClient.setQueryData(queryKey, started),
    onError: (error) => toastError('The import was not started', error),
  });
  const discard = useMutation({
    mutationFn: () => discardImport(draft.id),
    onSuccess: async () => {
      toastDone('File discarded', draft.fileName);
      await navigate({ to: '/' });
      queryClient.removeQueries({ queryKey: ['import', draft.id] });
      await queryClient.invalidateQueries({ queryKey: ['import', 'list'] });
    },
    onError: (error) => toastError('The file was not discarded', error),
  });

  if (!preview.data) {
    return preview.isError ? (
      <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
    ) : (
      <SkeletonPage />
    );
  }
  const shown = change.isPending ? withChange(preview.data, change.variables) : preview.data;
  const hasPhone = shown.columns.some(({ target }) => target === 'phone');
  return (
    <div className="space-y-4" aria-busy={change.isPending}>
      <FileOptions preview={shown} disabled={!mayLaunch} onChange={change.mutate} />
      <ProblemNote error={change.error ?? preview.error} />
      <ColumnMapping columns={shown.columns} disabled={!mayLaunch} onChange={change.mutate} />
      <PreviewRows rows={shown.rows} pending={change.isPending || preview.isFetching} />
      {mayLaunch ? (
        <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-canvas/95 px-4 py-3 backdrop-blur sm:mx-0 sm:rounded-t-card sm:border-x">
          {hasPhone ? null : (
            <p className="mr-auto flex items-center gap-2 text-sm text-warn">
              <TriangleAlert className="size-4 shrink-0" aria-hidden />
              Say which column holds the phone number.
            </p>
          )}
          <Button variant="ghost" busy={discard.isPending} onClick={() => discard.mutate()}>
            Discard
          </Button>
          <Button
            variant="primary"
            busy={start.isPending}
            disabled={!hasPhone || change.isPending}
            onClick={() => start.mutate()}
          >
            Import the file
            <ArrowRight aria-hidden />
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** The choice is shown at once; what it makes of the rows comes with the answer. */
function withChange(preview: ImportPreview, change: ImportChange): ImportPreview {
  const { columns = [], ...options } = change;
  const targets = new Map(columns.map(({ index, target }) => [index, target]));
  return {
    ...preview,
    options: { ...preview.options, ...options },
    columns: preview.columns.map((column) => {
      const target = targets.get(column.index);
      return target === undefined ? column : { ...column, target };
    }),
  };
}
