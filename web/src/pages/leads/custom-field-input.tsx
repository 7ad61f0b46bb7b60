import { TextField } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import type { CustomField } from '../../data/leads.ts';

const notSet = 'not set';

/** A field of the organisation's own, by its type. Values are texts; an empty one means that there is none. */
export function CustomFieldInput({
  field,
  value,
  onChange,
  error,
}: {
  field: Pick<CustomField, 'label' | 'type' | 'options'>;
  value: string;
  onChange: (value: string) => void;
  error?: string | null | undefined;
}) {
  const choices =
    field.type === 'boolean'
      ? [
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]
      : field.type === 'select'
        ? field.options.map((option) => ({ value: option, label: option }))
        : null;
  if (choices) {
    return (
      <Select
        label={field.label}
        value={value === '' ? notSet : value}
        onChange={(next) => onChange(next === notSet ? '' : next)}
        options={[{ value: notSet, label: 'Not set' }, ...choices]}
        error={error}
      />
    );
  }
  return (
    <TextField
      label={field.label}
      type={field.type === 'date' ? 'date' : 'text'}
      inputMode={field.type === 'number' ? 'decimal' : undefined}
      value={value}
      maxLength={2000}
      onChange={(event) => onChange(event.target.value)}
      error={error}
    />
  );
}
