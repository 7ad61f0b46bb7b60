import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Card } from '../../components/card.tsx';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';

/** A list of settings with every state it can be in. */
export function SettingsList<T>({
  title,
  query,
  actions,
  empty,
  children,
}: {
  title: string;
  query: Pick<UseQueryResult<{ items: T[] }>, 'data' | 'error' | 'refetch'>;
  actions?: ReactNode;
  empty: ReactNode;
  children: (item: T) => ReactNode;
}) {
  const items = query.data?.items;
  return (
    <Card title={title} actions={actions} flush>
      {!items ? (
        query.error ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonRows rows={4} />
        )
      ) : items.length === 0 ? (
        empty
      ) : (
        <ul aria-label={title} className="divide-y divide-line">
          {items.map(children)}
        </ul>
      )}
    </Card>
  );
}

/** A line of such a list: what it is, what is said of it, what can be done. */
export function SettingsRow({
  title,
  badges,
  children,
  actions,
}: {
  title: ReactNode;
  badges?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2 font-medium break-words">
          {title}
          {badges}
        </p>
        {children ? <div className="mt-0.5 text-[13px] break-words text-ink-muted">{children}</div> : null}
      </div>
      {actions ? <div className="flex shrink-0 gap-2">{actions}</div> : null}
    </li>
  );
}
