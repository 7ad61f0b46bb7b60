import { useInfiniteQuery } from '@tanstack/react-query';
import { journeysQuery } from '../../data/queries.ts';
import { WhyNotYet } from '../journey/why-not-yet.tsx';

/** For each journey of the lead that goes on: why it does not go on yet. */
export function LeadWhy({ leadId }: { leadId: string }) {
  const { data } = useInfiniteQuery(journeysQuery({ leadId }));
  const going = data?.pages.flatMap((page) => page.items).filter(({ endedAt }) => endedAt === null) ?? [];
  return going.map((journey) => (
    <WhyNotYet
      key={journey.id}
      journey={journey}
      about={going.length > 1 ? journey.campaign.name : undefined}
    />
  ));
}
