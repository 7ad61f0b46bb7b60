import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';

/** A small panel beside the button that opens it. */
export function Popover({
  trigger,
  title,
  open,
  onOpenChange,
  align = 'start',
  children,
}: {
  trigger: ReactElement;
  /** Told to screen readers. */
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  align?: 'start' | 'end';
  children: ReactNode;
}) {
  return (
    <BasePopover.Root open={open} onOpenChange={onOpenChange}>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner
          className="z-50 outline-hidden"
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <BasePopover.Popup className="max-h-(--available-height) w-72 max-w-[calc(100vw-1rem)] origin-(--transform-origin) overflow-y-auto rounded-lg border border-line bg-surface p-1.5 shadow-pop outline-hidden transition-[scale,opacity] duration-100 data-ending-style:scale-97 data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0">
            <BasePopover.Title className="sr-only">{title}</BasePopover.Title>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}

/** A line of such a panel that does something. */
export const popoverItemClass =
  'flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left text-sm hover:bg-sunken aria-pressed:font-medium [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint';
