import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { JourneyBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { SkeletonRows } from '../../components/states.tsx';
import { Instant } from '../../components/time.tsx';
import { journeysQuery } from '../../data/queries.ts';

/** Every journey that the lead ever had. */
export function JourneysCard({ leadId }: { leadId: string }) {
  const query = useInfiniteQuery(journeysQuery({ leadId }));
  const journeys = query.data?.pages.flatMap((page) => page.items);
  return (
    <Card title="Journeys" flush>
      {!journeys ? (
        <SkeletonRows rows={1} />
      ) : journeys.length === 0 ? (
        <p className="px-4 py-3.5 text-sm text-ink-muted">
          None yet. A journey begins when this lead is launched into a campaign.
        </p>
      ) : (
        <ul aria-label="Journeys" className="divide-y divide-line">
          {journeys.map((journey) => (
            <li key={journey.id} className="flex items-center justify-between gap-3 px-4 py-2.5 text-sm">
              <span className="min-w-0">
                <Link
                  to="/journeys/$journeyId"
                  params={{ journeyId: journey.id }}
                  className="block truncate rounded font-medium text-accent hover:underline"
                >
                  {journey.campaign.name}
                </Link>
                <span className="block text-xs text-ink-faint">
                  since <Instant iso={journey.createdAt} />
                </span>
              </span>
              <JourneyBadge status={journey.status} />
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <div className="border-t border-line p-2 text-center">
          <Button
            size="sm"
            variant="ghost"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
