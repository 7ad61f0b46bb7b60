import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Megaphone } from 'lucide-react';
import { campaignsQuery } from '../../data/queries.ts';
import type { Campaign } from '../../data/types.ts';
import { Card } from '../../components/card.tsx';
import { defineColumns } from '../../components/data-table.tsx';
import { InfiniteList } from '../../components/infinite-list.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Instant, RelativeTime } from '../../components/time.tsx';
import { CampaignBadge } from './campaign-badge.tsx';
import { NewCampaign } from './new-campaign.tsx';
import { SendingSwitch } from './sending-switch.tsx';

const columns = defineColumns<Campaign>((column) => [
  column.display({
    id: 'name',
    header: 'Campaign',
    meta: { track: 'minmax(10rem, 2fr)' },
    cell: ({ row: { original: campaign } }) => (
      <Link
        to="/campaigns/$campaignId"
        params={{ campaignId: campaign.id }}
        className="block truncate rounded font-medium after:absolute after:inset-0"
      >
        {campaign.name}
      </Link>
    ),
  }),
  column.display({
    id: 'status',
    header: 'Status',
    meta: { track: '8rem', narrow: 'corner' },
    cell: ({ row: { original: campaign } }) => <CampaignBadge campaign={campaign} />,
  }),
  column.display({
    id: 'version',
    header: 'Current version',
    meta: { track: 'minmax(10rem, 1.2fr)' },
    cell: ({ row: { original: campaign } }) =>
      campaign.currentVersion === null ? (
        <span className="text-ink-faint">None yet</span>
      ) : (
        <>
          {campaign.currentVersion.number},{' '}
          <span className="text-ink-muted">
            published <Instant iso={campaign.currentVersion.publishedAt} />
          </span>
        </>
      ),
  }),
  column.display({
    id: 'created',
    header: 'Made',
    meta: { track: '7rem', align: 'end' },
    cell: ({ row: { original: campaign } }) => (
      <span className="text-[13px] text-ink-muted">
        <RelativeTime iso={campaign.createdAt} />
      </span>
    ),
  }),
]);

export function CampaignsPage() {
  const query = useInfiniteQuery(campaignsQuery());
  return (
    <Page
      title="Campaigns"
      description="What leads go through: the steps, and how they are sent."
      actions={
        <>
          <SendingSwitch />
          <NewCampaign />
        </>
      }
    >
      <Card flush>
        <InfiniteList
          label="Campaigns"
          noun="campaign"
          query={query}
          columns={columns}
          rowId={(campaign) => campaign.id}
          empty={
            <EmptyState icon={Megaphone} title="No campaigns yet" actions={<NewCampaign />}>
              Begin with a ready-made journey; once it is published, leads can be launched into it.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}
