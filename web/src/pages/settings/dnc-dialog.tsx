import { useState } from 'react';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ApiError } from '../../data/client.ts';
import { addDncEntry } from '../../data/settings.ts';
import { useSetting } from './use-setting.ts';

/** Puts a number on the organisation's own list. */
export function DncDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [phone, setPhone] = useState('');
  const [reason, setReason] = useState('');
  const add = useSetting(['dnc']);
  const atPhone = add.error instanceof ApiError ? add.error.at('phone') : null;
  const toggle = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setPhone('');
    setReason('');
    add.reset();
  };
  return (
    <FormDialog
      open={open}
      onOpenChange={toggle}
      title="Never reach this number"
      description="Nothing goes to it from now on, whoever has it."
      submit="Add to the list"
      busy={add.isPending}
      disabled={phone.trim() === ''}
      onSubmit={() =>
        add.mutate(
          {
            make: () => addDncEntry({ phone: phone.trim(), reason: reason.trim() || null }),
            done: 'Number added to the list',
            quiet: true,
          },
          { onSuccess: () => toggle(false) },
        )
      }
    >
      <TextField
        label="Number"
        type="tel"
        value={phone}
        onChange={(event) => setPhone(event.target.value)}
        error={atPhone}
      />
      <TextField
        label="Reason"
        hint="Optional, for your team."
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      {atPhone === null ? <ProblemNote error={add.error} /> : null}
    </FormDialog>
  );
}
