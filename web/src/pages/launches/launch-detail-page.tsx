import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { Route } from 'lucide-react';
import { launchQuery } from '../../data/queries.ts';
import type { Launch } from '../../data/types.ts';
import { LaunchBadge } from '../../components/badge.tsx';
import { Card } from '../../components/card.tsx';
import { JourneyFilters } from '../../components/journeys/journey-filters.tsx';
import { JourneyList } from '../../components/journeys/journey-list.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, SkeletonPage } from '../../components/states.tsx';
import { Instant } from '../../components/time.tsx';
import { LaunchActions } from './launch-actions.tsx';
import { LaunchOrigin } from './launch-origin.tsx';
import { LaunchProgress } from './launch-progress.tsx';
import { LaunchViews } from './launch-views.tsx';
import { RefusedMembers } from './refused-members.tsx';

const route = getRouteApi('/member/launches/$launchId');

export function LaunchDetailPage() {
  const { launchId } = route.useParams();
  const query = useQuery(launchQuery(launchId));
  const crumbs = [{ label: 'Launches', link: { to: '/launches' as const } }];
  if (query.data) return <LaunchDetail launch={query.data} crumbs={crumbs} />;
  return (
    <Page title="Launch" crumbs={crumbs} heading={query.isError ? 'Launch' : ' '}>
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonPage />
      )}
    </Page>
  );
}

function LaunchDetail({
  launch,
  crumbs,
}: {
  launch: Launch;
  crumbs: { label: string; link: { to: '/launches' } }[];
}) {
  const { view, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title={launch.name}
      heading={
        <>
          <span className="min-w-0 break-words">{launch.name}</span>
          <LaunchBadge status={launch.status} />
        </>
      }
      description={
        <>
          Into{' '}
          <Link
            to="/campaigns/$campaignId"
            params={{ campaignId: launch.campaign.id }}
            className="rounded text-accent underline decoration-accent/40 hover:decoration-accent"
          >
            {launch.campaign.name}
          </Link>
          , launched <Instant iso={launch.createdAt} />
          <LaunchOrigin cohort={launch.cohort} />
        </>
      }
      crumbs={crumbs}
      actions={<LaunchActions launch={launch} />}
    >
      <LaunchProgress launch={launch} />
      <LaunchViews launch={launch} />
      {view === 'refused' ? (
        <RefusedMembers launch={launch} />
      ) : (
        <>
          <div className="mb-3">
            <JourneyFilters
              value={filter}
              onChange={(next) => void navigate({ search: next, replace: true })}
              counts={launch.journeys}
            />
          </div>
          <Card flush>
            <JourneyList
              filter={{ ...filter, launchId: launch.id }}
              columns="ofCampaign"
              empty={
                <EmptyState icon={Route} title={launch.members.pending > 0 ? 'Starting…' : 'No journeys'}>
                  {launch.members.pending > 0
                    ? 'The first journeys appear here in a moment.'
                    : 'No lead of this launch could be started; the reasons are under “Refused”.'}
                </EmptyState>
              }
            />
          </Card>
        </>
      )}
    </Page>
  );
}
