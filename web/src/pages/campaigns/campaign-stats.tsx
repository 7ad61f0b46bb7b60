import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { campaignStatsQuery } from '../../data/campaigns.ts';
import type { CampaignStats } from '../../data/campaigns.ts';
import { Skeleton } from '../../components/states.tsx';
import { formatCount } from '../../lib/format.ts';

const figures: { label: string; of: (stats: CampaignStats) => number }[] = [
  { label: 'Journeys running', of: ({ journeys }) => journeys.active + journeys.paused },
  { label: 'Completed', of: ({ journeys }) => journeys.completed },
  { label: 'Removed', of: ({ journeys }) => journeys.removed },
  { label: 'Texts sent', of: ({ texts }) => texts.sent },
  { label: 'Replies', of: ({ texts }) => texts.received },
  { label: 'Calls answered', of: ({ calls }) => calls.answered ?? 0 },
];

/** What the campaign has come to so far. When it cannot be had, the page works without it. */
export function CampaignStatsStrip({ campaignId }: { campaignId: string }) {
  const { data, isError } = useQuery(campaignStatsQuery(campaignId));
  if (isError && !data) return null;
  const dispositions = data?.dispositions.filter(({ count }) => count > 0) ?? [];
  return (
    <section aria-label="So far" className="mb-5">
      <dl className="grid grid-cols-3 gap-px overflow-hidden rounded-card border border-line bg-line shadow-card sm:grid-cols-6">
        {figures.map(({ label, of }) => (
          <div key={label} className="bg-surface px-4 py-3">
            <dt className="truncate text-xs text-ink-faint">{label}</dt>
            <dd className="tabular mt-0.5 text-lg font-semibold">
              {data ? formatCount(of(data)) : <Skeleton className="my-1 h-5 w-10" />}
            </dd>
          </div>
        ))}
      </dl>
      {dispositions.length > 0 ? (
        <ul aria-label="Dispositions" className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1 px-1 text-[13px]">
          {dispositions.map(({ code, label, count }) => (
            <li key={code} className="flex items-center gap-1.5">
              <span className="tabular font-medium">{formatCount(count)}</span>
              <span className="text-ink-muted">{label}</span>
            </li>
          ))}
          <li>
            <Link to="/journeys" search={{ campaignId }} className="rounded text-accent hover:underline">
              All journeys
            </Link>
          </li>
        </ul>
      ) : null}
    </section>
  );
}
