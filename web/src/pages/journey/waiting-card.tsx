import { CircleCheck, CirclePause, CircleSlash, Hourglass, OctagonPause, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import type { Journey } from '../../data/types.ts';
import { Instant } from '../../components/time.tsx';
import { cx, words } from '../../lib/format.ts';
import { formatExactly, formatInstant, formatRelative, localTimes } from '../../lib/format-time.ts';
import { stepLooks } from '../../lib/steps.ts';
import { useNow } from '../../lib/use-now.ts';
import { describeEnd, describeWaiting } from '../../lib/waiting.ts';

/** What the journey waits for, in plain words and in the lead's own time; or how it ended. */
export function WaitingCard({ journey }: { journey: Journey }) {
  const waiting = describeWaiting(journey);
  const look = lookOf(journey);
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx('rounded-card border p-4 shadow-card', look.className)}>
      <h2 id={id} className="text-xs font-medium text-ink-muted">
        {waiting ? 'What it waits for' : 'How it ended'}
      </h2>
      <div className="mt-2 flex items-start gap-3">
        <look.icon className={cx('mt-0.5 size-5 shrink-0', look.iconClass)} aria-hidden />
        <div className="min-w-0">
          {waiting ? (
            <>
              <p className="text-[15px] font-medium text-balance">
                {waiting.lead}
                {waiting.timeWord === 'Tries again at' ? null : (
                  <Until journey={journey} word={waiting.timeWord} />
                )}
              </p>
              {waiting.timeWord === 'Tries again at' ? (
                <p className="mt-1 text-sm">
                  Tries again
                  <Until journey={journey} word="at" />
                </p>
              ) : null}
              {waiting.note ? <p className="mt-1 text-[13px] text-ink-muted">{waiting.note}</p> : null}
            </>
          ) : (
            <>
              <p className="text-[15px] font-medium">{describeEnd(journey)}</p>
              {journey.endedAt ? (
                <p className="mt-1 text-[13px] text-ink-muted">
                  {words(journey.status)} <Instant iso={journey.endedAt} />
                </p>
              ) : null}
            </>
          )}
          {journey.stepId ? <StepLine journey={journey} /> : null}
        </div>
      </div>
    </section>
  );
}

/** " until Tue, 24 Nov, 10:05 where the lead is (America/Chicago)", with how far off that is. */
function Until({ journey, word }: { journey: Journey; word: string | null }) {
  const nowMs = useNow();
  const { waitingUntil, lead } = journey;
  if (word === null || waitingUntil === null) return null;
  const times = localTimes(waitingUntil, lead.timeZones);
  return (
    <>
      {' '}
      {word}{' '}
      <time dateTime={waitingUntil} title={formatExactly(waitingUntil)}>
        {times.length === 0
          ? `${formatInstant(waitingUntil)} on your clock (the lead’s time zone is not known)`
          : times
              .map(({ time, zones }, index) =>
                index === 0
                  ? `${time} where the lead is (${zones.join(', ')})`
                  : `${time} (${zones.join(', ')})`,
              )
              .join(', or ')}
      </time>
      <span className="font-normal text-ink-muted">, {formatRelative(waitingUntil, nowMs)}</span>
    </>
  );
}

function StepLine({ journey }: { journey: Journey }) {
  const look = journey.stepKind === null ? null : stepLooks[journey.stepKind];
  return (
    <p className="mt-2 flex items-center gap-1.5 text-[13px] text-ink-muted">
      {look ? <look.icon className="size-3.5 shrink-0" aria-hidden /> : null}
      <span>
        Step “{words(journey.stepId ?? '')}”{look ? `, ${look.label.toLowerCase()}` : null}
      </span>
    </p>
  );
}

function lookOf(journey: Journey): { icon: LucideIcon; className: string; iconClass: string } {
  const calm = 'border-line bg-surface';
  const warned = 'border-warn/30 bg-warn-soft';
  switch (journey.status) {
    case 'completed':
      return { icon: CircleCheck, className: calm, iconClass: 'text-ok' };
    case 'removed':
      return { icon: CircleSlash, className: calm, iconClass: 'text-ink-muted' };
    case 'failed':
      return { icon: TriangleAlert, className: 'border-bad/30 bg-bad-soft', iconClass: 'text-bad' };
    case 'paused':
      return { icon: CirclePause, className: warned, iconClass: 'text-warn' };
    case 'active':
      return journey.waitingFor === 'hold'
        ? { icon: OctagonPause, className: warned, iconClass: 'text-warn' }
        : { icon: Hourglass, className: 'border-accent/25 bg-accent-soft', iconClass: 'text-accent' };
  }
}
