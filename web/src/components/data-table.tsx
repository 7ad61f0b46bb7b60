import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import type { ColumnDef, Row } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';
import { cx } from '../lib/format.ts';
import { usePageOffset } from '../lib/use-page-offset.ts';

/** How a column is laid out. On a narrow screen a row becomes a block: the first column its head, the others labelled. */
export type ColumnLayout = {
  /** A track of CSS grid, such as `minmax(10rem, 2fr)`. */
  track: string;
  align?: 'end';
  /** On a narrow screen: beside the head instead of below it, or not at all. */
  narrow?: 'corner' | 'hidden';
};

const features = tableFeatures({ columnMeta: {} as ColumnLayout });
type Features = typeof features;

export type DataColumn<T extends object> = ColumnDef<Features, T, unknown>;

/** Columns of a list, made once at the top of its file. */
export function defineColumns<T extends object>(
  make: (helper: ReturnType<typeof createColumnHelper<Features, T>>) => DataColumn<T>[],
): DataColumn<T>[] {
  return make(createColumnHelper<Features, T>());
}

type DataTableProps<T extends object> = {
  label: string;
  columns: DataColumn<T>[];
  rows: T[];
  rowId: (row: T) => string;
  /** Called when the end comes near, as long as the server has more. */
  onEndNear?: (() => void) | undefined;
};

const estimatedRowPx = 49;

/** A list of any length: only the rows in view are in the page. The window scrolls, so it works on a phone too. */
export function DataTable<T extends object>({ label, columns, rows, rowId, onEndNear }: DataTableProps<T>) {
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  const body = useRef<HTMLDivElement>(null);
  const offset = usePageOffset(body);
  const modelRows = table.getRowModel().rows;
  const virtualizer = useWindowVirtualizer({
    count: modelRows.length,
    estimateSize: () => estimatedRowPx,
    overscan: 12,
    scrollMargin: offset,
    getItemKey: (index) => modelRows[index]?.id ?? index,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (onEndNear && last >= modelRows.length - 10) onEndNear();
  }, [last, modelRows.length, onEndNear]);

  const tracks = columns.map((column) => column.meta?.track ?? '1fr').join(' ');
  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={onEndNear ? -1 : modelRows.length + 1}
      className="@container text-sm"
      style={{ '--tracks': tracks } as React.CSSProperties}
    >
      <div role="rowgroup" className="max-md:sr-only">
        {table.getHeaderGroups().map((group) => (
          <div
            role="row"
            aria-rowindex={1}
            key={group.id}
            className="grid grid-cols-(--tracks) gap-x-4 border-b border-line px-4 py-2 text-xs font-medium text-ink-faint"
          >
            {group.headers.map((header) => (
              <div
                role="columnheader"
                key={header.id}
                className={cx('truncate', header.column.columnDef.meta?.align === 'end' && 'text-right')}
              >
                <table.FlexRender header={header} />
              </div>
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
              className="absolute inset-x-0 top-0 border-b border-line px-4 py-2.5 transition-colors last:border-b-0 focus-within:bg-sunken/60 hover:bg-sunken/60 grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 md:grid-cols-(--tracks) md:items-center md:gap-x-4"
              style={{ transform: `translateY(${item.start - offset}px)` }}
            >
              <Cells row={row} render={(cell) => <table.FlexRender cell={cell} />} />
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}

type ModelCell<T extends object> = ReturnType<Row<Features, T>['getAllCells']>[number];

function Cells<T extends object>({
  row,
  render,
}: {
  row: Row<Features, T>;
  render: (cell: ModelCell<T>) => React.ReactNode;
}) {
  return row.getAllCells().map((cell, index) => {
    const { header, meta } = cell.column.columnDef;
    const labelled = index > 0 && meta?.narrow === undefined;
    return (
      <div
        role="cell"
        key={cell.id}
        className={cx(
          'min-w-0 md:block md:truncate md:py-0',
          meta?.align === 'end' && 'md:text-right',
          index === 0 && 'max-md:order-1',
          meta?.narrow === 'corner' && 'max-md:order-2',
          meta?.narrow === 'hidden' && 'max-md:hidden',
          labelled &&
            'flex items-baseline justify-between gap-4 py-0.5 max-md:order-3 max-md:col-span-2 max-md:text-[13px]',
        )}
      >
        {labelled ? (
          <span aria-hidden className="shrink-0 text-xs text-ink-faint md:hidden">
            {typeof header === 'string' ? header : null}
          </span>
        ) : null}
        <span className={cx('min-w-0', labelled && 'max-md:text-right')}>{render(cell)}</span>
      </div>
    );
  });
}
