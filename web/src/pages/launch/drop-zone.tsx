import { FileUp, LoaderCircle } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { ApiError } from '../../data/client.ts';
import { Button } from '../../components/button.tsx';
import { acceptedFiles } from '../../lib/accepted-files.ts';
import { cx } from '../../lib/format.ts';
import { remedyOf } from '../imports/words.ts';

type DropZoneProps = {
  busy: boolean;
  fileName: string | null;
  error: unknown;
  onFile: (file: File) => void;
};

/** Takes the file of leads, dropped or chosen. */
export function DropZone({ busy, fileName, error, onFile }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (file: File | null | undefined) => {
    if (file && !busy) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <section
      aria-label="Leads file"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'rounded-xl border-2 border-dashed bg-surface px-5 py-10 text-center transition-colors sm:py-14',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong',
      )}
    >
      <input
        ref={input}
        type="file"
        accept={acceptedFiles}
        // Only its button is shown, to everybody.
        hidden
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file, mended, may be chosen again.
          event.target.value = '';
        }}
      />
      {busy ? (
        <div role="status">
          <LoaderCircle className="mx-auto size-8 animate-spin text-accent" aria-hidden />
          <p className="mt-3 text-[15px] font-medium">Reading {fileName}…</p>
          <p className="mt-1 text-sm text-ink-muted">Nothing is imported or sent yet.</p>
        </div>
      ) : (
        <>
          <span className="mx-auto grid size-12 place-items-center rounded-full bg-accent-soft text-accent">
            <FileUp className="size-6" aria-hidden />
          </span>
          <p className="mt-4 text-[15px] font-medium">Drop a file of leads here</p>
          <p className="mx-auto mt-1 max-w-md text-sm text-balance text-ink-muted">
            One lead a row. A phone column is needed; names, company, e-mail and address make better journeys.
            You see what it comes to before anything is imported or sent.
          </p>
          <Button variant="primary" className="mt-5" onClick={() => input.current?.click()}>
            Choose a file
          </Button>
          <p className="mt-4 text-[13px] text-ink-faint">
            CSV, text or Excel (.xlsx).{' '}
            <Link
              to="/imports"
              className="rounded text-accent underline decoration-accent/40 hover:decoration-accent"
            >
              Earlier imports
            </Link>
          </p>
        </>
      )}
      {error && !busy ? <UploadError error={error} fileName={fileName} /> : null}
    </section>
  );
}

function UploadError({ error, fileName }: { error: unknown; fileName: string | null }) {
  const api = error instanceof ApiError ? error : null;
  const remedy = api ? remedyOf(api.code) : null;
  return (
    <div
      role="alert"
      className="mx-auto mt-7 max-w-xl rounded-lg bg-bad-soft px-4 py-3 text-left text-sm text-bad"
    >
      <p className="font-medium">{fileName ?? 'The file'} was not imported</p>
      <p className="mt-0.5 text-ink">
        {error instanceof Error ? error.message : 'Something unexpected happened.'}
      </p>
      {api && api.errors.length > 1 ? (
        <ul className="mt-1.5 list-disc pl-5 text-ink">
          {api.errors.slice(0, 5).map((each) => (
            <li key={`${each.field} ${each.code}`}>{each.message}</li>
          ))}
        </ul>
      ) : null}
      {remedy ? <p className="mt-1.5 text-ink">{remedy}</p> : null}
      <p className="mt-1.5 text-xs text-ink-muted">
        Nothing of it was taken. {api?.requestId ? `Request ${api.requestId}` : null}
      </p>
    </div>
  );
}
