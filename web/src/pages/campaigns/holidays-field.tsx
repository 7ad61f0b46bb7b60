import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { formatDate } from './settings-words.ts';

/** Dates on which nothing is sent. */
export function HolidaysField({
  dates,
  error,
  onChange,
}: {
  dates: string[];
  error: string | null;
  onChange: (dates: string[]) => void;
}) {
  const [date, setDate] = useState('');
  const add = () => {
    if (date !== '' && !dates.includes(date)) onChange([...dates, date].toSorted());
    setDate('');
  };
  return (
    <div>
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label="Days off, where the lead is"
            type="date"
            value={date}
            onChange={(event) => setDate(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // The form is not sent by it.
              event.preventDefault();
              add();
            }}
          />
        </div>
        <Button disabled={date === ''} onClick={add}>
          <Plus aria-hidden />
          Add
        </Button>
      </div>
      {error ? (
        <p role="alert" className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      ) : null}
      {dates.length > 0 ? (
        <ul aria-label="Days off" className="mt-2 flex flex-wrap gap-1.5">
          {dates.map((each) => (
            <li
              key={each}
              className="flex items-center gap-1 rounded-full bg-sunken py-0.5 pr-1 pl-2.5 text-[13px]"
            >
              {formatDate(each)}
              <button
                type="button"
                aria-label={`Remove ${formatDate(each)}`}
                className="grid size-6 place-items-center rounded-full text-ink-muted hover:bg-line hover:text-ink"
                onClick={() => onChange(dates.filter((other) => other !== each))}
              >
                <X className="size-3.5" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
