import type { TimelineCall, TimelineLine, TimelineMessage, TimelineRows } from '#db/queries/timeline.ts';
import type { TimelineItem } from '../schemas/journey.ts';
import { describeLine } from './words.ts';

/** The workflow writes its lines when it comes to rest, in its own order; a text may be a moment ahead of its line. */
const clockToleranceMs = 2_000;

/**
 * One timeline of what the journey told and what the ledger holds, oldest first. A touch is shown at its first line and,
 * for a call, also where it ended; touches and texts that no line speaks of (yet) get a line of their own.
 */
export function toTimeline({ lines, messages, calls }: TimelineRows): TimelineItem[] {
  const textByKey = byTouchKey(messages);
  const callByKey = byTouchKey(calls);
  const unread = messages.filter(({ direction }) => direction === 'inbound');
  const shown = new Set<string>();

  const items = lines.map((line): TimelineItem => {
    const item = itemOf(line.at, line.kind, line.stepId, line.data);
    const key = typeof line.data.touchKey === 'string' ? line.data.touchKey : null;
    const message = line.kind === 'reply-received' ? takeReply(unread, line) : textOf(line.kind, key);
    const call = callOf(line.kind, key);
    for (const touch of [message, call]) if (touch) shown.add(touch.id);
    return {
      ...item,
      ...(message ? { message: toMessage(message) } : {}),
      ...(call ? { call: toCall(call) } : {}),
    };
  });

  function textOf(kind: string, key: string | null): TimelineMessage | undefined {
    return key !== null && kind.startsWith('text-') ? textByKey.get(key) : undefined;
  }
  function callOf(kind: string, key: string | null): TimelineCall | undefined {
    return key !== null && kind.startsWith('call-') ? callByKey.get(key) : undefined;
  }

  const rest = [
    ...messages
      .filter(({ id }) => !shown.has(id))
      .map((message) => ({ ...touchItem(message, textKind(message)), message: toMessage(message) })),
    ...calls
      .filter(({ id }) => !shown.has(id))
      .map((call) => ({ ...touchItem(call, callKind(call)), call: toCall(call) })),
  ];
  return inOrder(items, rest);
}

/** The journey's lines keep their own order; the others go in where their instant belongs. */
function inOrder(lines: TimelineItem[], rest: TimelineItem[]): TimelineItem[] {
  const later = rest.sort((a, b) => (a.at < b.at ? -1 : 1));
  const merged: TimelineItem[] = [];
  for (const line of lines) {
    while (later.length > 0 && later[0]!.at < line.at) merged.push(later.shift()!);
    merged.push(line);
  }
  return [...merged, ...later];
}

/** The reply that a line speaks of: the oldest that was there and that no line has spoken of before. */
function takeReply(unread: TimelineMessage[], line: TimelineLine): TimelineMessage | undefined {
  const [next] = unread;
  if (!next || Date.parse(next.at) > Date.parse(line.at) + clockToleranceMs) return undefined;
  return unread.shift();
}

function byTouchKey<Touch extends { touchKey: string | null }>(touches: Touch[]): Map<string, Touch> {
  return new Map(touches.flatMap((touch) => (touch.touchKey === null ? [] : [[touch.touchKey, touch]])));
}

function itemOf(at: string, kind: string, stepId: string | null, data: TimelineLine['data']): TimelineItem {
  return { at, kind, stepId, ...describeLine(kind, data), data };
}

/** A touch key begins with its step's id. */
function touchItem(touch: TimelineMessage | TimelineCall, kind: string): TimelineItem {
  const stepId = touch.touchKey?.split(':')[0] ?? null;
  const { errorCode } = { errorCode: null, ...touch };
  const data = { touchKey: touch.touchKey, code: touch.refusalCode, errorCode };
  return itemOf(touch.at, kind, stepId, data);
}

export function textKind({ direction, state }: Pick<TimelineMessage, 'direction' | 'state'>): string {
  if (direction === 'inbound') return 'text-received';
  return `text-${state === 'reserved' ? 'sending' : state}`;
}

export function callKind({ state }: Pick<TimelineCall, 'state'>): string {
  const kinds: Partial<Record<TimelineCall['state'], string>> = {
    reserved: 'call-placing',
    sending: 'call-placing',
    sent: 'call-placed',
  };
  return kinds[state] ?? `call-${state}`;
}

function toMessage({ id, direction, body, state, carrierStatus, errorCode }: TimelineMessage) {
  return { id, direction, body, state, carrierStatus, errorCode };
}

function toCall({ id, state, outcome, answeredBy, durationSeconds, carrierStatus }: TimelineCall) {
  return { id, state, outcome, answeredBy, durationSeconds, carrierStatus };
}
