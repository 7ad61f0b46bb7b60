import { useState } from 'react';
import { CheckboxField } from '../../components/checkbox.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Select } from '../../components/select.tsx';
import { ApiError } from '../../data/client.ts';
import { addNumber, changeNumber } from '../../data/settings.ts';
import type { OwnedNumber } from '../../data/settings.ts';
import { useSetting } from './use-setting.ts';

const unknown = 'unknown';
type Attestation = OwnedNumber['attestation'];

/** Adds a number, or changes what it may be used for. */
export function NumberDialog({
  open,
  onOpenChange,
  number,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  number?: OwnedNumber | undefined;
}) {
  const [e164, setE164] = useState('');
  const [canSms, setCanSms] = useState(number?.canSms ?? true);
  const [canVoice, setCanVoice] = useState(number?.canVoice ?? true);
  const [areaCode, setAreaCode] = useState(number?.areaCode ?? '');
  const [attestation, setAttestation] = useState<string>(number?.attestation ?? unknown);
  const [dailyCap, setDailyCap] = useState(number?.dailyCap?.toString() ?? '');
  const [rate, setRate] = useState((number?.ratePerSecond ?? 1).toString());
  const save = useSetting(['numbers']);
  const at = (field: string) => (save.error instanceof ApiError ? save.error.at(field) : null);
  const told = ['e164', 'areaCode', 'dailyCap', 'ratePerSecond'].some((field) => at(field) !== null);
  const close = () => {
    onOpenChange(false);
    save.reset();
  };
  const submit = () => {
    const rules = {
      canSms,
      canVoice,
      attestation: attestation === unknown ? null : (attestation as Attestation),
      dailyCap: dailyCap.trim() === '' ? null : Number(dailyCap),
      ratePerSecond: Number(rate),
    };
    const area = areaCode.trim() === '' ? null : areaCode.trim();
    save.mutate(
      {
        make: () =>
          number
            ? changeNumber(number.id, { ...rules, areaCode: area })
            : addNumber({ e164, ...rules, ...(area ? { areaCode: area } : {}) }),
        done: number ? 'Number changed' : 'Number added',
        quiet: true,
      },
      { onSuccess: close },
    );
  };
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={number ? number.formatted : 'Add a number'}
      description={
        number ? undefined : 'It must be yours at the carrier, with its inbound webhook pointing here.'
      }
      submit={number ? 'Save' : 'Add'}
      busy={save.isPending}
      disabled={!number && e164.trim() === ''}
      onSubmit={submit}
    >
      {number ? null : (
        <TextField
          label="Number"
          type="tel"
          placeholder="+1 212 555 0142"
          value={e164}
          onChange={(event) => setE164(event.target.value)}
          error={at('e164')}
        />
      )}
      <div className="flex gap-6">
        <CheckboxField label="Sends texts" checked={canSms} onChange={(e) => setCanSms(e.target.checked)} />
        <CheckboxField
          label="Places calls"
          checked={canVoice}
          onChange={(e) => setCanVoice(e.target.checked)}
        />
      </div>
      <div className="grid grid-cols-2 gap-4">
        <TextField
          label="Area code"
          hint="Its leads hear from it first."
          inputMode="numeric"
          maxLength={3}
          value={areaCode}
          onChange={(event) => setAreaCode(event.target.value)}
          error={at('areaCode')}
        />
        <Select
          label="Attestation"
          value={attestation}
          onChange={setAttestation}
          options={[
            { value: unknown, label: 'Not known' },
            { value: 'A', label: 'A, full' },
            { value: 'B', label: 'B, partial' },
            { value: 'C', label: 'C, gateway' },
          ]}
        />
        <TextField
          label="At most a day"
          hint="Texts and calls; empty = no limit."
          inputMode="numeric"
          value={dailyCap}
          onChange={(event) => setDailyCap(event.target.value)}
          error={at('dailyCap')}
        />
        <TextField
          label="At most a second"
          inputMode="decimal"
          value={rate}
          onChange={(event) => setRate(event.target.value)}
          error={at('ratePerSecond')}
        />
      </div>
      {told ? null : <ProblemNote error={save.error} />}
    </FormDialog>
  );
}
