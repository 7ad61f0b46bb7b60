import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { followChanges } from '../../data/live.ts';
import { NarrowHeader } from './narrow-header.tsx';
import { Sidebar } from './sidebar.tsx';

/** The frame of every page behind the sign-in: navigation beside it, or behind a button on a narrow screen. */
export function AppShell() {
  const queryClient = useQueryClient();
  useEffect(() => followChanges(queryClient), [queryClient]);
  return (
    <div className="lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-sm font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to the page
      </a>
      <aside className="sticky top-0 hidden h-dvh border-r border-line bg-surface py-3 lg:block">
        <Sidebar />
      </aside>
      <NarrowHeader />
      <main id="main" tabIndex={-1} className="min-w-0 outline-hidden">
        <Outlet />
      </main>
    </div>
  );
}
