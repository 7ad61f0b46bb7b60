import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { buttonClass } from '../button.tsx';
import { Sidebar } from './sidebar.tsx';

/** The navigation over the page, on a narrow screen. */
export function Drawer({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-black/40 transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-30 w-72 max-w-[85vw] border-r border-line bg-surface py-3 shadow-pop outline-hidden transition-transform duration-200 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <Dialog.Title className="sr-only">Navigation</Dialog.Title>
          <Dialog.Close
            aria-label="Close the navigation"
            className={`${buttonClass('ghost', 'sm')} absolute top-3.5 right-3 w-8 px-0`}
          >
            <X aria-hidden />
          </Dialog.Close>
          <Sidebar onNavigate={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
