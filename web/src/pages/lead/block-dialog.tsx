import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { addBlock } from '../../data/leads.ts';
import type { Lead } from '../../data/types.ts';
import { leadName } from '../../lib/format.ts';
import { toastDone } from '../../lib/toasts.ts';

/** Blocks a lead, for good or until a day. */
export function BlockDialog({
  lead,
  open,
  onOpenChange,
}: {
  lead: Lead;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const queryClient = useQueryClient();
  const block = useMutation({
    mutationFn: () =>
      addBlock(lead.id, {
        reason: reason.trim(),
        expiresAt: until === '' ? null : new Date(until).toISOString(),
      }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['lead'] });
      toastDone(`${leadName(lead)} is blocked`);
      toggle(false);
    },
  });
  const toggle = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setReason('');
    setUntil('');
    block.reset();
  };
  return (
    <FormDialog
      open={open}
      onOpenChange={toggle}
      title={`Block ${leadName(lead)}?`}
      description="Nothing is sent to this lead by any campaign. The journeys wait until the block is over."
      submit="Block"
      variant="danger"
      busy={block.isPending}
      disabled={reason.trim() === ''}
      onSubmit={() => block.mutate()}
    >
      <TextField
        label="Reason"
        hint="For your team."
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      <TextField
        label="Until, on your clock"
        hint="Optional. Without it, the block holds until somebody lifts it."
        type="datetime-local"
        value={until}
        onChange={(event) => setUntil(event.target.value)}
      />
      <ProblemNote error={block.error} />
    </FormDialog>
  );
}
