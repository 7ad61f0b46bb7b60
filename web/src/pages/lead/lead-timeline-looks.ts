import {
  Ban,
  BookmarkCheck,
  FileUp,
  GitMerge,
  Kanban,
  ListTodo,
  MessageSquareX,
  PhoneForwarded,
  PhoneOff,
  ShieldCheck,
  ShieldX,
  StickyNote,
  UserPlus,
} from 'lucide-react';
import type { LeadTimelineItem } from '../../data/leads.ts';
import { timelineLook } from '../journey/timeline-looks.ts';
import type { TimelineLook } from '../journey/timeline-looks.ts';

/** What a journey's own timeline does not have. */
const looks: Partial<Record<LeadTimelineItem['kind'], TimelineLook>> = {
  disposition: { icon: BookmarkCheck, tone: 'accent' },
  stage: { icon: Kanban, tone: 'accent' },
  note: { icon: StickyNote, tone: 'warn' },
  task: { icon: ListTodo, tone: 'neutral' },
  callback: { icon: PhoneForwarded, tone: 'accent' },
  block: { icon: Ban, tone: 'bad' },
  created: { icon: UserPlus, tone: 'neutral' },
  import: { icon: FileUp, tone: 'neutral' },
  merge: { icon: GitMerge, tone: 'neutral' },
};

/** How a line is drawn: texts, calls and journeys as on the journey's own page. */
export function leadTimelineLook({ kind, data }: LeadTimelineItem): TimelineLook {
  const state = text(data.state);
  switch (kind) {
    case 'text':
      if (data.direction === 'inbound') return timelineLook('text-received', null);
      if (state === 'failed') return { icon: MessageSquareX, tone: 'bad' };
      return timelineLook(state === 'sent' || state === null ? 'text-sent' : `text-${state}`, null);
    case 'call':
      if (state === 'failed') return { icon: PhoneOff, tone: 'bad' };
      if (state === 'refused' || state === 'unknown') return timelineLook(`call-${state}`, null);
      return timelineLook('call-ended', text(data.outcome));
    case 'consent':
      return data.kind === 'opt_out' ? { icon: ShieldX, tone: 'bad' } : { icon: ShieldCheck, tone: 'ok' };
    case 'journey':
      return timelineLook(text(data.line) ?? '', null);
    default:
      return looks[kind] ?? timelineLook('', null);
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
