import { LoaderCircle } from 'lucide-react';
import type { Import } from '../../data/imports.ts';
import { Card } from '../../components/card.tsx';
import { formatCount, plural } from '../../lib/format.ts';
import { formatBytes } from './words.ts';

/** How far the file has been read, live. */
export function ImportProgress({ running }: { running: Import }) {
  const { bytes, progress, rows, created, updated, rejected } = running;
  const read = Math.min(progress.bytes, bytes);
  // The rows are counted once all are read; from then on they are stored.
  const storing = rows > 0;
  const stored = created + updated;
  const [part, whole] = storing ? [stored, rows - rejected] : [read, bytes];
  const percent = whole <= 0 ? 0 : Math.min(100, Math.floor((part / whole) * 100));
  return (
    <Card>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="flex items-center gap-2 text-[15px] font-medium">
          <LoaderCircle className="size-4 animate-spin text-accent" aria-hidden />
          {storing ? 'Storing the leads' : 'Reading the file'}
        </h2>
        <p className="tabular text-sm text-ink-muted">{percent} %</p>
      </div>
      <div
        role="progressbar"
        aria-label={storing ? 'How many leads are stored' : 'How far the file has been read'}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="mt-3 h-2.5 overflow-hidden rounded-full bg-sunken"
      >
        <span
          className="block h-full rounded-full bg-accent transition-[width] duration-500"
          style={{ width: `${Math.max(percent, 2)}%` }}
        />
      </div>
      <p className="tabular mt-3 text-sm text-ink-muted">
        {storing
          ? `${formatCount(stored)} of ${plural(whole, 'lead')}`
          : `${plural(progress.rows, 'row')} so far, ${formatBytes(read)} of ${formatBytes(bytes)}`}
      </p>
      <p className="mt-1 text-xs text-ink-faint">
        {rejected > 0 ? `${plural(rejected, 'line')} to mend, listed afterwards. ` : null}
        Reloading or closing this page stops nothing.
      </p>
    </Card>
  );
}
