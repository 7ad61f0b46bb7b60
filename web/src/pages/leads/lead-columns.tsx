import { Link } from '@tanstack/react-router';
import { Ban } from 'lucide-react';
import { Badge } from '../../components/badge.tsx';
import { defineColumns } from '../../components/data-table.tsx';
import type { DataColumn } from '../../components/data-table.tsx';
import { StageBadge } from '../../components/stage-badge.tsx';
import { RelativeTime } from '../../components/time.tsx';
import type { CustomField } from '../../data/leads.ts';
import type { Lead } from '../../data/types.ts';
import { leadName, words } from '../../lib/format.ts';

/** Left out where a row is a card. */
const none = (
  <span data-none className="text-ink-faint">
    –
  </span>
);

/** Every column that a list of leads can have; the name is always there. */
const columns = defineColumns<Lead>((column) => [
  column.display({
    id: 'lead',
    header: 'Lead',
    meta: { track: 'minmax(11rem, 1.6fr)', sort: 'name' },
    cell: ({ row: { original: lead } }) => (
      <>
        <Link
          to="/leads/$leadId"
          params={{ leadId: lead.id }}
          className="block truncate rounded font-medium after:absolute after:inset-0"
        >
          {leadName(lead)}
        </Link>
        <span className="flex items-center gap-1.5 text-xs text-ink-faint">
          {lead.blocked ? (
            <span className="inline-flex items-center gap-1 text-bad">
              <Ban className="size-3" aria-hidden />
              Blocked
            </span>
          ) : null}
          <span className="truncate">{lead.company}</span>
        </span>
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
    id: 'email',
    header: 'E-mail',
    meta: { track: 'minmax(11rem, 1.3fr)' },
    cell: ({ row: { original: lead } }) => lead.email ?? none,
  }),
  column.display({
    id: 'place',
    header: 'Place',
    meta: { track: 'minmax(8rem, 1.1fr)' },
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
    meta: { track: 'minmax(7rem, 0.9fr)', sort: 'stage' },
    cell: ({ row: { original: lead } }) => (lead.stage ? <StageBadge stage={lead.stage} /> : none),
  }),
  column.display({
    id: 'tags',
    header: 'Tags',
    meta: { track: 'minmax(8rem, 1fr)' },
    cell: ({ row: { original: lead } }) => (lead.tags.length > 0 ? <TagList tags={lead.tags} /> : none),
  }),
  column.display({
    id: 'source',
    header: 'Source',
    meta: { track: 'minmax(6rem, 0.9fr)' },
    cell: ({ row: { original: lead } }) => lead.source ?? none,
  }),
  column.display({
    id: 'country',
    header: 'Country',
    meta: { track: 'minmax(5rem, 0.7fr)' },
    cell: ({ row: { original: lead } }) => lead.country ?? none,
  }),
  column.display({
    id: 'externalId',
    header: 'External id',
    meta: { track: 'minmax(7rem, 0.9fr)' },
    cell: ({ row: { original: lead } }) =>
      lead.externalId ? <span className="font-mono text-xs">{lead.externalId}</span> : none,
  }),
  column.display({
    id: 'score',
    header: 'Score',
    meta: { track: '3.5rem', align: 'end' },
    cell: ({ row: { original: lead } }) => lead.score ?? none,
  }),
  column.display({
    id: 'created',
    header: 'Added',
    meta: { track: '6.5rem', align: 'end', sort: 'createdAt' },
    cell: ({ row: { original: lead } }) => <Ago iso={lead.createdAt} />,
  }),
  column.display({
    id: 'updated',
    header: 'Updated',
    meta: { track: '6.5rem', align: 'end', narrow: 'hidden', sort: 'updatedAt' },
    cell: ({ row: { original: lead } }) => <Ago iso={lead.updatedAt} />,
  }),
]);

/** Shown until the reader chooses otherwise. */
export const usualColumns = ['phone', 'place', 'status', 'stage', 'tags', 'updated'];

export const customColumnId = (name: string): string => `custom.${name}`;

/** What can be chosen from: the columns beside the name, then the organisation's own fields. */
export function columnChoices(fields: CustomField[]): { id: string; label: string }[] {
  return [
    ...columns.slice(1).map((each) => ({ id: each.id ?? '', label: String(each.header) })),
    ...fields.map(({ name, label }) => ({ id: customColumnId(name), label })),
  ];
}

/** The chosen columns, in their usual order. */
export function leadColumns(chosen: readonly string[], fields: CustomField[]): DataColumn<Lead>[] {
  const own = fields.map(({ name, label }) => customColumn(name, label));
  return [...columns, ...own].filter((each) => each.id === 'lead' || chosen.includes(each.id ?? ''));
}

function customColumn(name: string, label: string): DataColumn<Lead> {
  return {
    id: customColumnId(name),
    header: label,
    meta: { track: 'minmax(7rem, 0.9fr)' },
    cell: ({ row: { original: lead } }) => lead.customFields[name] || none,
  };
}

function Ago({ iso }: { iso: string }) {
  return (
    <span className="text-[13px] text-ink-muted">
      <RelativeTime iso={iso} />
    </span>
  );
}

function TagList({ tags }: { tags: string[] }) {
  const [first, second, ...more] = tags;
  return (
    <span className="inline-flex max-w-full items-center gap-1" title={tags.join(', ')}>
      {[first, second].map((tag) => (tag ? <Badge key={tag}>{tag}</Badge> : null))}
      {more.length > 0 ? <span className="text-xs text-ink-faint">+{more.length}</span> : null}
    </span>
  );
}
