import { useState } from 'react';
import { FormDialog } from '../../components/dialog.tsx';
import { TextAreaField, TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Select } from '../../components/select.tsx';
import { ApiError } from '../../data/client.ts';
import type { CustomField } from '../../data/leads.ts';
import { addCustomField, changeCustomField } from '../../data/settings.ts';
import { typeWords } from './field-types.ts';
import { useSetting } from './use-setting.ts';

type FieldType = CustomField['type'];
const types = Object.keys(typeWords) as FieldType[];

/** A custom field: its name and type stay for good, because leads and templates rely on them. */
export function FieldDialog({
  open,
  onOpenChange,
  field,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  field?: CustomField | undefined;
}) {
  const [label, setLabel] = useState(field?.label ?? '');
  const [name, setName] = useState('');
  const [type, setType] = useState<FieldType>(field?.type ?? 'text');
  const [options, setOptions] = useState(field?.options.join('\n') ?? '');
  const save = useSetting(['custom-fields']);
  const at = (key: string) => (save.error instanceof ApiError ? save.error.at(key) : null);
  const told = ['label', 'name', 'options'].some((key) => at(key) !== null);
  const close = () => {
    onOpenChange(false);
    save.reset();
  };
  const submit = () => {
    const choices =
      type === 'select'
        ? {
            options: options
              .split('\n')
              .map((line) => line.trim())
              .filter(Boolean),
          }
        : {};
    save.mutate(
      {
        make: () =>
          field
            ? changeCustomField(field.id, { label: label.trim(), ...choices })
            : addCustomField({ name: name.trim() || nameOf(label), label: label.trim(), type, ...choices }),
        done: field ? 'Field changed' : 'Field added',
        quiet: true,
      },
      { onSuccess: close },
    );
  };
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={field ? field.label : 'Add a custom field'}
      submit={field ? 'Save' : 'Add'}
      busy={save.isPending}
      disabled={label.trim() === ''}
      onSubmit={submit}
    >
      <TextField
        label="Label"
        value={label}
        maxLength={100}
        onChange={(event) => setLabel(event.target.value)}
        error={at('label')}
      />
      {field ? null : (
        <>
          <TextField
            label="Name"
            hint="As files, templates and the API name it; it never changes."
            placeholder={nameOf(label)}
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
            error={at('name')}
          />
          <Select
            label="Type"
            value={type}
            onChange={(next) => setType(next as FieldType)}
            options={types.map((value) => ({ value, label: typeWords[value] }))}
          />
        </>
      )}
      {type === 'select' ? (
        <TextAreaField
          label="Choices"
          hint="One a line."
          value={options}
          onChange={(event) => setOptions(event.target.value)}
          error={at('options')}
        />
      ) : null}
      {told ? null : <ProblemNote error={save.error} />}
    </FormDialog>
  );
}

/** A name made of a label: "Renewal date" becomes `renewal_date`. */
function nameOf(label: string): string {
  return label
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60);
}
