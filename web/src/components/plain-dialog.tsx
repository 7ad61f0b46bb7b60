import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../lib/format.ts';
import { buttonClass } from './button.tsx';
import { backdropClass, popupClass } from './dialog.tsx';

/** Something to read or to work on over the page, without one thing to submit. */
export function PlainDialog({
  open,
  onOpenChange,
  title,
  description,
  wide = false,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
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
          <div className="mt-4">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
