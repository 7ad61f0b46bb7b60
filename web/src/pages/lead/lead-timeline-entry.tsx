import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { TimelineRow } from '../../components/timeline-row.tsx';
import type { LeadTimelineItem } from '../../data/leads.ts';
import { words } from '../../lib/format.ts';
import { formatInstant } from '../../lib/format-time.ts';
import { MessageBubble } from '../journey/message-bubble.tsx';
import { leadTimelineLook } from './lead-timeline-looks.ts';

/** One line of a lead's timeline. */
export function LeadTimelineEntry({
  item,
  timeZone,
}: {
  item: LeadTimelineItem;
  timeZone: string | undefined;
}) {
  const { data } = item;
  const body = typeof data.body === 'string' ? data.body : null;
  const isText = item.kind === 'text' && body !== null;
  return (
    <TimelineRow look={leadTimelineLook(item)} title={item.title} at={item.at} timeZone={timeZone}>
      {!isText && item.detail ? (
        <p className="mt-0.5 text-[13px] break-words whitespace-pre-line text-ink-muted">{item.detail}</p>
      ) : null}
      {isText ? (
        <MessageBubble
          message={{
            id: String(data.messageId),
            direction: data.direction === 'inbound' ? 'inbound' : 'outbound',
            body,
            state: String(data.state),
            carrierStatus: textOf(data.carrierStatus),
            errorCode: textOf(data.errorCode),
          }}
        />
      ) : null}
      {facts(item, timeZone)}
    </TimelineRow>
  );
}

/** What belongs to a line besides: where it leads, and what is still to come of it. */
function facts({ kind, journeyId, data }: LeadTimelineItem, timeZone: string | undefined): ReactNode {
  const parts: ReactNode[] = [];
  if (typeof data.untilMs === 'number') {
    parts.push(`Until ${formatInstant(new Date(data.untilMs).toISOString(), timeZone)}`);
  }
  if (kind === 'task' && typeof data.status === 'string') parts.push(words(data.status));
  if (typeof data.dueAt === 'string') parts.push(`Due ${formatInstant(data.dueAt, timeZone)}`);
  if (kind === 'import' && typeof data.importId === 'string') {
    parts.push(
      <FactLink key="import" to="/imports/$importId" params={{ importId: data.importId }}>
        Open the import
      </FactLink>,
    );
  }
  // Once for a journey, and where a person may want to know which one it was.
  if (journeyId && (data.line === 'journey-started' || kind === 'task' || kind === 'callback')) {
    parts.push(
      <FactLink key="journey" to="/journeys/$journeyId" params={{ journeyId }}>
        Open the journey
      </FactLink>,
    );
  }
  if (parts.length === 0) return null;
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-xs text-ink-faint">
      {parts.map((part, index) => (
        <span key={index}>{part}</span>
      ))}
    </p>
  );
}

function FactLink(
  props: { children: string } & (
    | { to: '/imports/$importId'; params: { importId: string } }
    | { to: '/journeys/$journeyId'; params: { journeyId: string } }
  ),
) {
  return <Link {...props} className="rounded text-accent hover:underline" />;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
