import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { findRefusal } from '#domain/compliance/refusals.ts';
import { preflightQuery } from '../../data/launches.ts';
import type { Cohort } from '../../data/launches.ts';
import type { Preflight } from '../../data/why-queries.ts';
import { Skeleton } from '../../components/states.tsx';
import { plural, words } from '../../lib/format.ts';

/** What the launch would come to, before anybody launches it: who is left out and why, and what to know besides. */
export function PreflightPanel({ campaignId, cohort }: { campaignId: string; cohort: Cohort }) {
  const { data, error, isFetching } = useQuery(preflightQuery(campaignId, cohort));
  if (error)
    return (
      <p className="text-[13px] text-ink-muted">
        It could not be looked at beforehand ({error.message}); the launch looks at everybody itself.
      </p>
    );
  if (!data) return <Skeleton className="h-16 w-full" />;
  return (
    <section
      aria-label="Before the launch"
      aria-busy={isFetching}
      className="space-y-3 rounded-lg border border-line bg-canvas p-3 text-sm"
    >
      <p className="flex items-start gap-2 font-medium">
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden />
        <span>
          {data.ready === data.members
            ? `All ${plural(data.members, 'lead')} can be contacted`
            : `${plural(data.ready, 'lead')} of ${data.members} can be contacted`}
        </span>
      </p>
      <Refused refused={data.refused} />
      {data.warnings.map(({ code, message, action, leads, stepId }) => (
        <div key={`${code} ${stepId} ${message}`} className="flex items-start gap-2">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
          <p className="min-w-0">
            {message}
            {leads === null ? null : <span className="text-ink-muted"> {plural(leads, 'lead')}.</span>}
            {stepId === null ? null : <span className="text-ink-muted"> Step “{words(stepId)}”.</span>}
            <span className="block text-[13px] text-ink-muted">{action}</span>
          </p>
        </div>
      ))}
      <Segments segments={data.segments} />
    </section>
  );
}

function Refused({ refused }: { refused: Preflight['refused'] }) {
  const counts = Object.entries(refused).flatMap(([code, leads]) => (leads ? [{ code, leads }] : []));
  if (counts.length === 0) return null;
  return (
    <ul aria-label="Left out" className="space-y-2 border-t border-line pt-3">
      {counts
        .toSorted((a, b) => b.leads - a.leads)
        .map(({ code, leads }) => {
          const refusal = findRefusal(code);
          return (
            <li key={code} className="flex items-baseline gap-3">
              <span className="tabular w-10 shrink-0 text-right font-medium">{leads}</span>
              <p className="min-w-0">
                {refusal?.message ?? words(code)}
                {refusal ? <span className="block text-[13px] text-ink-muted">{refusal.action}</span> : null}
              </p>
            </li>
          );
        })}
    </ul>
  );
}

/** What each text costs; it is of interest only where it is not one segment for everybody. */
function Segments({ segments }: { segments: Preflight['segments'] }) {
  const long = segments.filter((each) => each.segments.max > 1);
  return long.map(({ stepId, encoding, segments: { min, max, total } }) => (
    <p key={stepId} className="flex items-start gap-2 text-[13px] text-ink-muted">
      <Info className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span>
        The text “{words(stepId)}” takes {min === max ? max : `${min} to ${max}`} segments ({encoding}),{' '}
        {plural(total, 'segment')} in all.
      </span>
    </p>
  ));
}
