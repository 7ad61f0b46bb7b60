import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { SearchX, Users } from 'lucide-react';
import { leadsQuery, statsQuery } from '../../data/queries.ts';
import type { Lead } from '../../data/types.ts';
import { buttonClass } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { defineColumns } from '../../components/data-table.tsx';
import { InfiniteList } from '../../components/infinite-list.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { StageBadge } from '../../components/stage-badge.tsx';
import { EmptyState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { leadName, plural, words } from '../../lib/format.ts';

const none = <span className="text-ink-faint">–</span>;

const columns = defineColumns<Lead>((column) => [
  column.display({
    id: 'lead',
    header: 'Lead',
    meta: { track: 'minmax(10rem, 1.6fr)' },
    cell: ({ row: { original: lead } }) => (
      <>
        <Link
          to="/leads/$leadId"
          params={{ leadId: lead.id }}
          className="block truncate rounded font-medium after:absolute after:inset-0"
        >
          {leadName(lead)}
        </Link>
        {lead.company ? <span className="block truncate text-xs text-ink-faint">{lead.company}</span> : null}
      </>
    ),
  }),
  column.display({
    id: 'phone',
    header: 'Phone',
    meta: { track: '9.5rem' },
    cell: ({ row: { original: lead } }) => <span className="tabular">{lead.phoneFormatted}</span>,
  }),
  column.display({
    id: 'place',
    header: 'Place',
    meta: { track: 'minmax(8rem, 1.2fr)' },
    cell: ({ row: { original: lead } }) => [lead.city, lead.state].filter(Boolean).join(', ') || none,
  }),
  column.display({
    id: 'status',
    header: 'Status',
    meta: { track: 'minmax(6.5rem, 0.8fr)', narrow: 'corner' },
    cell: ({ row: { original: lead } }) => words(lead.status),
  }),
  column.display({
    id: 'stage',
    header: 'Stage',
    meta: { track: 'minmax(7rem, 0.9fr)' },
    cell: ({ row: { original: lead } }) => (lead.stage ? <StageBadge stage={lead.stage} /> : none),
  }),
  column.display({
    id: 'source',
    header: 'Source',
    meta: { track: 'minmax(6rem, 0.9fr)', narrow: 'hidden' },
    cell: ({ row: { original: lead } }) => lead.source ?? none,
  }),
  column.display({
    id: 'updated',
    header: 'Updated',
    meta: { track: '6.5rem', align: 'end', narrow: 'hidden' },
    cell: ({ row: { original: lead } }) => (
      <span className="text-[13px] text-ink-muted">
        <RelativeTime iso={lead.updatedAt} />
      </span>
    ),
  }),
]);

const route = getRouteApi('/member/leads');

export function LeadsPage() {
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: stats } = useQuery(statsQuery);
  const query = useInfiniteQuery({ ...leadsQuery({ search }), placeholderData: keepPreviousData });
  return (
    <Page
      title="Leads"
      description={stats ? `${plural(stats.leads, 'person', 'people')} to reach.` : 'The people to reach.'}
      actions={
        <Link to="/" className={buttonClass('secondary')}>
          Import leads
        </Link>
      }
    >
      <SearchField
        label="Search by name, phone, e-mail or company"
        value={search ?? ''}
        onChange={(next) => void navigate({ search: next ? { search: next } : {}, replace: true })}
        className="mb-3 w-full sm:w-96"
      />
      <Card flush>
        <InfiniteList
          label="Leads"
          noun="lead"
          query={query}
          columns={columns}
          rowId={(lead) => lead.id}
          empty={
            search ? (
              <EmptyState icon={SearchX} title="No lead matches">
                Nobody is found for “{search}”.
              </EmptyState>
            ) : (
              <EmptyState
                icon={Users}
                title="No leads yet"
                actions={
                  <Link to="/" className={buttonClass('primary')}>
                    Import a CSV
                  </Link>
                }
              >
                Leads come from a CSV on the Launch page, or from your CRM through the API.
              </EmptyState>
            )
          }
        />
      </Card>
    </Page>
  );
}
