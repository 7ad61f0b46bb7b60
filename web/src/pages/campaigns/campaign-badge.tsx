import type { Campaign } from '../../data/types.ts';
import { Badge } from '../../components/badge.tsx';

export function CampaignBadge({ campaign }: { campaign: Campaign }) {
  if (campaign.pausedAt !== null) {
    return (
      <Badge tone="warn" dot>
        Paused
      </Badge>
    );
  }
  return campaign.currentVersion === null ? (
    <Badge dot>Draft</Badge>
  ) : (
    <Badge tone="ok" dot>
      Published
    </Badge>
  );
}
