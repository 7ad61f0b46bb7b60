import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Rocket } from 'lucide-react';
import { launchesQuery } from '../../data/queries.ts';
import type { Launch } from '../../data/types.ts';
import { LaunchBadge } from '../../components/badge.tsx';
import { buttonClass } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { defineColumns } from '../../components/data-table.tsx';
import { InfiniteList } from '../../components/infinite-list.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { formatCount } from '../../lib/format.ts';

const number = (count: number) => <span className="tabular">{formatCount(count)}</span>;

const columns = defineColumns<Launch>((column) => [
  column.display({
    id: 'name',
    header: 'Launch',
    meta: { track: 'minmax(10rem, 2fr)' },
    cell: ({ row: { original: launch } }) => (
      <Link
        to="/launches/$launchId"
        params={{ launchId: launch.id }}
        className="block truncate rounded font-medium after:absolute after:inset-0"
      >
        {launch.name}
      </Link>
    ),
  }),
  column.display({
    id: 'campaign',
    header: 'Campaign',
    meta: { track: 'minmax(8rem, 1.4fr)' },
    cell: ({ row: { original: launch } }) => launch.campaign.name,
  }),
  column.display({
    id: 'status',
    header: 'Status',
    meta: { track: '7rem', narrow: 'corner' },
    cell: ({ row: { original: launch } }) => <LaunchBadge status={launch.status} />,
  }),
  ...(
    [
      ['Leads', (launch) => launch.members.total],
      ['Running', (launch) => launch.journeys.active + launch.journeys.paused],
      ['Completed', (launch) => launch.journeys.completed],
      ['Removed', (launch) => launch.journeys.removed],
      ['Refused', (launch) => launch.members.refused],
    ] satisfies [string, (launch: Launch) => number][]
  ).map(([header, of]) =>
    column.display({
      id: header,
      header,
      meta: { track: '5.5rem', align: 'end' },
      cell: ({ row }) => number(of(row.original)),
    }),
  ),
  column.display({
    id: 'created',
    header: 'Launched',
    meta: { track: '7rem', align: 'end' },
    cell: ({ row: { original: launch } }) => (
      <span className="text-[13px] text-ink-muted">
        <RelativeTime iso={launch.createdAt} />
      </span>
    ),
  }),
]);

export function LaunchesPage() {
  const query = useInfiniteQuery(launchesQuery());
  return (
    <Page
      title="Launches"
      description="Batches of leads that were started together."
      actions={
        <Link to="/" className={buttonClass('primary')}>
          <Rocket aria-hidden />
          New launch
        </Link>
      }
    >
      <Card flush>
        <InfiniteList
          label="Launches"
          noun="launch"
          nouns="launches"
          query={query}
          columns={columns}
          rowId={(launch) => launch.id}
          empty={
            <EmptyState
              icon={Rocket}
              title="Nothing launched yet"
              actions={
                <Link to="/" className={buttonClass('primary')}>
                  Launch a campaign
                </Link>
              }
            >
              Upload a CSV of leads and choose a campaign; the launch and its progress appear here.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}
