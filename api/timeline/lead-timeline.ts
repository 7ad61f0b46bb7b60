import type { LeadTimelineRow } from '#db/queries/lead-timeline.ts';
import type { TouchState } from '#db/schema/touches.ts';
import type { LeadTimelineItem } from '../schemas/lead-timeline.ts';
import { callKind, textKind } from './timeline.ts';
import { describeLine } from './words.ts';

type Data = LeadTimelineRow['data'];
type Words = { title: string; detail: string | null };

/** A line of a lead's timeline with what it says to a person; texts, calls and journeys say what their own timelines say. */
export function toLeadTimelineItem(row: LeadTimelineRow): LeadTimelineItem {
  return { ...row, ...wordsOf(row) };
}

function wordsOf({ kind, data }: LeadTimelineRow): Words {
  switch (kind) {
    case 'text': {
      const direction = data.direction as 'inbound' | 'outbound';
      const words = lineOf(textKind({ direction, state: data.state as TouchState }), data);
      return { ...words, detail: words.detail ?? text(data.body) };
    }
    case 'call':
      return data.outcome == null
        ? lineOf(callKind({ state: data.state as TouchState }), data)
        : lineOf('call-ended', data);
    case 'journey': {
      const words = lineOf(String(data.line), data);
      return { title: words.title, detail: joined(text(data.campaign), words.detail) };
    }
    case 'disposition':
      return {
        title: 'Disposition applied',
        detail: joined(text(data.label) ?? text(data.disposition), by(data)),
      };
    case 'stage': {
      const move = data.from == null ? text(data.to) : `${text(data.from)} → ${text(data.to)}`;
      return { title: 'Stage changed', detail: joined(move, by(data)) };
    }
    case 'note':
      return { title: by(data) === null ? 'Note' : `Note ${by(data)}`, detail: text(data.body) };
    case 'task':
      return { title: data.status === 'done' ? 'Task, done' : 'Task', detail: text(data.title) };
    case 'callback':
      return { title: callbackTitles[String(data.status)] ?? 'Callback', detail: text(data.note) };
    case 'consent': {
      const channel = data.channel === 'all' ? null : channels[String(data.channel)];
      return {
        title: data.kind === 'opt_out' ? 'Opted out' : 'Opted in',
        detail: joined(channel ?? null, text(data.text)),
      };
    }
    case 'block':
      return { title: 'Blocked', detail: joined(text(data.reason), by(data)) };
    case 'created':
      return { title: 'Lead created', detail: text(data.source) };
    case 'import':
      return { title: 'Imported', detail: `${text(data.fileName)}, line ${String(data.line)}` };
    case 'merge':
      return { title: 'Another lead was merged into this one', detail: null };
  }
}

const callbackTitles: Record<string, string> = {
  scheduled: 'Callback promised',
  kept: 'Promised callback kept',
  missed: 'Promised callback missed',
  cancelled: 'Promised callback cancelled',
};

const channels: Record<string, string> = { sms: 'Texts', voice: 'Calls' };

function lineOf(kind: string, data: Data): Words {
  return describeLine(kind, data as Parameters<typeof describeLine>[1]);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function by({ author }: Data): string | null {
  const name = (author as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' ? `by ${name}` : null;
}

function joined(...parts: (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join(' · ') || null;
}
