import type { UseQueryResult } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';
import { useSetting } from './use-setting.ts';

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

/** Which entry a dialog is open for; `undefined` = a new one. It stays what it is while the dialog closes. */
export function useEntryDialog<T>(keyOf: (entry: T) => string) {
  const [asked, setAsked] = useState<{ entry: T | undefined } | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (entry?: T) => {
    setAsked({ entry });
    setOpen(true);
  };
  const dialog = asked && {
    entry: asked.entry,
    key: asked.entry === undefined ? 'new' : keyOf(asked.entry),
    props: { open, onOpenChange: setOpen },
  };
  return { ask, dialog };
}

export function AddButton({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <Button size="sm" onClick={onClick}>
      <Plus aria-hidden />
      {children}
    </Button>
  );
}

/** What can be done with an entry of the list: it is put out of use or back, and edited. */
export function EntryActions({
  name,
  keys,
  use,
  onEdit,
}: {
  name: string;
  keys: readonly string[];
  /** The word on the button, the request that it makes, and what is told when it is done. */
  use: { label: string; make: () => Promise<unknown>; done: string };
  onEdit: () => void;
}) {
  const change = useSetting(keys);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        busy={change.isPending}
        onClick={() => change.mutate({ make: use.make, done: use.done })}
      >
        {use.label}
      </Button>
      <Button size="sm" onClick={onEdit} aria-label={`Edit ${name}`}>
        Edit
      </Button>
    </>
  );
}
