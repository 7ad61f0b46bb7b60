import { useQuery } from '@tanstack/react-query';
import { ChevronRight, CircleCheck, Clock, Hand, OctagonX } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { Journey } from '../../data/types.ts';
import { journeyWhyQuery } from '../../data/why-queries.ts';
import type { JourneyWhy } from '../../data/why-queries.ts';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';
import { cx, words } from '../../lib/format.ts';
import { formatInstant, localTimes } from '../../lib/format-time.ts';

type Block = JourneyWhy['blocks'][number];

/** Everything that is in the way of the journey's next touch, asked for when somebody wants to know. */
export function WhyNotYet({
  journey,
  about,
}: {
  journey: Pick<Journey, 'id' | 'lead'>;
  /** Which of several it is. */
  about?: string | undefined;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="group rounded-card border border-line bg-surface shadow-card"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 rounded-card px-4 py-2 text-sm font-semibold select-none [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 text-ink-faint transition-transform group-open:rotate-90"
          aria-hidden
        />
        Why not yet?
        {about ? <span className="truncate font-normal text-ink-muted">{about}</span> : null}
      </summary>
      {open ? <Reasons journey={journey} /> : null}
    </details>
  );
}

function Reasons({ journey }: { journey: Pick<Journey, 'id' | 'lead'> }) {
  const { data: why, error, refetch } = useQuery(journeyWhyQuery(journey.id));
  if (!why)
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={2} />;
  const { timeZones } = journey.lead;
  return (
    <div className="border-t border-line px-4 py-3">
      <NextTouch why={why} />
      {why.blocks.length > 0 ? (
        <ul className="mt-3 space-y-3.5">
          {why.blocks.map((block) => (
            <BlockLine key={`${block.by} ${block.code} ${block.until}`} block={block} timeZones={timeZones} />
          ))}
        </ul>
      ) : (
        <p className="mt-3 flex items-start gap-2 text-sm">
          <CircleCheck className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden />
          {why.waitingUntil === null
            ? 'Nothing is in its way.'
            : `Nothing is in its way any more; it asks again at ${formatInstant(why.waitingUntil, timeZones[0])}.`}
        </p>
      )}
      {why.notBefore && why.blocks.length > 1 ? (
        <p className="mt-3.5 border-t border-line pt-3 text-[13px] text-ink-muted">
          Together: not before <LocalTimes iso={why.notBefore} timeZones={timeZones} />.
        </p>
      ) : null}
    </div>
  );
}

function NextTouch({ why: { nextTouch } }: { why: JourneyWhy }) {
  if (!nextTouch) {
    return (
      <p className="text-[13px] text-ink-muted">
        No text or call of ours is next: the journey ends, waits for a call, or a branch decides first.
      </p>
    );
  }
  const noun = nextTouch.kind === 'sms' ? 'text' : 'call';
  return (
    <p className="text-[13px] text-ink-muted">
      Next is the {noun} “{words(nextTouch.stepId)}”{nextTouch.certain ? '' : ', if no reply comes first'}.
    </p>
  );
}

const looks: Record<Block['decision'], { icon: LucideIcon; className: string; label: string }> = {
  wait: { icon: Clock, className: 'text-accent', label: 'Waits' },
  hold: { icon: Hand, className: 'text-warn', label: 'Held' },
  refuse: { icon: OctagonX, className: 'text-bad', label: 'Will be refused' },
};

function BlockLine({ block, timeZones }: { block: Block; timeZones: string[] }) {
  const { icon: Icon, className, label } = looks[block.decision];
  return (
    <li className="flex items-start gap-2.5">
      <Icon className={cx('mt-0.5 size-4 shrink-0', className)} aria-label={label} />
      <div className="min-w-0 text-sm">
        <p className="font-medium break-words">
          {block.message}
          {block.until ? (
            <span className="font-normal">
              {' '}
              Until <LocalTimes iso={block.until} timeZones={timeZones} />.
            </span>
          ) : null}
        </p>
        <p className="mt-0.5 text-[13px] break-words text-ink-muted">{block.action}</p>
        {block.by === 'gate' ? (
          <p className="mt-0.5 text-xs break-words text-ink-faint">
            <span className="font-mono">{block.code}</span>
            {block.rule ? ` · ${block.rule.source} · ${block.rule.ruleVersion}` : null}
          </p>
        ) : null}
      </div>
    </li>
  );
}

function LocalTimes({ iso, timeZones }: { iso: string; timeZones: string[] }) {
  const times = localTimes(iso, timeZones);
  return (
    <time dateTime={iso}>
      {times.length === 0
        ? `${formatInstant(iso)} on your clock`
        : times.map(({ time, zones }) => `${time} (${zones.join(', ')})`).join(' or ')}
    </time>
  );
}
