import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError, answerOf, api } from '../../data/client.ts';
import { callbacksOfLeadQuery } from '../../data/queries.ts';
import type { Lead } from '../../data/types.ts';
import { FormDialog } from '../../components/dialog.tsx';
import { TextAreaField, TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { leadName } from '../../lib/format.ts';
import { formatInstant, zoneName } from '../../lib/format-time.ts';
import { randomKey } from '../../lib/random-key.ts';
import { toastDone } from '../../lib/toasts.ts';
import { useNow } from '../../lib/use-now.ts';

type DialogProps = { lead: Lead; open: boolean; onOpenChange: (open: boolean) => void };
type Promised = { localTime: string; timeZone: string | undefined; say?: string; note?: string };

const fields = ['localTime', 'dueAt', 'timeZone', 'say', 'note'];

/** Promises a call at a time on the lead's own clock. */
export function PromiseDialog({ lead, open, onOpenChange }: DialogProps) {
  const [localTime, setLocalTime] = useState('');
  const [say, setSay] = useState('');
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  // One form is one promise, however often it is sent.
  const key = useRef(randomKey());
  const queryClient = useQueryClient();
  const promise = useMutation({
    mutationFn: (body: Promised) =>
      answerOf(
        api.callbacks.$post({
          json: { leadId: lead.id, ...body },
          header: { 'idempotency-key': key.current },
        }),
      ),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: callbacksOfLeadQuery(lead.id).queryKey });
      toastDone('Call promised');
      close();
    },
  });
  const close = () => {
    onOpenChange(false);
    for (const set of [setLocalTime, setSay, setNote]) set('');
    setWrong(null);
    key.current = randomKey();
    promise.reset();
  };
  const now = new Date(useNow()).toISOString();
  const [zone] = lead.timeZones;
  const at = (field: string) => (promise.error instanceof ApiError ? promise.error.at(field) : null);
  const atField = fields.some((field) => at(field) !== null);
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title="Promise a call"
      description={`Leadway calls ${leadName(lead)} at that time, inside calling hours. If nobody can be reached within a day, it becomes a task.`}
      submit="Promise the call"
      busy={promise.isPending}
      onSubmit={() => {
        setWrong(localTime === '' ? 'Choose a date and a time.' : null);
        if (localTime === '') return;
        promise.mutate({
          localTime,
          timeZone: zone,
          ...(say.trim() === '' ? {} : { say: say.trim() }),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        });
      }}
    >
      <TextField
        label="When, on the lead’s clock"
        type="datetime-local"
        value={localTime}
        onChange={(event) => {
          setLocalTime(event.target.value);
          setWrong(null);
        }}
        error={wrong ?? at('localTime') ?? at('dueAt') ?? at('timeZone')}
        hint={
          zone
            ? `It is ${formatInstant(now, zone)} ${zoneName(now, zone)} there now (${zone}).`
            : 'Nobody knows where the lead is: complete the address first.'
        }
      />
      <TextAreaField
        label="What is said"
        hint="Optional. Without it, the call says who is calling back."
        value={say}
        maxLength={1000}
        onChange={(event) => setSay(event.target.value)}
        error={at('say')}
      />
      <TextField
        label="Note"
        hint="Optional, for your team."
        value={note}
        maxLength={2000}
        onChange={(event) => setNote(event.target.value)}
        error={at('note')}
      />
      {atField ? null : <ProblemNote error={promise.error} />}
    </FormDialog>
  );
}
