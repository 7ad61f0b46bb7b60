import { ArrowRight } from 'lucide-react';
import type { ImportChange, ImportPreview, ImportTarget } from '../../data/imports.ts';
import { Card } from '../../components/card.tsx';
import { NativeSelect } from '../../components/native-select.tsx';
import { cx, plural } from '../../lib/format.ts';
import { customPrefix, customTargetOf, targetLabels, targetWords } from './words.ts';

type Column = ImportPreview['columns'][number];

const leftOut = '';

/** What each column of the file becomes. A column may be several leads' phones; anything else is one column's alone. */
export function ColumnMapping({
  columns,
  disabled,
  onChange,
}: {
  columns: Column[];
  disabled: boolean;
  onChange: (change: ImportChange) => void;
}) {
  const choose = (index: number, target: ImportTarget | null) => {
    // Two columns cannot both be the first name: the other one keeps its cells as a field of its own.
    const before = columns.find((one) => one.target === target && one.index !== index);
    const moved =
      target !== null && target !== 'phone' && before
        ? [{ index: before.index, target: freeTarget(before, target) }]
        : [];
    onChange({ columns: [...moved, { index, target }] });
  };
  const out = columns.filter(({ target }) => target === null).length;
  return (
    <Card
      title="Columns"
      actions={
        <span className="text-xs text-ink-faint">
          {plural(columns.length - out, 'column')} used{out > 0 ? `, ${out} left out` : null}
        </span>
      }
      flush
    >
      <ul className="divide-y divide-line">
        {columns.map((column) => (
          <li
            key={column.index}
            className="grid items-center gap-x-4 gap-y-1.5 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_1rem_minmax(0,17rem)]"
          >
            <div className={cx('min-w-0', column.target === null && 'opacity-70')}>
              <p className="truncate text-sm font-medium">{column.name || `Column ${column.index + 1}`}</p>
              <p className="truncate text-[13px] text-ink-muted">
                {column.samples.length > 0 ? column.samples.join('  ·  ') : 'Empty in the first rows'}
              </p>
            </div>
            <ArrowRight className="size-4 text-ink-faint max-sm:hidden" aria-hidden />
            <TargetSelect
              column={column}
              disabled={disabled}
              onChange={(target) => choose(column.index, target)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function TargetSelect({
  column,
  disabled,
  onChange,
}: {
  column: Column;
  disabled: boolean;
  onChange: (target: ImportTarget | null) => void;
}) {
  const { index, name, target } = column;
  const custom = target?.startsWith(customPrefix) ? target : customTargetOf(name, index);
  return (
    <NativeSelect
      label={`What the column ${name || index + 1} is`}
      hideLabel
      value={target ?? leftOut}
      disabled={disabled}
      className={target === null ? 'text-ink-muted' : ''}
      onChange={(event) =>
        onChange(event.target.value === leftOut ? null : (event.target.value as ImportTarget))
      }
    >
      <option value={leftOut}>Left out</option>
      <optgroup label="Lead">
        {Object.entries(targetLabels).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </optgroup>
      <optgroup label="Other">
        <option value={custom}>{targetWords(custom)}</option>
      </optgroup>
    </NativeSelect>
  );
}

/** What a column becomes whose place another one takes: its own field, unless that is what is being taken. */
function freeTarget({ name, index }: Column, taken: ImportTarget): ImportTarget | null {
  const own = customTargetOf(name, index) as ImportTarget;
  return own === taken ? null : own;
}
