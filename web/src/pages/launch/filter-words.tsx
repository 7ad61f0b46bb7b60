import { queryOf } from '../../lib/lead-filter.ts';
import type { LeadFilter } from '../../lib/lead-filter.ts';
import { useFilterFields } from '../leads/filter-fields.ts';

/** A filter in words, such as "Source: Trade fair". */
export function FilterWords({ filter }: { filter: LeadFilter }) {
  const fields = useFilterFields();
  const parts = Object.entries(queryOf(filter)).map(([key, value]) => {
    if (key === 'search') return { key, label: 'Search', value: `“${value}”` };
    const field = fields.find((each) => each.key === key);
    const chosen = field?.options?.find((option) => option.value === value);
    return { key, label: field?.label ?? key, value: chosen?.label ?? value };
  });
  if (parts.length === 0) return null;
  return (
    <ul aria-label="The filter" className="mt-3 flex flex-wrap gap-1.5">
      {parts.map(({ key, label, value }) => (
        <li key={key} className="rounded-full bg-sunken px-2.5 py-0.5 text-[13px]">
          <span className="text-ink-muted">{label}:</span> {value}
        </li>
      ))}
    </ul>
  );
}
