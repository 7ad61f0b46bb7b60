import { useSuspenseQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import type { ComponentProps } from 'react';
import { sessionQuery } from '../../data/queries.ts';
import type { Session } from '../../data/types.ts';

const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.tsx')).AccountMenu }));

/** Who one is, and a menu behind it that is loaded when it is first opened. */
export function Account() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [opened, setOpened] = useState(false);
  const button = <AccountButton session={session} aria-haspopup="menu" onClick={() => setOpened(true)} />;
  if (!opened) return button;
  return (
    <Suspense fallback={button}>
      <AccountMenu session={session} />
    </Suspense>
  );
}

/** A browser's session always has a person; only an API key has none. */
export function nameOf(session: Session): string {
  return session.user?.name ?? session.organization.name;
}

export function AccountButton({ session, ...button }: { session: Session } & ComponentProps<'button'>) {
  const name = nameOf(session);
  return (
    <button
      {...button}
      type="button"
      aria-label={`Account of ${name}`}
      className="flex w-full items-center gap-2.5 rounded-lg px-2 py-2 text-left transition-colors hover:bg-sunken data-popup-open:bg-sunken"
    >
      <span
        aria-hidden
        className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-strong"
      >
        {initials(name)}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-[13px] font-medium">{name}</span>
        <span className="block truncate text-xs text-ink-faint">{session.organization.name}</span>
      </span>
      <ChevronsUpDown className="size-4 text-ink-faint" aria-hidden />
    </button>
  );
}

function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined]
    .map((part) => part?.charAt(0).toUpperCase() ?? '')
    .join('');
}
