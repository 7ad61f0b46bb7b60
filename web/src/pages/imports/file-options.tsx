import { useState } from 'react';
import type { ImportChange, ImportPreview } from '../../data/imports.ts';
import { Card } from '../../components/card.tsx';
import { TextField } from '../../components/field.tsx';
import { NativeSelect } from '../../components/native-select.tsx';
import { countries } from '../../lib/countries.ts';
import { delimiterLabels, encodingLabels } from './words.ts';

type FileOptionsProps = {
  preview: ImportPreview;
  disabled: boolean;
  onChange: (change: ImportChange) => void;
};

/** How the file is written: found out by itself, and to be put right where that was wrong. */
export function FileOptions({ preview, disabled, onChange }: FileOptionsProps) {
  const { options, guessed, sheets } = preview;
  const isWorkbook = sheets.length > 0;
  const found = (value: string, guess: string) => (value === guess ? ' (detected)' : '');
  return (
    <Card title="How the file is read">
      <div className="grid grid-cols-1 gap-4 min-[30rem]:grid-cols-2 md:grid-cols-3">
        {isWorkbook ? (
          <NativeSelect
            label="Sheet"
            value={options.sheet ?? sheets[0]}
            disabled={disabled}
            onChange={(event) => onChange({ sheet: event.target.value })}
          >
            {sheets.map((sheet) => (
              <option key={sheet}>{sheet}</option>
            ))}
          </NativeSelect>
        ) : (
          <>
            <NativeSelect
              label="Encoding"
              value={options.encoding}
              disabled={disabled}
              onChange={(event) => onChange({ encoding: event.target.value as typeof options.encoding })}
            >
              {Object.entries(encodingLabels).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                  {found(value, guessed.encoding)}
                </option>
              ))}
            </NativeSelect>
            <NativeSelect
              label="Separator"
              value={options.delimiter}
              disabled={disabled}
              onChange={(event) => onChange({ delimiter: event.target.value as typeof options.delimiter })}
            >
              {Object.entries(delimiterLabels).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                  {found(value, guessed.delimiter)}
                </option>
              ))}
            </NativeSelect>
          </>
        )}
        <NativeSelect
          label="First line"
          value={String(options.header)}
          disabled={disabled}
          onChange={(event) => onChange({ header: event.target.value === 'true' })}
        >
          <option value="true">Names the columns{found('true', String(guessed.header))}</option>
          <option value="false">Is a lead already{found('false', String(guessed.header))}</option>
        </NativeSelect>
        <NativeSelect
          label="Numbers without a country code are from"
          value={options.defaultCountry}
          disabled={disabled}
          onChange={(event) => onChange({ defaultCountry: event.target.value })}
        >
          {countries.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
        <Source source={options.source} disabled={disabled} onChange={onChange} />
      </div>
    </Card>
  );
}

/** Sent when the field is left: every letter would be a change of its own. */
function Source({
  source,
  disabled,
  onChange,
}: { source: string | null } & Omit<FileOptionsProps, 'preview'>) {
  const [text, setText] = useState(source ?? '');
  const commit = () => {
    const wanted = text.trim() || null;
    if (wanted !== source) onChange({ source: wanted });
  };
  return (
    <TextField
      label="Where these leads come from"
      placeholder="Optional, such as “Trade fair”"
      value={text}
      maxLength={100}
      disabled={disabled}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
