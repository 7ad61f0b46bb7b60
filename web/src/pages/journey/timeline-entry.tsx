import { findRefusal } from '#domain/compliance/refusals.ts';
import type { TimelineCall, TimelineItem } from '../../data/types.ts';
import type { Tone } from '../../components/badge.tsx';
import { Badge } from '../../components/badge.tsx';
import { cx, words } from '../../lib/format.ts';
import { formatExactly, formatInstant, formatLength, formatTime } from '../../lib/format-time.ts';
import { MessageBubble } from './message-bubble.tsx';
import { timelineLook } from './timeline-looks.ts';
import { TouchWhyDisclosure } from './touch-why.tsx';

const discs: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-muted',
  accent: 'bg-accent-soft text-accent-strong',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

/** One line of the timeline: what, when, and whatever belongs to it. */
export function TimelineEntry({
  item,
  journeyId,
  timeZone,
}: {
  item: TimelineItem;
  journeyId: string;
  timeZone: string | undefined;
}) {
  const detail = detailOf(item, timeZone);
  const action = typeof item.data.code === 'string' ? findRefusal(item.data.code)?.action : undefined;
  const touchId = touchOf(item);
  const { icon: Icon, tone } = timelineLook(item.kind, item.call?.outcome ?? null);
  return (
    <li className="group relative flex gap-3 pb-4 last:pb-1">
      <span aria-hidden className="absolute top-8 -bottom-0 left-[13.5px] w-px bg-line group-last:hidden" />
      <span aria-hidden className={cx('grid size-7 shrink-0 place-items-center rounded-full', discs[tone])}>
        <Icon className="size-[15px]" />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <p className="min-w-0 text-sm font-medium break-words">{item.title}</p>
          <time
            dateTime={item.at}
            title={formatExactly(item.at, timeZone)}
            className="tabular shrink-0 text-xs text-ink-faint"
          >
            {formatTime(item.at, timeZone)}
          </time>
        </div>
        {detail ? <p className="mt-0.5 text-[13px] break-words text-ink-muted">{detail}</p> : null}
        {action ? <p className="mt-0.5 text-[13px] break-words text-ink-faint">{action}</p> : null}
        {item.message ? <MessageBubble message={item.message} /> : null}
        {item.call ? <CallLine call={item.call} /> : null}
        {touchId ? <TouchWhyDisclosure journeyId={journeyId} touchId={touchId} timeZone={timeZone} /> : null}
      </div>
    </li>
  );
}

/** The touch of ours that a line is about; a call is asked about where it was placed, not again where it ended. */
function touchOf({ kind, message, call }: TimelineItem): string | null {
  if (message) return message.direction === 'outbound' ? message.id : null;
  return call && kind !== 'call-ended' ? call.id : null;
}

/** What the line says, with the time that belongs to it on the lead's clock. */
function detailOf({ kind, detail, data }: TimelineItem, timeZone: string | undefined): string | null {
  const { untilMs, pausedForMs } = data;
  const parts = [detail];
  if (typeof untilMs === 'number') {
    const word = kind.endsWith('-deferred') ? 'Tries again at' : 'Until';
    parts.push(`${word} ${formatInstant(new Date(untilMs).toISOString(), timeZone)}`);
  }
  if (typeof pausedForMs === 'number') parts.push(`After ${formatLength(pausedForMs)}`);
  return parts.filter(Boolean).join(' ') || null;
}

const outcomeTones: Record<string, Tone> = { answered: 'ok', failed: 'bad' };

/** A call that has no outcome yet is told by what the carrier says of it. */
function CallLine({ call }: { call: TimelineCall }) {
  const parts = [
    call.answeredBy === null ? null : `answered by ${words(call.answeredBy).toLowerCase()}`,
    call.durationSeconds === null ? null : formatLength(call.durationSeconds * 1_000),
  ].filter((part) => part !== null);
  return (
    <p className="mt-1.5 flex flex-wrap items-center gap-2 text-[13px] text-ink-muted">
      <Badge tone={outcomeTones[call.outcome ?? ''] ?? 'neutral'}>
        {words(call.outcome ?? call.carrierStatus ?? call.state)}
      </Badge>
      {parts.join(', ')}
    </p>
  );
}
