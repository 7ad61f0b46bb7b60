import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleX, TriangleAlert, Upload } from 'lucide-react';
import type { Import } from '../../data/imports.ts';
import { buttonClass } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { formatCount, plural } from '../../lib/format.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { LaunchForm } from '../launch/launch-form.tsx';
import { Rejections } from './rejections.tsx';

/** What the file came to: the leads to launch, and the lines to mend. */
export function ImportDone({ done }: { done: Import }) {
  const { mayLaunch } = usePermissions();
  const { rows, created, updated, rejected } = done;
  const taken = created + updated;
  const [Icon, tone] =
    taken === 0
      ? ([CircleX, 'text-bad'] as const)
      : rejected > 0
        ? ([TriangleAlert, 'text-warn'] as const)
        : ([CircleCheck, 'text-ok'] as const);
  return (
    <div className="space-y-4">
      <Card flush>
        <div role="status" className="p-4">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="flex items-center gap-2 text-[15px] font-medium">
              <Icon className={`size-5 shrink-0 ${tone}`} aria-hidden />
              {taken === 0
                ? 'No line of this file could be taken'
                : `${plural(taken, 'lead')} ready, ${rejected === 0 ? 'no line to mend' : `${plural(rejected, 'line')} to mend`}`}
            </p>
            <div className="flex flex-wrap gap-2">
              <Link to="/leads" search={{ importId: done.id }} className={buttonClass('secondary', 'sm')}>
                See the leads
              </Link>
              <Link to="/" className={buttonClass('secondary', 'sm')}>
                <Upload aria-hidden />
                Another file
              </Link>
            </div>
          </div>
          <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
            <Count label="Rows read" count={rows} />
            <Count label="New leads" count={created} />
            <Count label="Known leads, updated" count={updated} />
            <Count label="Lines to mend" count={rejected} />
          </dl>
        </div>
        {rejected > 0 ? <Rejections of={done} /> : null}
      </Card>
      {taken > 0 && mayLaunch ? (
        <LaunchForm
          cohort={{ importId: done.id }}
          leads={taken}
          suggestedName={done.fileName.replace(/\.[^.]+$/, '')}
          from={`from ${done.fileName}`}
        />
      ) : null}
    </div>
  );
}

function Count({ label, count }: { label: string; count: number }) {
  return (
    <div>
      <dt className="text-xs text-ink-faint">{label}</dt>
      <dd className="tabular text-xl font-semibold">{formatCount(count)}</dd>
    </div>
  );
}
