import { findRefusal } from '#domain/compliance/refusals.ts';
import type { TimelineCall, TimelineItem } from '../../data/types.ts';
import type { Tone } from '../../components/badge.tsx';
import { Badge } from '../../components/badge.tsx';
import { TimelineRow } from '../../components/timeline-row.tsx';
import { words } from '../../lib/format.ts';
import { formatInstant, formatLength } from '../../lib/format-time.ts';
import { MessageBubble } from './message-bubble.tsx';
import { timelineLook } from './timeline-looks.ts';
import { TouchWhyDisclosure } from './touch-why.tsx';

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
  return (
    <TimelineRow
      look={timelineLook(item.kind, item.call?.outcome ?? null)}
      title={item.title}
      at={item.at}
      timeZone={timeZone}
    >
      {detail ? <p className="mt-0.5 text-[13px] break-words text-ink-muted">{detail}</p> : null}
      {action ? <p className="mt-0.5 text-[13px] break-words text-ink-faint">{action}</p> : null}
      {item.message ? <MessageBubble message={item.message} /> : null}
      {item.call ? <CallLine call={item.call} /> : null}
      {touchId ? <TouchWhyDisclosure journeyId={journeyId} touchId={touchId} timeZone={timeZone} /> : null}
    </TimelineRow>
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
