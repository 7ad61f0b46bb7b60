import type { Row } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { cx } from '../lib/format.ts';
import type { Features } from './data-columns.ts';

type ModelCell<T extends object> = ReturnType<Row<Features, T>['getAllCells']>[number];

/** The cells of a row: side by side, or on a narrow screen as a block with labels. */
export function Cells<T extends object>({
  row,
  boxed,
  render,
}: {
  row: Row<Features, T>;
  /** Whether a box to tick stands before them. */
  boxed: boolean;
  render: (cell: ModelCell<T>) => ReactNode;
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
            'flex items-baseline justify-between gap-4 py-0.5 max-md:order-3 max-md:text-[13px] max-md:has-[[data-none]]:hidden',
          labelled && (boxed ? 'max-md:col-[2/-1]' : 'max-md:col-span-full'),
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
