import { Link } from '@tanstack/react-router';
import type { Journey } from '../../data/types.ts';
import { words } from '../../lib/format.ts';
import { stepLooks } from '../../lib/steps.ts';
import { describeEnd, waitingLabels } from '../../lib/waiting.ts';
import { JourneyBadge } from '../badge.tsx';
import { defineColumns } from '../data-table.tsx';
import { LeadTime, RelativeTime } from '../time.tsx';

const none = <span className="text-ink-faint">–</span>;

/** The columns of every list of journeys. */
const all = defineColumns<Journey>((column) => [
  column.display({
    id: 'lead',
    header: 'Lead',
    meta: { track: 'minmax(9rem, 1.5fr)' },
    cell: ({ row: { original: journey } }) => (
      <>
        <Link
          to="/journeys/$journeyId"
          params={{ journeyId: journey.id }}
          className="block truncate rounded font-medium after:absolute after:inset-0"
        >
          {journey.lead.name || 'No name'}
        </Link>
        <span className="tabular block truncate text-xs text-ink-faint">{journey.lead.phoneFormatted}</span>
      </>
    ),
  }),
  column.display({
    id: 'campaign',
    header: 'Campaign',
    meta: { track: 'minmax(7rem, 1.1fr)' },
    cell: ({ row: { original: journey } }) => journey.campaign.name,
  }),
  column.display({
    id: 'campaign-link',
    header: 'Campaign',
    meta: { track: 'minmax(9rem, 1.5fr)' },
    cell: ({ row: { original: journey } }) => (
      <Link
        to="/journeys/$journeyId"
        params={{ journeyId: journey.id }}
        className="block truncate rounded font-medium after:absolute after:inset-0"
      >
        {journey.campaign.name}
      </Link>
    ),
  }),
  column.display({
    id: 'status',
    header: 'Status',
    meta: { track: '6.75rem', narrow: 'corner' },
    cell: ({ row: { original: journey } }) => <JourneyBadge status={journey.status} />,
  }),
  column.display({
    id: 'step',
    header: 'Step',
    meta: { track: 'minmax(7rem, 1.1fr)' },
    cell: ({ row: { original: journey } }) => <StepCell journey={journey} />,
  }),
  column.display({
    id: 'waiting',
    header: 'Waits for',
    meta: { track: 'minmax(11rem, 1.7fr)' },
    cell: ({ row: { original: journey } }) => <WaitingCell journey={journey} />,
  }),
  column.display({
    id: 'disposition',
    header: 'Disposition',
    meta: { track: 'minmax(6.5rem, 0.9fr)' },
    cell: ({ row: { original: journey } }) =>
      journey.lastDisposition === null ? none : words(journey.lastDisposition),
  }),
  column.display({
    id: 'updated',
    header: 'Updated',
    meta: { track: '6.5rem', align: 'end', narrow: 'hidden' },
    cell: ({ row: { original: journey } }) => (
      <span className="text-[13px] text-ink-muted">
        <RelativeTime iso={journey.updatedAt} />
      </span>
    ),
  }),
]);

const without = (...ids: string[]) => all.filter((column) => !ids.includes(column.id ?? ''));

/** Among journeys of any lead and campaign; of one campaign; of one lead, where the campaign leads to the journey. */
export const journeyColumns = {
  any: without('campaign-link'),
  ofCampaign: without('campaign', 'campaign-link'),
  ofLead: without('lead', 'campaign'),
};

function StepCell({ journey }: { journey: Journey }) {
  if (journey.stepId === null) return none;
  const look = journey.stepKind === null ? null : stepLooks[journey.stepKind];
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2 align-middle" title={look?.label}>
      {look ? <look.icon className="size-4 shrink-0 text-ink-faint" aria-label={look.label} /> : null}
      <span className="truncate">{words(journey.stepId)}</span>
    </span>
  );
}

function WaitingCell({ journey }: { journey: Journey }) {
  if (journey.endedAt !== null) {
    return <span className="text-ink-muted">{describeEnd(journey)}</span>;
  }
  if (journey.status === 'paused') return <span className="text-ink-muted">Paused</span>;
  if (journey.waitingFor === null) return <span className="text-ink-muted">At work</span>;
  const code = journey.waitingCode === null ? null : words(journey.waitingCode);
  const timed =
    journey.waitingUntil !== null && journey.waitingFor !== 'hold' && journey.waitingFor !== 'call';
  return (
    <>
      <span className="block truncate" title={journey.waitingMessage ?? undefined}>
        {code ?? waitingLabels[journey.waitingFor]}
      </span>
      {timed && journey.waitingUntil !== null ? (
        <span className="block truncate text-xs text-ink-muted">
          until <LeadTime iso={journey.waitingUntil} timeZones={journey.lead.timeZones} />
        </span>
      ) : null}
    </>
  );
}
