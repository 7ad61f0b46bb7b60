import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { importQuery } from '../../data/imports.ts';
import type { Import } from '../../data/imports.ts';
import { Badge } from '../../components/badge.tsx';
import { Page } from '../../components/page.tsx';
import { ErrorState, SkeletonPage } from '../../components/states.tsx';
import { Instant } from '../../components/time.tsx';
import { plural } from '../../lib/format.ts';
import { ImportDone } from './import-done.tsx';
import { ImportDraft } from './import-draft.tsx';
import { ImportFailed } from './import-failed.tsx';
import { ImportProgress } from './import-progress.tsx';
import { formatBytes, statusLooks } from './words.ts';

const route = getRouteApi('/member/imports/$importId');
const crumbs = [{ label: 'Imports', link: { to: '/imports' as const } }];

/** A file of leads, whatever has become of it: how it would be read, how far it is, what it came to. */
export function ImportPage() {
  const { importId } = route.useParams();
  const query = useQuery(importQuery(importId));
  const found = query.data;
  if (!found) {
    return (
      <Page title="Import" crumbs={crumbs} heading={query.isError ? 'Import' : ' '} narrow>
        {query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonPage />
        )}
      </Page>
    );
  }
  const { label, tone } = statusLooks[found.status];
  return (
    <Page
      title={found.fileName}
      heading={
        <>
          <span className="min-w-0 break-all">{found.fileName}</span>
          <Badge tone={tone} dot pulse={found.status === 'importing'}>
            {label}
          </Badge>
        </>
      }
      description={<Told found={found} />}
      crumbs={crumbs}
      narrow
    >
      <Stage found={found} />
    </Page>
  );
}

function Stage({ found }: { found: Import }) {
  switch (found.status) {
    case 'draft':
      return <ImportDraft draft={found} />;
    case 'importing':
      return <ImportProgress running={found} />;
    case 'failed':
      return <ImportFailed failed={found} />;
    case 'done':
      return <ImportDone done={found} />;
  }
}

function Told({ found }: { found: Import }) {
  switch (found.status) {
    case 'draft':
      return 'Check how the file is read. Nothing of it is imported yet.';
    case 'importing':
      return 'You may leave this page; the import goes on.';
    default:
      return (
        <>
          {plural(found.rows, 'row')}, {formatBytes(found.bytes)},{' '}
          <Instant iso={found.finishedAt ?? found.createdAt} />
        </>
      );
  }
}
