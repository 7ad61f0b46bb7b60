import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { launchesQuery } from '../../data/queries.ts';
import { LaunchBadge } from '../../components/badge.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { plural } from '../../lib/format.ts';
import { FirstSteps } from './first-steps.tsx';

const shown = 4;

/** The last few launches, to get back to them. */
export function RecentLaunches() {
  const { data } = useInfiniteQuery(launchesQuery(shown));
  if (!data) return null;
  const launches = data.pages[0]?.items ?? [];
  if (launches.length === 0) return <FirstSteps />;
  return (
    <section aria-labelledby="recent-launches" className="mt-8">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 id="recent-launches" className="text-sm font-semibold">
          Recent launches
        </h2>
        <Link to="/launches" className="rounded text-[13px] text-accent hover:underline">
          All launches
        </Link>
      </div>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface shadow-card">
        {launches.map((launch) => (
          <li
            key={launch.id}
            className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm hover:bg-sunken/60"
          >
            <Link
              to="/launches/$launchId"
              params={{ launchId: launch.id }}
              className="min-w-0 flex-1 truncate rounded font-medium after:absolute after:inset-0"
            >
              {launch.name}
            </Link>
            <span className="sm:w-24">
              <LaunchBadge status={launch.status} />
            </span>
            <span className="text-[13px] text-ink-muted max-sm:w-full sm:w-80 sm:truncate sm:text-right">
              {plural(launch.members.total, 'lead')} into {launch.campaign.name},{' '}
              <RelativeTime iso={launch.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
