import { Link } from '@tanstack/react-router';
import type { LinkProps } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { cx } from '../lib/format.ts';

type Crumb = { label: string; link: LinkProps };

/** A page: its title (also the browser's), where it stands, what can be done on it, and the rest. */
export function Page({
  title,
  documentTitle = title,
  heading,
  description,
  crumbs = [],
  actions,
  children,
  narrow = false,
}: {
  title: string;
  /** Where the browser should say more or less than the heading. */
  documentTitle?: string;
  /** Replaces the title's text in the heading, for badges beside it. */
  heading?: ReactNode;
  description?: ReactNode;
  crumbs?: Crumb[];
  actions?: ReactNode;
  children: ReactNode;
  narrow?: boolean;
}) {
  useDocumentTitle(documentTitle);
  return (
    <div
      className={cx('mx-auto w-full px-4 pt-5 pb-16 sm:px-6 lg:px-8', narrow ? 'max-w-5xl' : 'max-w-[90rem]')}
    >
      {crumbs.length > 0 ? <Crumbs crumbs={crumbs} /> : null}
      <header className="mb-5 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xl font-semibold tracking-tight break-words">
            {heading ?? title}
          </h1>
          {description ? <div className="mt-1 text-sm text-ink-muted">{description}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Leadway`;
  }, [title]);
}

function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-1.5">
      <ol className="flex flex-wrap items-center gap-1 text-[13px] text-ink-muted">
        {crumbs.map(({ label, link }) => (
          <li key={label} className="flex items-center gap-1">
            <Link {...link} className="rounded hover:text-ink hover:underline">
              {label}
            </Link>
            <ChevronRight className="size-3.5 text-ink-faint" aria-hidden />
          </li>
        ))}
      </ol>
    </nav>
  );
}
