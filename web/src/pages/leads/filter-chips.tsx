import { ListFilter, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import type { LeadSearch } from '../../lib/lead-filter.ts';
import { FieldList, ValueEditor } from './filter-editor.tsx';
import { valueWords } from './filter-fields.ts';
import type { FilterField, FilterKey } from './filter-fields.ts';

type Narrow = (change: { [Key in FilterKey]?: string | undefined }) => void;

/** A new filter: first by what, then which. */
export function FilterButton({
  fields,
  search,
  onNarrow,
}: {
  fields: FilterField[];
  search: LeadSearch;
  onNarrow: Narrow;
}) {
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<FilterField | null>(null);
  const toggle = (next: boolean) => {
    setOpen(next);
    if (next) setField(null);
  };
  return (
    <Popover
      title="Filter"
      open={open}
      onOpenChange={toggle}
      trigger={
        <Button>
          <ListFilter aria-hidden />
          Filter
        </Button>
      }
    >
      {field === null ? (
        <FieldList fields={fields} onPick={setField} />
      ) : (
        <ValueEditor
          key={field.key}
          field={field}
          value={search[field.key]}
          onBack={() => setField(null)}
          onApply={(value) => {
            onNarrow({ [field.key]: value });
            setOpen(false);
          }}
        />
      )}
    </Popover>
  );
}

/** What the list is narrowed by at present, each to be changed or taken away. */
export function FilterChips({
  fields,
  search,
  onNarrow,
  onClear,
}: {
  fields: FilterField[];
  search: LeadSearch;
  onNarrow: Narrow;
  onClear: () => void;
}) {
  const active = fields.filter(({ key }) => search[key] !== undefined);
  if (active.length === 0) return null;
  return (
    <ul aria-label="Filters" className="mb-3 flex flex-wrap items-center gap-2">
      {active.map((field) => (
        <li key={field.key}>
          <Chip field={field} value={search[field.key] ?? ''} onNarrow={onNarrow} />
        </li>
      ))}
      <li>
        <Button variant="ghost" size="sm" onClick={onClear}>
          Clear all
        </Button>
      </li>
    </ul>
  );
}

function Chip({ field, value, onNarrow }: { field: FilterField; value: string; onNarrow: Narrow }) {
  const [open, setOpen] = useState(false);
  const told = (
    <>
      <span className="text-ink-muted">{field.label}</span>
      <span className="max-w-48 truncate font-medium">{valueWords(field, value)}</span>
    </>
  );
  return (
    <span className="inline-flex h-8 items-center rounded-full border border-line-strong bg-surface text-[13px] shadow-card">
      {field.linkOnly ? (
        <span className="flex items-center gap-1.5 pl-3">{told}</span>
      ) : (
        <Popover
          title={field.label}
          open={open}
          onOpenChange={setOpen}
          trigger={
            <button
              type="button"
              className="flex h-full items-center gap-1.5 rounded-l-full pr-1 pl-3 hover:bg-sunken"
            >
              {told}
            </button>
          }
        >
          <ValueEditor
            field={field}
            value={value}
            onApply={(next) => {
              onNarrow({ [field.key]: next });
              setOpen(false);
            }}
          />
        </Popover>
      )}
      <button
        type="button"
        aria-label={`Remove the filter ${field.label}`}
        className="grid h-full w-8 place-items-center rounded-r-full text-ink-faint hover:bg-sunken hover:text-ink"
        onClick={() => onNarrow({ [field.key]: undefined })}
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </span>
  );
}
