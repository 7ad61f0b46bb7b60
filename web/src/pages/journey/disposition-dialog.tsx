import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, answerOf, api } from '../../data/client.ts';
import { dispositionsQuery } from '../../data/queries.ts';
import type { Disposition, Journey } from '../../data/types.ts';
import { FormDialog } from '../../components/dialog.tsx';
import { TextAreaField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Select } from '../../components/select.tsx';
import { randomKey } from '../../lib/random-key.ts';
import { toastDone } from '../../lib/toasts.ts';

type DialogProps = { journey: Journey; open: boolean; onOpenChange: (open: boolean) => void };

/** Records what came of a contact. It is applied whole or not at all, and the reason is told here. */
export function DispositionDialog({ journey, open, onOpenChange }: DialogProps) {
  const [code, setCode] = useState('');
  const [note, setNote] = useState('');
  const [idempotencyKey, setIdempotencyKey] = useState(randomKey);
  const dispositions = useQuery({ ...dispositionsQuery, enabled: open });
  const queryClient = useQueryClient();
  const chosen = dispositions.data?.items.find((each) => each.code === code);
  const apply = useMutation({
    mutationFn: () =>
      answerOf(
        api.journeys[':id'].dispositions.$post({
          param: { id: journey.id },
          json: { disposition: code, note: note.trim() || undefined },
          header: { 'idempotency-key': idempotencyKey },
        }),
      ),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['journey', journey.id] });
      void queryClient.invalidateQueries({ queryKey: ['lead', journey.lead.id] });
      toastDone('Disposition applied', chosen ? `${chosen.label}, ${journey.lead.name}` : undefined);
      toggle(false);
    },
    // A refused application is over; mending the cause and asking again is a new one.
    onError: () => setIdempotencyKey(randomKey()),
  });
  const toggle = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setCode('');
    setNote('');
    setIdempotencyKey(randomKey());
    apply.reset();
  };
  const unknown = apply.error instanceof ApiError ? apply.error.at('disposition') : null;
  return (
    <FormDialog
      open={open}
      onOpenChange={toggle}
      title="Set a disposition"
      description={`What came of the contact with ${journey.lead.name || 'this lead'}?`}
      submit="Apply"
      busy={apply.isPending}
      disabled={code === ''}
      onSubmit={() => apply.mutate()}
    >
      <Select
        label="Disposition"
        value={code}
        onChange={(next) => {
          setCode(next);
          apply.reset();
        }}
        placeholder={dispositions.isPending ? 'Loading…' : 'Choose what happened'}
        options={(dispositions.data?.items ?? []).map((each) => ({
          value: each.code,
          label: each.label,
          hint: consequences(each),
        }))}
        error={unknown ?? (dispositions.error?.message || null)}
      />
      <TextAreaField
        label="Note"
        hint="Optional; kept with the disposition."
        value={note}
        maxLength={2000}
        onChange={(event) => setNote(event.target.value)}
      />
      {unknown === null ? <ProblemNote error={apply.error} /> : null}
    </FormDialog>
  );
}

/** What a disposition will do besides being recorded. */
function consequences(disposition: Disposition): string | undefined {
  const parts = [
    disposition.stage ? `stage ${disposition.stage}` : null,
    disposition.removeFromCampaigns ? 'leaves all campaigns' : null,
    disposition.addToDnc ? 'do-not-call' : null,
    disposition.callbackAfterMinutes === null ? null : 'a callback is planned',
    disposition.followUpTask === null ? null : 'a task is made',
  ].filter((part) => part !== null);
  return parts.length === 0 ? undefined : parts.join(', ');
}
