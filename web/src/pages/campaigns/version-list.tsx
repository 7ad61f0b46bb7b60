import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { versionsQuery } from '../../data/queries.ts';
import type { Campaign } from '../../data/types.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';

/** Every version, newest first; choosing one shows its journey. */
export function VersionList({ campaign, shownId }: { campaign: Campaign; shownId: string | null }) {
  const query = useInfiniteQuery(versionsQuery(campaign.id));
  const versions = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title="Versions" flush>
      {query.isPending ? (
        <SkeletonRows rows={2} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : versions.length === 0 ? (
        <p className="px-4 py-5 text-sm text-ink-muted">No version was drafted yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {versions.map((version) => (
            <li
              key={version.id}
              className="relative flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-sunken/60"
            >
              <Link
                to="/campaigns/$campaignId"
                params={{ campaignId: campaign.id }}
                search={{ version: version.id }}
                replace
                resetScroll={false}
                aria-current={version.id === shownId ? 'true' : undefined}
                className="rounded font-medium after:absolute after:inset-0 aria-[current=true]:text-accent"
              >
                Version {version.number}
              </Link>
              {version.id === campaign.currentVersion?.id ? <Badge tone="ok">Current</Badge> : null}
              {version.status === 'draft' ? <Badge>Draft</Badge> : null}
              <span className="ml-auto text-xs text-ink-muted">
                <RelativeTime iso={version.publishedAt ?? version.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <div className="border-t border-line px-4 py-2.5">
          <Button
            size="sm"
            variant="ghost"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show earlier versions
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
