import type { Launch } from '../../data/types.ts';
import { journeyTones } from '../../components/badge.tsx';
import { Card } from '../../components/card.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { formatCount } from '../../lib/format.ts';

const statuses = ['completed', 'active', 'paused', 'removed', 'failed'] as const;

/** How far a launch is: who was looked at, and where those are who were started. */
export function LaunchProgress({ launch: { members, journeys } }: { launch: Launch }) {
  const looked = members.started + members.refused;
  const running = journeys.active + journeys.paused;
  return (
    <div className="mb-5 grid grid-cols-1 gap-4 md:grid-cols-2">
      <Card>
        <Heading title="Leads" value={`${formatCount(looked)} of ${formatCount(members.total)} checked`} />
        <ProgressBar
          label="Leads of this launch"
          segments={[
            { label: 'started', count: members.started, tone: 'accent' },
            { label: 'refused', count: members.refused, tone: 'warn' },
            { label: 'pending', count: members.pending, tone: 'neutral' },
          ]}
        />
      </Card>
      <Card>
        <Heading
          title="Journeys"
          value={
            running > 0 ? `${formatCount(running)} running` : members.pending > 0 ? 'starting' : 'all ended'
          }
        />
        <ProgressBar
          label="Journeys by status"
          segments={statuses
            .filter((status) => journeys[status] > 0 || status === 'active' || status === 'completed')
            .map((status) => ({ label: status, count: journeys[status], tone: journeyTones[status] }))}
        />
      </Card>
    </div>
  );
}

function Heading({ title, value }: { title: string; value: string }) {
  return (
    <div className="mb-3 flex items-baseline justify-between gap-4">
      <h2 className="text-sm font-semibold">{title}</h2>
      <p className="tabular text-[13px] text-ink-muted">{value}</p>
    </div>
  );
}
