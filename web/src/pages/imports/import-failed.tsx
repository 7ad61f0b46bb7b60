import { FileX2 } from 'lucide-react';
import type { Import } from '../../data/imports.ts';
import { Card } from '../../components/card.tsx';
import { EmptyState } from '../../components/states.tsx';
import { MendedUpload } from './mended-upload.tsx';
import { remedyOf } from './words.ts';

/** Why nothing of the file was imported, and what to do about it. */
export function ImportFailed({ failed }: { failed: Import }) {
  const { failure } = failed;
  const remedy = failure ? remedyOf(failure.code) : null;
  return (
    <Card flush>
      <div role="alert">
        <EmptyState
          icon={FileX2}
          tone="bad"
          title="Nothing of this file was imported"
          actions={<MendedUpload of={failed} label="Choose the mended file" primary />}
        >
          <p>{failure?.message ?? 'The import ended without saying why.'}</p>
          {remedy ? <p className="mt-2 text-ink">{remedy}</p> : null}
          {failure ? <p className="mt-3 font-mono text-xs text-ink-faint">{failure.code}</p> : null}
        </EmptyState>
      </div>
    </Card>
  );
}
