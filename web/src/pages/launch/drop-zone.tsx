import { FileUp, LoaderCircle } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { ApiError } from '../../data/client.ts';
import { Button } from '../../components/button.tsx';
import { controlClass } from '../../components/field.tsx';
import { countries } from '../../lib/countries.ts';
import { cx } from '../../lib/format.ts';

type DropZoneProps = {
  busy: boolean;
  fileName: string | null;
  error: unknown;
  country: string;
  onCountry: (code: string) => void;
  onFile: (file: File) => void;
};

/** Takes the file of leads, dropped or chosen. */
export function DropZone({ busy, fileName, error, country, onCountry, onFile }: DropZoneProps) {
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
        accept=".csv,text/csv,text/plain"
        aria-label="CSV file of leads"
        tabIndex={-1}
        className="sr-only"
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
          <p className="mt-1 text-sm text-ink-muted">Every line is checked; nothing is sent yet.</p>
        </div>
      ) : (
        <>
          <span className="mx-auto grid size-12 place-items-center rounded-full bg-accent-soft text-accent">
            <FileUp className="size-6" aria-hidden />
          </span>
          <p className="mt-4 text-[15px] font-medium">Drop a CSV of leads here</p>
          <p className="mx-auto mt-1 max-w-md text-sm text-balance text-ink-muted">
            One lead a line, with a header. A phone column is needed; names, company, e-mail and address make
            better journeys. Nothing is sent until you confirm.
          </p>
          <Button variant="primary" className="mt-5" onClick={() => input.current?.click()}>
            Choose a file
          </Button>
          <label className="mx-auto mt-7 flex max-w-md flex-wrap items-center justify-center gap-2 text-[13px] text-ink-muted">
            Numbers without a country code are from
            {/* The system's own list: the best there is for 240 entries, on a phone above all. */}
            <select
              value={country}
              onChange={(event) => onCountry(event.target.value)}
              className={cx(controlClass, 'h-8 w-44 px-2 text-[13px]')}
            >
              {countries.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      {error && !busy ? <UploadError error={error} fileName={fileName} /> : null}
    </section>
  );
}

function UploadError({ error, fileName }: { error: unknown; fileName: string | null }) {
  const api = error instanceof ApiError ? error : null;
  return (
    <div
      role="alert"
      className="mx-auto mt-7 max-w-xl rounded-lg bg-bad-soft px-4 py-3 text-left text-sm text-bad"
    >
      <p className="font-medium">
        {fileName ?? 'The file'} was not imported{api ? `: ${api.problem.title}` : ''}
      </p>
      <p className="mt-0.5 text-ink">
        {error instanceof Error ? error.message : 'Something unexpected happened.'}
      </p>
      {api && api.errors.length > 0 ? (
        <ul className="mt-1.5 list-disc pl-5 text-ink">
          {api.errors.slice(0, 5).map((each) => (
            <li key={`${each.field} ${each.code}`}>{each.message}</li>
          ))}
        </ul>
      ) : null}
      <p className="mt-1.5 text-xs text-ink-muted">
        Nothing of it was taken. {api?.requestId ? `Request ${api.requestId}` : null}
      </p>
    </div>
  );
}
