import { useLayoutEffect, useRef } from 'react';
import type { ComponentProps } from 'react';
import { cx } from '../lib/format.ts';

/** A box to tick, the browser's own, so that keyboard, touch and screen readers know it. */
export function Checkbox({
  indeterminate = false,
  className,
  ...input
}: Omit<ComponentProps<'input'>, 'type'> & { indeterminate?: boolean }) {
  const ref = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (ref.current) ref.current.indeterminate = indeterminate;
  }, [indeterminate]);
  return (
    <input
      {...input}
      ref={ref}
      type="checkbox"
      className={cx(
        'size-4 shrink-0 cursor-pointer rounded accent-accent disabled:cursor-not-allowed',
        className,
      )}
    />
  );
}

/** A box with its words beside it. */
export function CheckboxField({
  label,
  hint,
  ...input
}: Omit<ComponentProps<typeof Checkbox>, 'id'> & { label: string; hint?: string }) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5 text-sm">
      <Checkbox {...input} className="mt-0.5" />
      <span className="min-w-0">
        {label}
        {hint ? <span className="block text-xs text-ink-faint">{hint}</span> : null}
      </span>
    </label>
  );
}
