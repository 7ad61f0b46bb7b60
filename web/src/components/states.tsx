import { CloudOff, SearchX, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError } from '../data/client.ts';
import { cx } from '../lib/format.ts';
import { Button } from './button.tsx';

type StateProps = {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  tone?: 'neutral' | 'bad';
  /** `h1` where this is the whole page. */
  heading?: 'h1' | 'h2';
};

/** What stands where there is nothing to show: why, and what to do about it. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  actions,
  tone = 'neutral',
  heading: Heading = 'h2',
}: StateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      <span
        className={cx(
          'mb-4 grid size-11 place-items-center rounded-full',
          tone === 'bad' ? 'bg-bad-soft text-bad' : 'bg-sunken text-ink-muted',
        )}
      >
        <Icon className="size-5" aria-hidden />
      </span>
      <Heading className="text-[15px] font-semibold">{title}</Heading>
      {children ? <div className="mt-1 max-w-md text-sm text-balance text-ink-muted">{children}</div> : null}
      {actions ? <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** A failed reading: what happened, the request id to quote, and another try. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const api = error instanceof ApiError ? error : null;
  const missing = api?.status === 404;
  const unreachable = api?.code === 'UNREACHABLE';
  const title = missing ? 'This does not exist' : (api?.problem.title ?? 'This page could not be shown');
  return (
    <div role="alert">
      <EmptyState
        icon={missing ? SearchX : unreachable ? CloudOff : TriangleAlert}
        title={title}
        tone={missing ? 'neutral' : 'bad'}
        actions={onRetry && !missing ? <Button onClick={onRetry}>Try again</Button> : null}
      >
        <p>{error instanceof Error ? error.message : 'Something unexpected happened.'}</p>
        {api?.requestId ? (
          <p className="mt-2 font-mono text-xs text-ink-faint select-all">Request {api.requestId}</p>
        ) : null}
      </EmptyState>
    </div>
  );
}

export function Skeleton({ className }: { className?: string }) {
  return <span className={cx('skeleton block h-4', className)} aria-hidden />;
}

/** The shape of a list before it is there. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-4 px-4 py-3">
          <Skeleton className="w-40 max-w-1/3" />
          <Skeleton className="w-24 max-w-1/5" />
          <Skeleton className="ml-auto w-20" />
        </div>
      ))}
    </div>
  );
}

/** The shape of a page before it is there. */
export function SkeletonPage() {
  return (
    <div role="status" aria-label="Loading" className="space-y-5">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-28 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
