import type { Header } from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../lib/format.ts';
import { nextSort, sortedBy } from '../lib/lead-filter.ts';
import type { Features } from './data-columns.ts';

export type Sorting = { value: string | undefined; onChange: (value: string | undefined) => void };

const sortIcons = { ascending: ArrowUp, descending: ArrowDown };

/** The head of a column; a click sorts by it where the server can. */
export function HeadCell<T extends object>({
  header,
  sorting,
  children,
}: {
  header: Header<Features, T, unknown>;
  sorting: Sorting | undefined;
  children: ReactNode;
}) {
  const { sort, align } = header.column.columnDef.meta ?? {};
  const sorted = sort && sorting ? sortedBy(sorting.value, sort) : null;
  const Icon = sorted ? sortIcons[sorted] : ChevronsUpDown;
  return (
    <div
      role="columnheader"
      aria-sort={sorted ?? undefined}
      className={cx('truncate', align === 'end' && 'text-right')}
    >
      {sort && sorting ? (
        <>
          <button
            type="button"
            onClick={() => sorting.onChange(nextSort(sorting.value, sort))}
            className={cx(
              'group/head -mx-1 inline-flex max-w-full items-center gap-1 rounded px-1 py-0.5 hover:text-ink max-md:hidden',
              sorted && 'text-ink',
            )}
          >
            <span className="truncate">{children}</span>
            <Icon
              className={cx('size-3.5 shrink-0', !sorted && 'opacity-45 group-hover/head:opacity-100')}
              aria-hidden
            />
          </button>
          <span className="md:hidden">{children}</span>
        </>
      ) : (
        children
      )}
    </div>
  );
}
