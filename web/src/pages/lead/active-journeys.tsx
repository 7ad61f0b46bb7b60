import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { JourneyBadge } from '../../components/badge.tsx';
import { journeysQuery } from '../../data/queries.ts';
import type { Journey } from '../../data/types.ts';
import { JourneyActions } from '../journey/journey-actions.tsx';
import { WaitingCard } from '../journey/waiting-card.tsx';
import { WhyNotYet } from '../journey/why-not-yet.tsx';

/** What goes on for this lead: each running journey, what it waits for, and what can be done about it. */
export function ActiveJourneys({ leadId }: { leadId: string }) {
  const { data } = useInfiniteQuery(journeysQuery({ leadId }));
  const going = data?.pages.flatMap((page) => page.items).filter(({ endedAt }) => endedAt === null) ?? [];
  return going.map((journey) => <ActiveJourney key={journey.id} journey={journey} />);
}

function ActiveJourney({ journey }: { journey: Journey }) {
  return (
    <section aria-label={`Journey in ${journey.campaign.name}`} className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="flex min-w-0 flex-wrap items-center gap-2 text-sm">
          <Link
            to="/journeys/$journeyId"
            params={{ journeyId: journey.id }}
            className="rounded font-medium text-accent hover:underline"
          >
            {journey.campaign.name}
          </Link>
          <JourneyBadge status={journey.status} />
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <JourneyActions journey={journey} />
        </div>
      </div>
      <WaitingCard journey={journey} />
      <WhyNotYet journey={journey} />
    </section>
  );
}
