import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../lib/format.ts';
import { formatExactly, formatTime } from '../lib/format-time.ts';
import type { Tone } from './badge.tsx';

const discs: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-muted',
  accent: 'bg-accent-soft text-accent-strong',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

/** A line of a timeline: what, when, and whatever belongs to it. */
export function TimelineRow({
  look: { icon: Icon, tone },
  title,
  at,
  timeZone,
  children,
}: {
  look: { icon: LucideIcon; tone: Tone };
  title: string;
  at: string;
  timeZone: string | undefined;
  children?: ReactNode;
}) {
  return (
    <li className="group relative flex gap-3 pb-4 last:pb-1">
      <span aria-hidden className="absolute top-8 -bottom-0 left-[13.5px] w-px bg-line group-last:hidden" />
      <span aria-hidden className={cx('grid size-7 shrink-0 place-items-center rounded-full', discs[tone])}>
        <Icon className="size-[15px]" />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <p className="min-w-0 text-sm font-medium break-words">{title}</p>
          <time
            dateTime={at}
            title={formatExactly(at, timeZone)}
            className="tabular shrink-0 text-xs text-ink-faint"
          >
            {formatTime(at, timeZone)}
          </time>
        </div>
        {children}
      </div>
    </li>
  );
}
