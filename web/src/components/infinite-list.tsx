import type { UseInfiniteQueryResult, InfiniteData } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Page } from '../data/types.ts';
import { plural } from '../lib/format.ts';
import { DataTable } from './data-table.tsx';
import type { DataColumn, ListWork } from './data-table.tsx';
import { ErrorState, SkeletonRows } from './states.tsx';

type InfiniteListProps<T extends object> = ListWork<T> & {
  label: string;
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  columns: DataColumn<T>[];
  rowId: (row: T) => string;
  empty: ReactNode;
  /** What the rows are: "journey". */
  noun: string;
  nouns?: string;
};

/** A table fed page by page from the server as the reader scrolls, with every state it can be in. */
export function InfiniteList<T extends object>(props: InfiniteListProps<T>) {
  const { query, noun, nouns = `${noun}s` } = props;
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);

  if (query.isPending) return <SkeletonRows />;
  if (query.isError && rows.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (rows.length === 0) return props.empty;
  return (
    <>
      <DataTable
        label={props.label}
        columns={props.columns}
        rows={rows}
        rowId={props.rowId}
        selecting={props.selecting}
        sorting={props.sorting}
        onCommand={props.onCommand}
        onEndNear={hasNextPage ? more : undefined}
      />
      <p
        role="status"
        className="flex items-center gap-2 border-t border-line px-4 py-2.5 text-xs text-ink-faint"
      >
        {isFetchingNextPage ? <LoaderCircle className="size-3.5 animate-spin" aria-hidden /> : null}
        {hasNextPage
          ? `${plural(rows.length, noun, nouns)} loaded, more as you scroll`
          : `${plural(rows.length, noun, nouns)} in all`}
      </p>
    </>
  );
}
