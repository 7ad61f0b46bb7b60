import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { Route } from 'lucide-react';
import { campaignsQuery, statsQuery } from '../../data/queries.ts';
import { buttonClass } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { JourneyFilters } from '../../components/journeys/journey-filters.tsx';
import { JourneyList } from '../../components/journeys/journey-list.tsx';
import { Page } from '../../components/page.tsx';
import { Select, anyValue, unlessAny } from '../../components/select.tsx';
import { EmptyState } from '../../components/states.tsx';

const route = getRouteApi('/member/journeys');

/** Every lead's run through a campaign. */
export function JourneysPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: stats } = useQuery(statsQuery);
  const campaigns = useInfiniteQuery(campaignsQuery()).data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="Journeys" description="Every lead's way through a campaign, and what each waits for.">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <JourneyFilters
          value={search}
          onChange={(next) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true })}
          counts={search.campaignId === undefined ? stats?.journeys : undefined}
        />
        {campaigns.length > 1 ? (
          <Select
            label="Campaign"
            labelInside
            className="max-sm:w-full"
            value={search.campaignId ?? anyValue}
            onChange={(campaignId) =>
              void navigate({
                search: (now) => ({ ...now, campaignId: unlessAny(campaignId) }),
                replace: true,
              })
            }
            options={[
              { value: anyValue, label: 'All' },
              ...campaigns.map((each) => ({ value: each.id, label: each.name })),
            ]}
          />
        ) : null}
      </div>
      <Card flush>
        <JourneyList
          filter={search}
          empty={
            <EmptyState
              icon={Route}
              title="No journeys yet"
              actions={
                <Link to="/" className={buttonClass('primary')}>
                  Launch a campaign
                </Link>
              }
            >
              A journey begins when a lead is launched into a campaign.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}
