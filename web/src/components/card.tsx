import type { ReactNode } from 'react';
import { cx } from '../lib/format.ts';

/** A bordered area; with a title it is a section of the page. */
export function Card({
  title,
  actions,
  children,
  className,
  flush = false,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Without padding, for tables and lists that reach the border. */
  flush?: boolean;
}) {
  const Tag = title === undefined ? 'div' : 'section';
  return (
    <Tag className={cx('min-w-0 rounded-card border border-line bg-surface shadow-card', className)}>
      {title === undefined ? null : (
        <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-3 gap-y-2 border-b border-line px-4 py-2">
          <h2 className="text-sm font-semibold">{title}</h2>
          {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
        </header>
      )}
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </Tag>
  );
}

/** Facts as label and value, in as many columns as there is room for. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl className={cx('grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-x-6 gap-y-3', className)}>
      {children}
    </dl>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-faint">{label}</dt>
      <dd className="mt-0.5 text-sm break-words">{children}</dd>
    </div>
  );
}
