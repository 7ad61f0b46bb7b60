import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { refusedMembersQuery } from '../../data/queries.ts';
import type { Launch, LaunchMember } from '../../data/types.ts';
import { Badge } from '../../components/badge.tsx';
import type { Tone } from '../../components/badge.tsx';
import { Card } from '../../components/card.tsx';
import { defineColumns } from '../../components/data-table.tsx';
import { InfiniteList } from '../../components/infinite-list.tsx';
import { EmptyState } from '../../components/states.tsx';
import { words } from '../../lib/format.ts';
import { RelaunchBar } from './relaunch-bar.tsx';

const severityTones: Record<string, Tone> = { critical: 'bad', high: 'bad', medium: 'warn', low: 'neutral' };

const columns = defineColumns<LaunchMember>((column) => [
  column.display({
    id: 'lead',
    header: 'Lead',
    meta: { track: 'minmax(9rem, 1fr)' },
    cell: ({ row: { original: member } }) => (
      <Link
        to="/leads/$leadId"
        params={{ leadId: member.leadId }}
        className="block truncate rounded font-medium after:absolute after:inset-0"
      >
        {member.leadName || 'No name'}
      </Link>
    ),
  }),
  column.display({
    id: 'reason',
    header: 'Why it was not started',
    meta: { track: 'minmax(12rem, 3fr)' },
    cell: ({ row: { original: member } }) => (
      <ul className="space-y-1">
        {member.problems.map((problem) => (
          <li
            key={`${problem.code} ${problem.stepId} ${problem.field}`}
            className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 max-md:justify-end"
          >
            <Badge tone={severityTones[problem.severity] ?? 'neutral'}>{words(problem.code)}</Badge>
            <span className="text-[13px] whitespace-normal text-ink-muted">
              {problem.message}
              {problem.action ? <span className="block text-ink-faint">{problem.action}</span> : null}
            </span>
          </li>
        ))}
      </ul>
    ),
  }),
]);

/** The leads of a launch that were not started, each with every reason. */
export function RefusedMembers({ launch }: { launch: Launch }) {
  const query = useInfiniteQuery(refusedMembersQuery(launch.id));
  return (
    <Card flush>
      <RelaunchBar launch={launch} />
      <InfiniteList
        label="Refused leads"
        noun="lead"
        query={query}
        columns={columns}
        rowId={(member) => member.leadId}
        empty={
          <EmptyState icon={CircleCheck} title="Nobody was refused">
            Every lead that was looked at could be started.
          </EmptyState>
        }
      />
    </Card>
  );
}
