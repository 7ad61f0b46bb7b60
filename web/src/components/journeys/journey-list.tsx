import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Route } from 'lucide-react';
import type { ReactNode } from 'react';
import { journeysQuery } from '../../data/queries.ts';
import type { JourneyFilter } from '../../data/queries.ts';
import { InfiniteList } from '../infinite-list.tsx';
import { EmptyState } from '../states.tsx';
import { journeyColumns } from './journey-columns.tsx';

/** The journeys that a filter lets through, newest first. */
export function JourneyList({
  filter,
  columns = 'any',
  empty,
}: {
  filter: JourneyFilter;
  /** Leaves out what would be the same in every row. */
  columns?: keyof typeof journeyColumns;
  empty: ReactNode;
}) {
  const query = useInfiniteQuery({ ...journeysQuery(filter), placeholderData: keepPreviousData });
  const narrowed = Boolean(filter.status ?? filter.waitingFor ?? filter.search);
  return (
    <InfiniteList
      label="Journeys"
      noun="journey"
      query={query}
      columns={journeyColumns[columns]}
      rowId={(journey) => journey.id}
      empty={
        narrowed ? (
          <EmptyState icon={Route} title="No journey matches">
            Change or clear the filter to see others.
          </EmptyState>
        ) : (
          empty
        )
      }
    />
  );
}
