import {
  Ban,
  Bookmark,
  BookmarkX,
  CalendarClock,
  CircleCheck,
  CircleDot,
  CirclePause,
  CirclePlay,
  CircleSlash,
  Clock,
  Flag,
  GitBranch,
  Hourglass,
  Kanban,
  MessageSquare,
  MessageSquareReply,
  MessageSquareX,
  OctagonPause,
  PhoneIncoming,
  PhoneMissed,
  PhoneOff,
  PhoneOutgoing,
  SkipForward,
  TriangleAlert,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Tone } from '../../components/badge.tsx';

export type TimelineLook = { icon: LucideIcon; tone: Tone };

/** How each kind of line of the timeline is drawn; a kind that is not here is drawn as a dot. */
const looks: Record<string, TimelineLook> = {
  'journey-started': { icon: Flag, tone: 'accent' },
  'journey-completed': { icon: CircleCheck, tone: 'ok' },
  'journey-removed': { icon: CircleSlash, tone: 'neutral' },
  'journey-failed': { icon: TriangleAlert, tone: 'bad' },
  'text-sent': { icon: MessageSquare, tone: 'accent' },
  'text-refused': { icon: Ban, tone: 'warn' },
  'text-failed': { icon: MessageSquareX, tone: 'bad' },
  'text-deferred': { icon: CalendarClock, tone: 'neutral' },
  'text-held': { icon: OctagonPause, tone: 'warn' },
  'text-unknown': { icon: TriangleAlert, tone: 'bad' },
  'text-sending': { icon: MessageSquare, tone: 'neutral' },
  'text-received': { icon: MessageSquareReply, tone: 'ok' },
  'reply-received': { icon: MessageSquareReply, tone: 'ok' },
  'reply-taken': { icon: MessageSquareReply, tone: 'ok' },
  'no-reply': { icon: Hourglass, tone: 'neutral' },
  'call-placing': { icon: PhoneOutgoing, tone: 'neutral' },
  'call-placed': { icon: PhoneOutgoing, tone: 'accent' },
  'call-ended': { icon: PhoneOutgoing, tone: 'neutral' },
  'call-refused': { icon: Ban, tone: 'warn' },
  'call-failed': { icon: PhoneOff, tone: 'bad' },
  'call-deferred': { icon: CalendarClock, tone: 'neutral' },
  'call-held': { icon: OctagonPause, tone: 'warn' },
  'call-unknown': { icon: TriangleAlert, tone: 'bad' },
  waiting: { icon: Clock, tone: 'neutral' },
  'waiting-for-reply': { icon: Hourglass, tone: 'neutral' },
  rescheduled: { icon: CalendarClock, tone: 'neutral' },
  paused: { icon: CirclePause, tone: 'warn' },
  resumed: { icon: CirclePlay, tone: 'accent' },
  'step-skipped': { icon: SkipForward, tone: 'neutral' },
  'branch-taken': { icon: GitBranch, tone: 'neutral' },
  'stage-set': { icon: Kanban, tone: 'accent' },
  'stage-refused': { icon: Kanban, tone: 'warn' },
  'disposition-applied': { icon: Bookmark, tone: 'accent' },
  'disposition-refused': { icon: BookmarkX, tone: 'warn' },
};

const callLooks: Record<string, TimelineLook> = {
  answered: { icon: PhoneIncoming, tone: 'ok' },
  no_answer: { icon: PhoneMissed, tone: 'neutral' },
  busy: { icon: PhoneMissed, tone: 'neutral' },
  failed: { icon: PhoneOff, tone: 'bad' },
};

export function timelineLook(kind: string, callOutcome: string | null): TimelineLook {
  const known = looks[kind] ?? { icon: CircleDot, tone: 'neutral' };
  return kind === 'call-ended' && callOutcome !== null ? (callLooks[callOutcome] ?? known) : known;
}
