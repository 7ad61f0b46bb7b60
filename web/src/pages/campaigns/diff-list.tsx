import { Minus, PenLine, Plus } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { VersionDiff } from '../../data/campaigns.ts';
import { cx, words } from '../../lib/format.ts';

/** What one version has that another has not, step by step. */
export function DiffList({ diff }: { diff: VersionDiff }) {
  const { added, removed, changed } = diff;
  if (added.length + removed.length + changed.length === 0) {
    return <p className="text-sm text-ink-muted">Both are the same, step for step.</p>;
  }
  return (
    <ul aria-label="Changes" className="divide-y divide-line rounded-lg border border-line">
      {added.map((stepId) => (
        <Line key={`+${stepId}`} icon={Plus} tone="text-ok" step={stepId} what="is new" />
      ))}
      {removed.map((stepId) => (
        <Line key={`-${stepId}`} icon={Minus} tone="text-bad" step={stepId} what="is gone" />
      ))}
      {changed.map(({ stepId, field, before, after }) => (
        <Line
          key={`${stepId} ${field}`}
          icon={PenLine}
          tone="text-accent"
          step={stepId}
          what={words(field).toLowerCase()}
        >
          <p className="mt-1 text-[13px] break-words">
            <del className="text-ink-muted decoration-bad/60">{told(before)}</del>
          </p>
          <p className="text-[13px] break-words">
            <ins className="decoration-ok/60">{told(after)}</ins>
          </p>
        </Line>
      ))}
    </ul>
  );
}

function Line(props: {
  icon: LucideIcon;
  tone: string;
  step: string | null;
  what: string;
  children?: ReactNode;
}) {
  const Icon = props.icon;
  return (
    <li className="flex gap-3 px-3 py-2 text-sm">
      <Icon className={cx('mt-0.5 size-4 shrink-0', props.tone)} aria-hidden />
      <div className="min-w-0">
        <p>
          <span className="font-medium">{props.step === null ? 'The journey' : words(props.step)}</span>{' '}
          <span className="text-ink-muted">{props.what}</span>
        </p>
        {props.children}
      </div>
    </li>
  );
}

/** A field's value as one reads it: a text as it is, nothing as nothing, anything else as it is written. */
function told(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
