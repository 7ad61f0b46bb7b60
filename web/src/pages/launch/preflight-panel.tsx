import { useQuery } from '@tanstack/react-query';
import { ChevronDown, CircleCheck, CircleX, Info, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { findRefusal } from '#domain/compliance/refusals.ts';
import { preflightQuery } from '../../data/launches.ts';
import type { Cohort } from '../../data/launches.ts';
import type { Preflight } from '../../data/why-queries.ts';
import { Button } from '../../components/button.tsx';
import { cx, formatCount, plural, words } from '../../lib/format.ts';
import { PreflightLeads } from './preflight-leads.tsx';

/** What the launch would come to, before anybody launches it: who is left out and why, and what to know besides. */
export function PreflightPanel({ campaignId, cohort }: { campaignId: string; cohort: Cohort }) {
  const { data, error, isFetching } = useQuery(preflightQuery(campaignId, cohort));
  if (error)
    return (
      <p className="text-[13px] text-ink-muted">
        It could not be looked at beforehand ({error.message}); the launch looks at everybody itself.
      </p>
    );
  if (!data) {
    return (
      <p
        role="status"
        className="flex items-center gap-2 rounded-lg border border-line bg-canvas p-3 text-sm text-ink-muted"
      >
        <LoaderCircle className="size-4 shrink-0 animate-spin text-accent" aria-hidden />
        Looking at each lead, as the launch will…
      </p>
    );
  }
  return (
    <section
      aria-label="Before the launch"
      aria-busy={isFetching}
      className="space-y-3 rounded-lg border border-line bg-canvas p-3 text-sm"
    >
      <p className="flex items-start gap-2 font-medium">
        {data.ready > 0 ? (
          <CircleCheck className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden />
        ) : (
          <CircleX className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
        )}
        <span>
          {data.ready === data.members
            ? `All ${plural(data.members, 'lead')} can be contacted`
            : `${plural(data.ready, 'lead')} of ${formatCount(data.members)} can be contacted`}
        </span>
      </p>
      <Refused refused={data.refused} campaignId={campaignId} cohort={cohort} />
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

function Refused({
  refused,
  campaignId,
  cohort,
}: {
  refused: Preflight['refused'];
  campaignId: string;
  cohort: Cohort;
}) {
  const counts = Object.entries(refused).flatMap(([code, leads]) => (leads ? [{ code, leads }] : []));
  if (counts.length === 0) return null;
  return (
    <ul aria-label="Left out" className="divide-y divide-line border-t border-line">
      {counts
        .toSorted((a, b) => b.leads - a.leads)
        .map(({ code, leads }) => (
          <RefusedCode key={code} code={code} leads={leads} campaignId={campaignId} cohort={cohort} />
        ))}
    </ul>
  );
}

/** One reason with its count, and the leads behind it when they are asked for. */
function RefusedCode({
  code,
  leads,
  campaignId,
  cohort,
}: {
  code: string;
  leads: number;
  campaignId: string;
  cohort: Cohort;
}) {
  const [open, setOpen] = useState(false);
  const listId = useId();
  const refusal = findRefusal(code);
  return (
    <li className="py-2 last:pb-0">
      <div className="flex items-baseline gap-3">
        <span className="tabular w-10 shrink-0 text-right font-medium">{formatCount(leads)}</span>
        <p className="min-w-0 flex-1">
          {refusal?.message ?? words(code)}
          {refusal ? <span className="block text-[13px] text-ink-muted">{refusal.action}</span> : null}
        </p>
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={open}
          aria-controls={listId}
          aria-label={`${open ? 'Hide' : 'Show'} who: ${words(code)}`}
          onClick={() => setOpen(!open)}
        >
          Who
          <ChevronDown className={cx('transition-transform', open && 'rotate-180')} aria-hidden />
        </Button>
      </div>
      <div id={listId} className={open ? 'mt-2 sm:ml-13' : 'hidden'}>
        {open ? <PreflightLeads campaignId={campaignId} cohort={cohort} code={code} /> : null}
      </div>
    </li>
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
