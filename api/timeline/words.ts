import type { TimelineEntry } from '#domain/journey/state.ts';
import { refusalMessage } from '../present.ts';

type Data = TimelineEntry['data'];
type Words = { title: string; detail?: (data: Data) => string | null };

const words: Record<string, Words> = {
  'journey-started': { title: 'Journey started' },
  'journey-completed': { title: 'Journey completed', detail: ({ reason }) => text(reason) },
  'journey-removed': { title: 'Removed from the journey', detail: ({ reason }) => reasonOf(reason) },
  'journey-failed': { title: 'Journey failed', detail: ({ reason }) => reasonOf(reason) },
  'text-sent': { title: 'Text sent' },
  'text-received': { title: 'Text received' },
  'text-sending': { title: 'Text is being sent' },
  'text-refused': { title: 'Text not sent', detail: byCode },
  'text-failed': { title: 'Text failed', detail: carrierError },
  'text-deferred': { title: 'Text put off', detail: byCode },
  'text-held': { title: 'Text held', detail: byCode },
  'text-unknown': { title: 'Text: nobody can say whether it was sent' },
  'call-placed': {
    title: 'Call placed',
    detail: ({ attempt }) => text(attempt) && `Attempt ${String(attempt)}`,
  },
  'call-placing': { title: 'Call is being placed' },
  'call-refused': { title: 'Call not placed', detail: byCode },
  'call-failed': { title: 'Call failed', detail: carrierError },
  'call-deferred': { title: 'Call put off', detail: byCode },
  'call-held': { title: 'Call held', detail: byCode },
  'call-unknown': { title: 'Call: nobody can say whether it was placed' },
  'call-ended': { title: 'Call ended', detail: ({ outcome }) => humanOf(outcome) },
  waiting: { title: 'Waiting' },
  'waiting-for-reply': { title: 'Waiting for a reply' },
  'no-reply': { title: 'No reply came' },
  'reply-received': { title: 'Reply received', detail: ({ intent }) => meaningOf(intent) },
  'reply-taken': { title: 'Went on with the reply', detail: ({ intent }) => meaningOf(intent) },
  'branch-taken': {
    title: 'Branch taken',
    detail: ({ case: taken }) => (typeof taken === 'number' ? `Case ${taken + 1}` : 'None of the cases'),
  },
  'stage-set': { title: 'Stage set', detail: ({ stage }) => text(stage) },
  'stage-refused': { title: 'Stage not set', detail: ({ stage }) => text(stage) },
  'disposition-applied': { title: 'Disposition applied', detail: ({ disposition }) => humanOf(disposition) },
  'disposition-refused': {
    title: 'Disposition not applied',
    detail: ({ disposition, code }) => [humanOf(disposition), text(code)].filter(Boolean).join(': '),
  },
  paused: { title: 'Paused' },
  resumed: { title: 'Resumed' },
  rescheduled: { title: 'Rescheduled' },
  'step-skipped': { title: 'Step skipped' },
};

/** What a line of the timeline says to a person; a kind of another version of the product is named as it is. */
export function describeLine(kind: string, data: Data): { title: string; detail: string | null } {
  const found = words[kind];
  return { title: found?.title ?? humanOf(kind) ?? kind, detail: found?.detail?.(data) || null };
}

function text(value: Data[string] | undefined): string | null {
  return value === undefined || value === null || value === '' ? null : String(value);
}

function byCode({ code }: Data): string | null {
  return typeof code === 'string' ? refusalMessage(code) : null;
}

function carrierError({ errorCode }: Data): string | null {
  return text(errorCode) && `Carrier error ${String(errorCode)}`;
}

/** Why a journey ended that a person did not end by hand; the gate's codes have words of their own. */
const reasons: Record<string, string> = {
  lead_deleted: 'The lead was deleted',
  lead_merged: 'The lead was merged into another, who is in the campaign already',
};

/** `LAUNCH_CANCELLED`, `disposition:not_interested`, or a person's own words. */
function reasonOf(reason: Data[string] | undefined): string | null {
  const known = text(reason);
  if (known === null) return null;
  if (known.startsWith('disposition:')) return `Disposition: ${humanOf(known.slice('disposition:'.length))}`;
  return reasons[known] ?? refusalMessage(known);
}

function meaningOf(intent: Data[string] | undefined): string | null {
  return text(intent) && `Understood as: ${humanOf(intent)?.toLowerCase()}`;
}

/** `no_answer` → "No answer". */
function humanOf(code: Data[string] | undefined): string | null {
  const words = text(code)?.replaceAll(/[_-]/g, ' ');
  return words ? words[0]!.toUpperCase() + words.slice(1) : null;
}
