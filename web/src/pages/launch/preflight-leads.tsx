import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { preflightLeadsQuery } from '../../data/launches.ts';
import type { Cohort } from '../../data/launches.ts';
import { Button } from '../../components/button.tsx';
import { Skeleton } from '../../components/states.tsx';
import { words } from '../../lib/format.ts';

/** The leads whom one reason would leave out. */
export function PreflightLeads(asked: { campaignId: string; cohort: Cohort; code: string }) {
  const query = useInfiniteQuery(preflightLeadsQuery(asked.campaignId, asked.cohort, asked.code));
  if (query.isPending) return <Skeleton className="h-16 w-full" />;
  if (query.isError && !query.data) {
    return <p className="text-[13px] text-bad">They could not be listed: {query.error.message}</p>;
  }
  const leads = query.data.pages.flatMap((page) => page.items);
  return (
    <>
      <ul
        aria-label={words(asked.code)}
        className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface"
      >
        {leads.map((lead) => (
          <li
            key={`${lead.leadId} ${lead.stepId}`}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5 text-[13px]"
          >
            <Link
              to="/leads/$leadId"
              params={{ leadId: lead.leadId }}
              target="_blank"
              className="min-w-0 rounded font-medium hover:underline"
            >
              {lead.leadName || 'No name'}
            </Link>
            <span className="tabular text-ink-muted">{lead.phoneFormatted}</span>
            <span className="text-ink-faint sm:ml-auto">
              {lead.stepId === null ? null : `Step “${words(lead.stepId)}”`}
            </span>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          size="sm"
          variant="ghost"
          className="mt-1"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </>
  );
}
