import { useLiveState } from '../../data/live.ts';
import type { LiveState } from '../../data/live.ts';
import { cx } from '../../lib/format.ts';

const words: Record<LiveState, { label: string; title: string; dot: string }> = {
  connecting: { label: 'Connecting…', title: 'Opening the live stream', dot: 'bg-line-strong' },
  live: { label: 'Live', title: 'Changes appear by themselves', dot: 'bg-ok' },
  polling: {
    label: 'Reconnecting…',
    title: 'The live stream is interrupted; the page asks again every few seconds',
    dot: 'bg-warn',
  },
};

/** Whether what one sees is true to the second. */
export function LiveIndicator() {
  const { label, title, dot } = words[useLiveState()];
  return (
    <p role="status" title={title} className="flex items-center gap-2.5 px-2.5 py-1 text-xs text-ink-muted">
      <span className={cx('size-2 rounded-full', dot)} aria-hidden />
      {label}
    </p>
  );
}
