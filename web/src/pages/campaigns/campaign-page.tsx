import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { FilePen, Rocket } from 'lucide-react';
import { campaignQuery, versionQuery, versionsQuery } from '../../data/queries.ts';
import type { Campaign } from '../../data/types.ts';
import { Badge } from '../../components/badge.tsx';
import { buttonClass } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, SkeletonPage, SkeletonRows } from '../../components/states.tsx';
import { Instant } from '../../components/time.tsx';
import { plural } from '../../lib/format.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { CampaignActions } from './campaign-actions.tsx';
import { CampaignBadge } from './campaign-badge.tsx';
import { CampaignStatsStrip } from './campaign-stats.tsx';
import { JourneyFlow } from './journey-flow.tsx';
import { SettingsCard } from './settings-card.tsx';
import { VersionActions } from './version-actions.tsx';
import { VersionList } from './version-list.tsx';

const route = getRouteApi('/member/campaigns/$campaignId');

/** A campaign: the journey that it is now, how it sends, and its versions. */
export function CampaignPage() {
  const { campaignId } = route.useParams();
  const { version: chosen } = route.useSearch();
  const { mayLaunch } = usePermissions();
  const query = useQuery(campaignQuery(campaignId));
  const versions = useInfiniteQuery(versionsQuery(campaignId));
  const campaign = query.data;
  const crumbs = [{ label: 'Campaigns', link: { to: '/campaigns' as const } }];
  if (!campaign) {
    return (
      <Page title="Campaign" crumbs={crumbs} heading={query.isError ? 'Campaign' : ' '}>
        {query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonPage />
        )}
      </Page>
    );
  }
  // Before anything is published, the newest draft is what one wants to see.
  const versionId = chosen ?? campaign.currentVersion?.id ?? versions.data?.pages[0]?.items[0]?.id ?? null;
  return (
    <Page
      title={campaign.name}
      heading={
        <>
          <span className="min-w-0 break-words">{campaign.name}</span>
          <CampaignBadge campaign={campaign} />
        </>
      }
      description={
        campaign.pausedAt ? (
          <>
            Paused since <Instant iso={campaign.pausedAt} />: nothing is sent, and nobody leaves their
            journey.
          </>
        ) : null
      }
      crumbs={crumbs}
      actions={
        <>
          <CampaignActions campaign={campaign} />
          {mayLaunch && campaign.currentVersion ? (
            <Link to="/launch" search={{ into: campaign.id }} className={buttonClass('primary')}>
              <Rocket aria-hidden />
              Launch leads
            </Link>
          ) : null}
        </>
      }
    >
      <CampaignStatsStrip campaignId={campaign.id} />
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[minmax(0,1fr)_22rem]">
        {versionId === null ? (
          <Card title="Journey" flush>
            <EmptyState icon={FilePen} title="Nothing is published yet">
              This campaign has no journey yet; drafts of it are saved through the API.
            </EmptyState>
          </Card>
        ) : (
          <ShownVersion campaign={campaign} versionId={versionId} />
        )}
        <div className="space-y-5">
          <SettingsCard campaign={campaign} />
          <VersionList campaign={campaign} shownId={versionId} />
        </div>
      </div>
    </Page>
  );
}

function ShownVersion({ campaign, versionId }: { campaign: Campaign; versionId: string }) {
  const query = useQuery(versionQuery(campaign.id, versionId));
  const version = query.data;
  const current = versionId === campaign.currentVersion?.id;
  return (
    <Card
      title={version ? `Journey, version ${version.number}` : 'Journey'}
      actions={
        version ? (
          <>
            <span className="text-xs text-ink-faint">{plural(version.definition.steps.length, 'step')}</span>
            <Badge tone={current ? 'ok' : 'neutral'}>
              {current ? 'Current' : version.status === 'draft' ? 'Draft' : 'Earlier version'}
            </Badge>
            <VersionActions campaign={campaign} version={version} />
          </>
        ) : null
      }
      flush={!version}
    >
      {version ? (
        <JourneyFlow definition={version.definition} campaignId={campaign.id} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={6} />
      )}
    </Card>
  );
}
