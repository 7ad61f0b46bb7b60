import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { cx } from '../lib/format.ts';
import { Button, buttonClass } from './button.tsx';
import type { ButtonVariant } from './button.tsx';

export const backdropClass =
  'fixed inset-0 min-h-dvh bg-black/40 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 dark:bg-black/60';
export const popupClass =
  'fixed top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 overflow-y-auto ' +
  'rounded-xl border border-line bg-surface p-5 shadow-pop outline-hidden transition-[scale,opacity] duration-150 ' +
  'data-ending-style:scale-97 data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0';

type FormDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  submit: string;
  variant?: ButtonVariant;
  busy?: boolean;
  disabled?: boolean;
  onSubmit: () => void;
  children: ReactNode;
  /** For forms of more than a few fields. */
  wide?: boolean;
};

/** A small form over the page. */
export function FormDialog({
  open,
  onOpenChange,
  title,
  description,
  submit,
  variant = 'primary',
  busy = false,
  disabled = false,
  onSubmit,
  children,
  wide = false,
}: FormDialogProps) {
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropClass} />
        <BaseDialog.Popup className={cx(popupClass, wide && 'sm:max-w-2xl!')}>
          <BaseDialog.Title className="pr-8 text-base font-semibold">{title}</BaseDialog.Title>
          {description ? (
            <BaseDialog.Description render={<div />} className="mt-1 text-sm text-ink-muted">
              {description}
            </BaseDialog.Description>
          ) : null}
          <BaseDialog.Close
            aria-label="Close"
            className={cx(buttonClass('ghost', 'sm'), 'absolute top-3.5 right-3.5 w-8 px-0')}
          >
            <X aria-hidden />
          </BaseDialog.Close>
          <form onSubmit={submitted} className="mt-4 space-y-4" noValidate>
            {children}
            <div className="flex justify-end gap-2 pt-1">
              <BaseDialog.Close className={buttonClass('secondary')}>Cancel</BaseDialog.Close>
              <Button type="submit" variant={variant} busy={busy} disabled={disabled}>
                {submit}
              </Button>
            </div>
          </form>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
