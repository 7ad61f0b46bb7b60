import { journeyStatuses } from '#domain/journey/state.ts';
import type { JourneyStatus } from '#domain/journey/state.ts';
import { formatCount, words } from '../../lib/format.ts';
import { waitingKinds, waitingLabels } from '../../lib/waiting.ts';
import type { JourneySearch } from '../../router.tsx';
import { Button } from '../button.tsx';
import { SearchField } from '../search-field.tsx';
import { Select, anyValue, unlessAny } from '../select.tsx';

type JourneyFiltersProps = {
  value: JourneySearch;
  onChange: (value: JourneySearch) => void;
  /** How many there are of each status, as the server counts them. */
  counts?: Record<JourneyStatus, number> | undefined;
};

/** What a list of journeys can be narrowed by; the server does the narrowing. */
export function JourneyFilters({ value, onChange, counts }: JourneyFiltersProps) {
  const all = counts ? Object.values(counts).reduce((sum, count) => sum + count, 0) : null;
  const set = (part: JourneySearch) => onChange({ ...value, ...part });
  const filtered = value.status !== undefined || value.waitingFor !== undefined;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search by name or phone"
        value={value.search ?? ''}
        onChange={(search) => set({ search: search || undefined })}
        className="w-full sm:w-64"
      />
      <Select
        label="Status"
        labelInside
        className="max-sm:flex-1"
        value={value.status ?? anyValue}
        onChange={(status) => set({ status: unlessAny(status) })}
        options={[
          { value: anyValue, label: all === null ? 'All' : `All (${formatCount(all)})` },
          ...journeyStatuses.map((status) => ({
            value: status,
            label: counts ? `${words(status)} (${formatCount(counts[status])})` : words(status),
          })),
        ]}
      />
      <Select
        label="Waits for"
        labelInside
        className="max-sm:flex-1"
        value={value.waitingFor ?? anyValue}
        onChange={(waitingFor) => set({ waitingFor: unlessAny(waitingFor) })}
        options={[
          { value: anyValue, label: 'Anything' },
          ...waitingKinds.map((kind) => ({ value: kind, label: waitingLabels[kind] })),
        ]}
      />
      {filtered ? (
        <Button variant="ghost" size="sm" onClick={() => onChange({ search: value.search })}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}
