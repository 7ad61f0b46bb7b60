import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../lib/format.ts';

export const controlClass =
  'w-full min-w-0 rounded-lg border border-control-line/60 bg-surface px-3 text-sm text-ink shadow-card transition-colors ' +
  'hover:border-control-line focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 ' +
  'aria-invalid:border-bad disabled:opacity-60';

type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value; shown at the field and told to screen readers. */
  error?: string | null | undefined;
};

function FieldFrame({ id, label, hint, error, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-[13px] font-medium">
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-error`} role="alert" className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      ) : hint ? (
        <p id={`${id}-hint`} className="mt-1.5 text-xs text-ink-faint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

function describedBy(id: string, { error, hint }: FieldProps): string | undefined {
  return error ? `${id}-error` : hint ? `${id}-hint` : undefined;
}

export function TextField({ label, hint, error, className, ...input }: FieldProps & ComponentProps<'input'>) {
  const id = useId();
  const field = { label, hint, error };
  return (
    <FieldFrame id={id} {...field}>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, field)}
        className={cx(controlClass, 'h-9', className)}
      />
    </FieldFrame>
  );
}

export function TextAreaField({
  label,
  hint,
  error,
  className,
  ...input
}: FieldProps & ComponentProps<'textarea'>) {
  const id = useId();
  const field = { label, hint, error };
  return (
    <FieldFrame id={id} {...field}>
      <textarea
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, field)}
        className={cx(controlClass, 'min-h-20 py-2', className)}
      />
    </FieldFrame>
  );
}
