import { useTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { cx } from '../lib/format.ts';
import type { ListCommand } from '../lib/list-keys.ts';
import { isSelected, toggleRow } from '../lib/selection.ts';
import { usePageOffset } from '../lib/use-page-offset.ts';
import { Cells } from './data-cells.tsx';
import { features, tracksOf } from './data-columns.ts';
import type { DataColumn } from './data-columns.ts';
import { HeadCell } from './data-head.tsx';
import type { Sorting } from './data-head.tsx';
import { HeadBox, RowBox } from './row-select.tsx';
import type { RowSelecting } from './row-select.tsx';
import { useListKeys } from './use-list-keys.ts';

export { defineColumns } from './data-columns.ts';
export type { DataColumn } from './data-columns.ts';

/** What makes a list one to work on: choosing rows, sorting by the server, moving by keys. */
export type ListWork<T extends object> = {
  selecting?: RowSelecting<T> | undefined;
  sorting?: Sorting | undefined;
  /** Called with the keys that the table itself does not answer: search, help, clear. */
  onCommand?: ((command: ListCommand) => void) | undefined;
};

type DataTableProps<T extends object> = ListWork<T> & {
  label: string;
  columns: DataColumn<T>[];
  rows: T[];
  rowId: (row: T) => string;
  /** Called when the end comes near, as long as the server has more. */
  onEndNear?: (() => void) | undefined;
};

const estimatedRowPx = 49;
const boxTrack = '1rem';

/** A list of any length: only the rows in view are in the page. The window scrolls, so it works on a phone too. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, columns, rows, rowId, onEndNear, selecting, sorting, onCommand } = props;
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  const body = useRef<HTMLDivElement>(null);
  const offset = usePageOffset(body);
  const modelRows = table.getRowModel().rows;
  const rowIds = useMemo(() => rows.map(rowId), [rows, rowId]);
  const virtualizer = useWindowVirtualizer({
    count: modelRows.length,
    estimateSize: () => estimatedRowPx,
    overscan: 12,
    scrollMargin: offset,
    // Keeps a row that is moved to by keys clear of what is stuck to the window's edges.
    scrollPaddingStart: 80,
    scrollPaddingEnd: 80,
    getItemKey: (index) => modelRows[index]?.id ?? index,
  });
  useListKeys({
    enabled: onCommand !== undefined,
    body,
    count: modelRows.length,
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    onCommand: (command, index) => {
      const id = rowIds[index];
      if (command !== 'select' && command !== 'extend') onCommand?.(command);
      else if (selecting && id !== undefined)
        selecting.onChange(toggleRow(selecting.value, id, rowIds, command === 'extend'));
    },
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (onEndNear && last >= modelRows.length - 10) onEndNear();
  }, [last, modelRows.length, onEndNear]);

  const { tracks, minRem } = tracksOf(columns, selecting ? [boxTrack] : []);
  return (
    <div className="md:overflow-x-auto">
      <div
        role="table"
        aria-label={label}
        aria-rowcount={onEndNear ? -1 : modelRows.length + 1}
        className="@container text-sm md:min-w-(--least)"
        style={{ '--tracks': tracks, '--least': `${minRem}rem` } as React.CSSProperties}
      >
        <div role="rowgroup" className="max-md:sr-only">
          {table.getHeaderGroups().map((group) => (
            <div
              role="row"
              aria-rowindex={1}
              key={group.id}
              className="grid grid-cols-(--tracks) items-center gap-x-4 border-b border-line px-4 py-2 text-xs font-medium text-ink-faint"
            >
              {selecting ? <HeadBox selecting={selecting} rowIds={rowIds} /> : null}
              {group.headers.map((header) => (
                <HeadCell key={header.id} header={header} sorting={sorting}>
                  <table.FlexRender header={header} />
                </HeadCell>
              ))}
            </div>
          ))}
        </div>
        <div role="rowgroup" ref={body} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = modelRows[item.index];
            return row ? (
              <div
                role="row"
                key={item.key}
                aria-rowindex={item.index + 2}
                data-index={item.index}
                ref={virtualizer.measureElement}
                className={cx(
                  'absolute inset-x-0 top-0 grid gap-x-3 border-b border-line px-4 py-2.5 transition-colors last:border-b-0 md:grid-cols-(--tracks) md:items-center md:gap-x-4',
                  // The whole row is the link, so the row shows where the focus is.
                  'focus-within:bg-sunken/60 hover:bg-sunken/60 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent [&_a:focus-visible]:outline-hidden',
                  selecting ? 'grid-cols-[1rem_minmax(0,1fr)_auto]' : 'grid-cols-[minmax(0,1fr)_auto]',
                  selecting &&
                    isSelected(selecting.value, row.id) &&
                    'bg-accent-soft/70 hover:bg-accent-soft',
                )}
                style={{ transform: `translateY(${item.start - offset}px)` }}
              >
                {selecting ? (
                  <RowBox selecting={selecting} row={row.original} id={row.id} rowIds={rowIds} />
                ) : null}
                <Cells
                  row={row}
                  boxed={selecting !== undefined}
                  render={(cell) => <table.FlexRender cell={cell} />}
                />
              </div>
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}
