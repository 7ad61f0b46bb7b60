import { useState } from 'react';
import { ApiError } from '../../data/client.ts';
import type { Journey } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { formatInstant, toLocalField } from '../../lib/format-time.ts';
import { useJourneyAction } from './use-journey-action.ts';

const hourMs = 3_600_000;
const presets = [
  { label: 'In an hour', ms: hourMs },
  { label: 'Tomorrow', ms: 24 * hourMs },
  { label: 'In a week', ms: 7 * 24 * hourMs },
];

type DialogProps = { journey: Journey; open: boolean; onOpenChange: (open: boolean) => void };

/** Moves the end of the present wait. */
export function RescheduleDialog({ journey, open, onOpenChange }: DialogProps) {
  const [value, setValue] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const reschedule = useJourneyAction(journey.id);
  const close = () => {
    onOpenChange(false);
    setValue('');
    setWrong(null);
    reschedule.reset();
  };
  const untilMs = value === '' ? Number.NaN : new Date(value).getTime();
  const valid = Number.isFinite(untilMs);
  const atField = reschedule.error instanceof ApiError ? reschedule.error.at('until') : null;
  const [zone] = journey.lead.timeZones;
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title="Reschedule the wait"
      description="The journey goes on at the time you choose, still inside calling hours."
      submit="Reschedule"
      busy={reschedule.isPending}
      onSubmit={() => {
        const problem = problemOf(untilMs);
        setWrong(problem);
        if (problem !== null) return;
        const until = new Date(untilMs).toISOString();
        reschedule.mutate({ action: 'reschedule', until }, { onSuccess: close });
      }}
    >
      <div className="flex flex-wrap gap-2">
        {presets.map(({ label, ms }) => (
          <Button key={label} size="sm" onClick={() => setValue(toLocalField(Date.now() + ms))}>
            {label}
          </Button>
        ))}
      </div>
      <TextField
        label="Until, on your clock"
        type="datetime-local"
        value={value}
        onChange={(event) => {
          setValue(event.target.value);
          setWrong(null);
        }}
        error={wrong ?? atField}
        hint={
          valid && zone
            ? `${formatInstant(new Date(untilMs).toISOString(), zone)} where the lead is (${zone})`
            : 'The time where the lead is appears here.'
        }
      />
      {atField === null ? <ProblemNote error={reschedule.error} /> : null}
    </FormDialog>
  );
}

/** What is wrong with the chosen end of the wait at this moment. */
function problemOf(untilMs: number): string | null {
  if (!Number.isFinite(untilMs)) return 'Choose a date and a time.';
  return untilMs <= Date.now()
    ? 'Choose a time that is still to come; to go on at once, skip the step.'
    : null;
}
