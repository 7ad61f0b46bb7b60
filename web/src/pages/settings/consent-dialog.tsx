import { useState } from 'react';
import { FormDialog } from '../../components/dialog.tsx';
import { TextAreaField, TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Select } from '../../components/select.tsx';
import { ApiError } from '../../data/client.ts';
import { recordConsent } from '../../data/settings.ts';
import type { NewConsent } from '../../data/settings.ts';
import { useSetting } from './use-setting.ts';

/** Records what a person agreed to, or asked us to stop. */
export function ConsentDialog({
  open,
  onOpenChange,
  phone: lookedUp,
  onRecorded,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  phone: string;
  onRecorded: (phone: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const [kind, setKind] = useState<NewConsent['kind']>('opt_in');
  const [channel, setChannel] = useState<NonNullable<NewConsent['channel']>>('all');
  const [source, setSource] = useState('web_form');
  const [text, setText] = useState('');
  const record = useSetting(['consents', 'lead', 'journey']);
  const phone = typed ?? lookedUp;
  const at = (field: string) => (record.error instanceof ApiError ? record.error.at(field) : null);
  const told = ['phone', 'source', 'text'].some((field) => at(field) !== null);
  const toggle = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setTyped(null);
    setText('');
    record.reset();
  };
  return (
    <FormDialog
      open={open}
      onOpenChange={toggle}
      title="Record a consent"
      description="It follows the number. An opt-out ends every running journey of the number at once."
      submit="Record"
      variant={kind === 'opt_out' ? 'danger' : 'primary'}
      busy={record.isPending}
      disabled={phone.trim() === '' || source.trim() === ''}
      onSubmit={() =>
        record.mutate(
          {
            make: () =>
              recordConsent({
                phone: phone.trim(),
                kind,
                channel,
                source: source.trim(),
                text: text.trim() || null,
              }),
            done: kind === 'opt_in' ? 'Opt-in recorded' : 'Opt-out recorded',
            quiet: true,
          },
          {
            onSuccess: () => {
              onRecorded(phone.trim());
              toggle(false);
            },
          },
        )
      }
    >
      <TextField
        label="Number"
        type="tel"
        value={phone}
        onChange={(event) => setTyped(event.target.value)}
        error={at('phone')}
      />
      <div className="grid grid-cols-2 gap-4">
        <Select
          label="What"
          value={kind}
          onChange={(next) => setKind(next as NewConsent['kind'])}
          options={[
            { value: 'opt_in', label: 'Opted in' },
            { value: 'opt_out', label: 'Opted out' },
          ]}
        />
        <Select
          label="Of"
          value={channel}
          onChange={(next) => setChannel(next as typeof channel)}
          options={[
            { value: 'all', label: 'Texts and calls' },
            { value: 'sms', label: 'Texts' },
            { value: 'voice', label: 'Calls' },
          ]}
        />
      </div>
      <TextField
        label="Source"
        hint="A short name, such as web_form or phone_call."
        value={source}
        maxLength={50}
        onChange={(event) => setSource(event.target.value)}
        error={at('source')}
      />
      <TextAreaField
        label="The words"
        hint="What the person wrote or was shown. Needed for an opt-in after a STOP."
        value={text}
        maxLength={2000}
        onChange={(event) => setText(event.target.value)}
        error={at('text')}
      />
      {told ? null : <ProblemNote error={record.error} />}
    </FormDialog>
  );
}
