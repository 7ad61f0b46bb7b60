import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { cx } from '../lib/format.ts';
import { controlClass } from './field.tsx';

/** Tags to add and take away; Enter or a comma ends one, Backspace in the empty field takes the last. */
export function TagField({
  label,
  value,
  onChange,
  hint,
  error,
  autoFocus = false,
}: {
  label: string;
  value: string[];
  onChange: (tags: string[]) => void;
  hint?: string;
  error?: string | null;
  autoFocus?: boolean;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const add = () => {
    const fresh = text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && !value.includes(tag));
    setText('');
    if (fresh.length > 0) onChange([...value, ...new Set(fresh)]);
  };
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-[13px] font-medium">
        {label}
      </label>
      <div
        className={cx(
          controlClass,
          'flex min-h-9 flex-wrap items-center gap-1.5 py-1 focus-within:border-accent focus-within:outline-2 focus-within:outline-accent',
        )}
      >
        {value.map((tag) => (
          <span
            key={tag}
            className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-full bg-sunken pl-2 text-xs font-medium text-ink-muted"
          >
            <span className="truncate">{tag}</span>
            <button
              type="button"
              aria-label={`Remove ${tag}`}
              className="grid size-6 place-items-center rounded-full hover:text-ink"
              onClick={() => onChange(value.filter((each) => each !== tag))}
            >
              <X className="size-3" aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={text}
          maxLength={100}
          // Only where the field is what a dialog was opened for.
          autoFocus={autoFocus}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
          onChange={(event) => setText(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if ((event.key === 'Enter' && text.trim() !== '') || event.key === ',') {
              event.preventDefault();
              add();
            } else if (event.key === 'Backspace' && text === '') onChange(value.slice(0, -1));
          }}
          className="h-6 min-w-24 flex-1 bg-transparent text-sm outline-hidden"
        />
      </div>
      {error ? (
        <p id={`${id}-error`} role="alert" className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      ) : hint ? (
        <p id={`${id}-hint`} className="mt-1.5 text-xs text-ink-faint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
