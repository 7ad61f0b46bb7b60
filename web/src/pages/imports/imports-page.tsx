import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { importsQuery } from '../../data/imports.ts';
import type { Import } from '../../data/imports.ts';
import { Badge } from '../../components/badge.tsx';
import { buttonClass } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { defineColumns } from '../../components/data-table.tsx';
import { InfiniteList } from '../../components/infinite-list.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { formatCount } from '../../lib/format.ts';
import { formatBytes, statusLooks } from './words.ts';

const columns = defineColumns<Import>((column) => [
  column.display({
    id: 'file',
    header: 'File',
    meta: { track: 'minmax(10rem, 2fr)' },
    cell: ({ row: { original: each } }) => (
      <Link
        to="/imports/$importId"
        params={{ importId: each.id }}
        className="block truncate rounded font-medium after:absolute after:inset-0"
      >
        {each.fileName}
      </Link>
    ),
  }),
  column.display({
    id: 'status',
    header: 'Status',
    meta: { track: '8rem', narrow: 'corner' },
    cell: ({ row: { original: each } }) => {
      const { label, tone } = statusLooks[each.status];
      return (
        <Badge tone={tone} dot pulse={each.status === 'importing'}>
          {label}
        </Badge>
      );
    },
  }),
  ...(
    [
      ['New leads', (each) => each.created],
      ['Updated', (each) => each.updated],
      ['To mend', (each) => each.rejected],
    ] satisfies [string, (each: Import) => number][]
  ).map(([header, of]) =>
    column.display({
      id: header,
      header,
      meta: { track: '6rem', align: 'end' },
      cell: ({ row: { original: each } }) => (
        <span className="tabular">{each.status === 'done' ? formatCount(of(each)) : '–'}</span>
      ),
    }),
  ),
  column.display({
    id: 'size',
    header: 'Size',
    meta: { track: '6rem', align: 'end' },
    cell: ({ row: { original: each } }) => (
      <span className="tabular text-[13px] text-ink-muted">{formatBytes(each.bytes)}</span>
    ),
  }),
  column.display({
    id: 'created',
    header: 'Uploaded',
    meta: { track: '8rem', align: 'end' },
    cell: ({ row: { original: each } }) => (
      <span className="text-[13px] text-ink-muted">
        <RelativeTime iso={each.createdAt} />
      </span>
    ),
  }),
]);

/** Every file of leads that was uploaded, newest first. */
export function ImportsPage() {
  const query = useInfiniteQuery(importsQuery());
  return (
    <Page
      title="Imports"
      description="The files that leads came from, and the lines still to mend."
      actions={
        <Link to="/" className={buttonClass('primary')}>
          <FileUp aria-hidden />
          Import a file
        </Link>
      }
    >
      <Card flush>
        <InfiniteList
          label="Imports"
          noun="file"
          query={query}
          columns={columns}
          rowId={(each) => each.id}
          empty={
            <EmptyState
              icon={FileUp}
              title="No files yet"
              actions={
                <Link to="/" className={buttonClass('primary')}>
                  Import the first one
                </Link>
              }
            >
              CSV, text and Excel files of leads appear here with what became of each of their lines.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}
