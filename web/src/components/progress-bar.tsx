import { cx, formatCount } from '../lib/format.ts';
import type { Tone } from './badge.tsx';

const fills: Record<Tone, string> = {
  neutral: 'bg-line-strong',
  accent: 'bg-accent',
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
};

export type Segment = { label: string; count: number; tone: Tone };

/** Parts of a whole as one bar with its legend: the numbers are in the text, the bar only shows their shares. */
export function ProgressBar({ label, segments }: { label: string; segments: Segment[] }) {
  const total = segments.reduce((sum, segment) => sum + segment.count, 0);
  return (
    <div>
      <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-full bg-sunken">
        {segments
          .filter((segment) => segment.count > 0)
          .map((segment) => (
            <span
              key={segment.label}
              className={cx('h-full transition-[width] duration-500', fills[segment.tone])}
              style={{ width: `${(segment.count / total) * 100}%` }}
            />
          ))}
      </div>
      <ul className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1 text-[13px]" aria-label={label}>
        {segments.map((segment) => (
          <li key={segment.label} className="flex items-center gap-1.5">
            <span className={cx('size-2 rounded-full', fills[segment.tone])} aria-hidden />
            <span className="tabular font-medium">{formatCount(segment.count)}</span>
            <span className="text-ink-muted">{segment.label}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
