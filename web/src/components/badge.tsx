import type { ReactNode } from 'react';
import type { JourneyStatus } from '#domain/journey/state.ts';
import type { LaunchStatus } from '../data/types.ts';
import { cx, words } from '../lib/format.ts';

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';

const tones: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-muted',
  accent: 'bg-accent-soft text-accent-strong',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

/** A short word about state. The tone only repeats what the word says. */
export function Badge({
  tone = 'neutral',
  dot = false,
  pulse = false,
  children,
}: {
  tone?: Tone;
  dot?: boolean;
  pulse?: boolean;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex h-[22px] items-center align-middle gap-1.5 rounded-full px-2 text-xs font-medium tracking-normal whitespace-nowrap',
        tones[tone],
      )}
    >
      {dot ? (
        <span className={cx('size-1.5 rounded-full bg-current', pulse && 'animate-pulse')} aria-hidden />
      ) : null}
      {children}
    </span>
  );
}

export const journeyTones: Record<JourneyStatus, Tone> = {
  active: 'accent',
  paused: 'warn',
  completed: 'ok',
  removed: 'neutral',
  failed: 'bad',
};

export function JourneyBadge({ status }: { status: JourneyStatus }) {
  return (
    <Badge tone={journeyTones[status]} dot>
      {words(status)}
    </Badge>
  );
}

const launchTones: Record<LaunchStatus, Tone> = {
  starting: 'accent',
  running: 'accent',
  paused: 'warn',
  cancelled: 'neutral',
  completed: 'ok',
};

export function LaunchBadge({ status }: { status: LaunchStatus }) {
  return (
    <Badge tone={launchTones[status]} dot pulse={status === 'starting'}>
      {words(status)}
    </Badge>
  );
}
