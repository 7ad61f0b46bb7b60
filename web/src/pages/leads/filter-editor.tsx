import { Check, ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { controlClass } from '../../components/field.tsx';
import { popoverItemClass } from '../../components/popover.tsx';
import { cx } from '../../lib/format.ts';
import type { FilterField } from './filter-fields.ts';

/** The first step of a new filter: by what. */
export function FieldList({
  fields,
  onPick,
}: {
  fields: FilterField[];
  onPick: (field: FilterField) => void;
}) {
  return (
    <ul aria-label="Filter by">
      {fields
        .filter(({ linkOnly }) => !linkOnly)
        .map((field) => (
          <li key={field.key}>
            <button type="button" className={popoverItemClass} onClick={() => onPick(field)}>
              {field.label}
            </button>
          </li>
        ))}
    </ul>
  );
}

/** The value of one filter: chosen from a list, or typed. */
export function ValueEditor({
  field,
  value,
  onBack,
  onApply,
}: {
  field: FilterField;
  value: string | undefined;
  onBack?: () => void;
  onApply: (value: string) => void;
}) {
  return (
    <div>
      <div className="flex items-center gap-1 px-1 pt-0.5 pb-1.5 text-xs font-medium text-ink-muted">
        {onBack ? (
          <button
            type="button"
            aria-label="Back to all filters"
            className="rounded p-1 hover:bg-sunken"
            onClick={onBack}
          >
            <ChevronLeft className="size-4" aria-hidden />
          </button>
        ) : null}
        <span className={onBack ? '' : 'px-1.5'}>{field.label}</span>
      </div>
      {field.kind === 'choice' ? (
        <Choices field={field} value={value} onApply={onApply} />
      ) : (
        <Typed field={field} value={value ?? ''} onApply={onApply} />
      )}
    </div>
  );
}

function Choices({
  field: { label, options = [] },
  value,
  onApply,
}: {
  field: FilterField;
  value: string | undefined;
  onApply: (value: string) => void;
}) {
  if (options.length === 0)
    return <p className="px-2.5 pb-2 text-sm text-ink-muted">Nothing to choose yet.</p>;
  return (
    <ul aria-label={label} className="max-h-72 overflow-y-auto">
      {options.map((option) => (
        <li key={option.value}>
          <button
            type="button"
            aria-pressed={option.value === value}
            className={popoverItemClass}
            onClick={() => onApply(option.value)}
          >
            {option.color ? (
              <span
                aria-hidden
                className="size-2 shrink-0 rounded-full ring-1 ring-line-strong"
                style={{ backgroundColor: option.color }}
              />
            ) : null}
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.value === value ? <Check aria-hidden /> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Typed({
  field,
  value,
  onApply,
}: {
  field: FilterField;
  value: string;
  onApply: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  return (
    <form
      className="flex gap-2 p-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onApply(text.trim());
      }}
    >
      <input
        type={field.kind === 'day' ? 'date' : 'text'}
        aria-label={field.label}
        // The panel was opened to write here.
        autoFocus
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={cx(controlClass, 'h-8')}
      />
      <Button type="submit" size="sm" variant="primary" disabled={text.trim() === ''}>
        Apply
      </Button>
    </form>
  );
}
