import { Link } from '@tanstack/react-router';
import type { Launch } from '../../data/types.ts';
import { formatCount } from '../../lib/format.ts';

/** The two lists of a launch, as links, so that each has its address. */
export function LaunchViews({ launch }: { launch: Launch }) {
  const journeys = Object.values(launch.journeys).reduce((sum, count) => sum + count, 0);
  const views = [
    { id: 'journeys', label: 'Journeys', count: journeys, search: { view: undefined } },
    { id: 'refused', label: 'Refused', count: launch.members.refused, search: { view: 'refused' as const } },
  ] as const;
  return (
    <nav aria-label="Lists of this launch" className="mb-4 flex gap-5 border-b border-line">
      {views.map(({ id, label, count, search }) => (
        <Link
          key={id}
          to="/launches/$launchId"
          params={{ launchId: launch.id }}
          search={search}
          replace
          resetScroll={false}
          // Without this, the list without a `view` would count as current on the other one too.
          activeOptions={{ includeSearch: true, explicitUndefined: true }}
          className="-mb-px flex items-center gap-2 border-b-2 border-transparent px-0.5 pb-2 text-sm font-medium text-ink-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
        >
          {label}
          <span className="tabular rounded-full bg-sunken px-1.5 text-xs text-ink-muted">
            {formatCount(count)}
          </span>
        </Link>
      ))}
    </nav>
  );
}
