import { CircleCheck, CircleX, FileText, TriangleAlert } from 'lucide-react';
import type { Import } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { formatCount, plural } from '../../lib/format.ts';
import { RejectedLines } from './rejected-lines.tsx';

/** What became of the file. */
export function ImportResult({ imported, onStartOver }: { imported: Import; onStartOver: () => void }) {
  const { rows, created, updated, rejected } = imported;
  const taken = created + updated;
  const Icon = taken === 0 ? CircleX : rejected.length > 0 ? TriangleAlert : CircleCheck;
  const tone = taken === 0 ? 'text-bad' : rejected.length > 0 ? 'text-warn' : 'text-ok';
  return (
    <Card
      title={
        <span className="flex min-w-0 items-center gap-2">
          <FileText className="size-4 shrink-0 text-ink-faint" aria-hidden />
          <span className="truncate">{imported.fileName}</span>
        </span>
      }
      actions={
        <Button size="sm" onClick={onStartOver}>
          Choose another file
        </Button>
      }
      flush
    >
      <div role="status" className="p-4">
        <p className="flex items-center gap-2 text-[15px] font-medium">
          <Icon className={`size-5 shrink-0 ${tone}`} aria-hidden />
          {taken === 0
            ? 'No line of this file could be taken'
            : `${plural(taken, 'lead')} ready, ${rejected.length === 0 ? 'no line rejected' : `${plural(rejected.length, 'line')} rejected`}`}
        </p>
        <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
          <Count label="Rows read" count={rows} />
          <Count label="New leads" count={created} />
          <Count label="Known leads, updated" count={updated} />
          <Count label="Rejected lines" count={rejected.length} />
        </dl>
      </div>
      {rejected.length > 0 ? <RejectedLines rejected={rejected} fileName={imported.fileName} /> : null}
    </Card>
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
