import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { cx } from '../lib/format.ts';
import { controlClass } from './field.tsx';

export type SelectOption = { value: string; label: string; hint?: string | undefined; disabled?: boolean };

/** The choice of a filter that filters nothing; an empty value would look like nothing was chosen. */
export const anyValue = 'any';

/** What a filter's choice says to the server. */
export function unlessAny(value: string): string | undefined {
  return value === anyValue || value === '' ? undefined : value;
}

type SelectProps = {
  label: string;
  /** Filters say their name within; form fields above. */
  labelInside?: boolean;
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
  error?: string | null | undefined;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
};

/** Chooses one of a list. */
export function Select({
  label,
  labelInside = false,
  options,
  value,
  onChange,
  error,
  placeholder = 'Choose…',
  disabled = false,
  className,
}: SelectProps) {
  const items = options.map((option) => ({ value: option.value, label: option.label }));
  return (
    <div className={cx('min-w-0', className)}>
      <BaseSelect.Root
        items={items}
        value={value}
        onValueChange={(next: string | null) => onChange(next ?? '')}
        disabled={disabled}
        modal={false}
      >
        <BaseSelect.Label className={labelInside ? 'sr-only' : 'mb-1.5 block text-[13px] font-medium'}>
          {label}
        </BaseSelect.Label>
        <BaseSelect.Trigger
          aria-invalid={error ? true : undefined}
          className={cx(controlClass, 'flex h-9 items-center gap-2 text-left data-disabled:opacity-60')}
        >
          {labelInside ? <span className="shrink-0 text-ink-faint">{label}</span> : null}
          <BaseSelect.Value
            placeholder={placeholder}
            className="min-w-0 flex-1 truncate data-placeholder:text-ink-faint"
          />
          <BaseSelect.Icon className="shrink-0 text-ink-faint">
            <ChevronsUpDown className="size-4" aria-hidden />
          </BaseSelect.Icon>
        </BaseSelect.Trigger>
        <BaseSelect.Portal>
          <BaseSelect.Positioner
            className="z-50 outline-hidden select-none"
            sideOffset={4}
            alignItemWithTrigger={false}
          >
            <BaseSelect.Popup className="max-h-[min(var(--available-height),22rem)] min-w-(--anchor-width) max-w-[calc(100vw-2rem)] overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-pop outline-hidden">
              <BaseSelect.List>
                {options.map((option) => (
                  <BaseSelect.Item
                    key={option.value}
                    value={option.value}
                    disabled={option.disabled ?? false}
                    className="grid cursor-default grid-cols-[1fr_1rem] items-center gap-3 rounded-md px-2.5 py-1.5 text-sm outline-hidden data-disabled:text-ink-faint data-highlighted:bg-sunken"
                  >
                    <span className="min-w-0">
                      <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                      {option.hint ? (
                        <span className="block text-xs text-ink-faint">{option.hint}</span>
                      ) : null}
                    </span>
                    <BaseSelect.ItemIndicator>
                      <Check className="size-4 text-accent" aria-hidden />
                    </BaseSelect.ItemIndicator>
                  </BaseSelect.Item>
                ))}
              </BaseSelect.List>
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </BaseSelect.Root>
      {error ? (
        <p role="alert" className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
