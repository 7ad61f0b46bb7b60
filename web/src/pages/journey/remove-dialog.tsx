import { useState } from 'react';
import type { Journey } from '../../data/types.ts';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useJourneyAction } from './use-journey-action.ts';

type DialogProps = { journey: Journey; open: boolean; onOpenChange: (open: boolean) => void };

/** Ends the journey for this lead. */
export function RemoveDialog({ journey, open, onOpenChange }: DialogProps) {
  const [reason, setReason] = useState('');
  const removal = useJourneyAction(journey.id);
  const close = () => {
    onOpenChange(false);
    setReason('');
    removal.reset();
  };
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title="Remove from the journey?"
      description={`${journey.lead.name || 'This lead'} leaves ${journey.campaign.name} for good: nothing more is sent, and the lead cannot be launched into this campaign again.`}
      submit="Remove"
      variant="danger"
      busy={removal.isPending}
      onSubmit={() =>
        removal.mutate({ action: 'remove', reason: reason.trim() || undefined }, { onSuccess: close })
      }
    >
      <TextField
        label="Reason"
        hint="Optional; shown on the timeline."
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNote error={removal.error} />
    </FormDialog>
  );
}
