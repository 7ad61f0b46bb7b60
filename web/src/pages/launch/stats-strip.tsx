import { useQuery } from '@tanstack/react-query';
import { statsQuery } from '../../data/queries.ts';
import type { Stats } from '../../data/types.ts';
import { Skeleton } from '../../components/states.tsx';
import { formatCount } from '../../lib/format.ts';

const figures: { label: string; of: (stats: Stats) => number }[] = [
  { label: 'Leads', of: (stats) => stats.leads },
  { label: 'Journeys running', of: (stats) => stats.journeys.active + stats.journeys.paused },
  { label: 'Completed', of: (stats) => stats.journeys.completed },
  { label: 'Texts sent', of: (stats) => stats.texts.sent },
  { label: 'Replies', of: (stats) => stats.texts.received },
  { label: 'Calls answered', of: (stats) => stats.calls.answered ?? 0 },
];

/** The organisation in six numbers. When they cannot be had, the page works without them. */
export function StatsStrip() {
  const { data, isError } = useQuery(statsQuery);
  if (isError && !data) return null;
  return (
    <dl
      aria-label="Now"
      className="mb-5 grid grid-cols-3 gap-px overflow-hidden rounded-card border border-line bg-line shadow-card sm:grid-cols-6"
    >
      {figures.map(({ label, of }) => (
        <div key={label} className="bg-surface px-4 py-3">
          <dt className="truncate text-xs text-ink-faint">{label}</dt>
          <dd className="tabular mt-0.5 text-lg font-semibold">
            {data ? formatCount(of(data)) : <Skeleton className="my-1 h-5 w-10" />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
