import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { Button, buttonClass } from './button.tsx';
import type { ButtonVariant } from './button.tsx';
import { backdropClass, popupClass } from './dialog.tsx';

export type ConfirmProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  confirm: string;
  cancel?: string;
  variant?: ButtonVariant;
  busy?: boolean;
  onConfirm: () => void;
};

/** Asks before something that reaches people or cannot be undone. */
export function ConfirmView({
  open,
  onOpenChange,
  title,
  children,
  confirm,
  cancel = 'Cancel',
  variant = 'primary',
  busy = false,
  onConfirm,
}: ConfirmProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Popup className={popupClass}>
          <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="mt-2 space-y-3 text-sm text-ink-muted">
            {children}
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Close className={buttonClass('secondary')}>{cancel}</AlertDialog.Close>
            <Button variant={variant} busy={busy} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
