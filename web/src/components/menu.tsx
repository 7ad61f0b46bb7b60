import { Menu as BaseMenu } from '@base-ui/react/menu';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { cx } from '../lib/format.ts';

const itemClass =
  'flex w-full cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-hidden select-none data-disabled:text-ink-faint data-highlighted:bg-sunken [&_svg]:size-4 [&_svg]:text-ink-faint';

/** A menu that opens from a button. */
export function Menu({
  trigger,
  children,
  side = 'bottom',
  align = 'end',
  defaultOpen = false,
}: {
  trigger: ReactElement;
  children: ReactNode;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  defaultOpen?: boolean;
}) {
  return (
    <BaseMenu.Root modal={false} defaultOpen={defaultOpen}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className="z-50 outline-hidden" side={side} align={align} sideOffset={6}>
          <BaseMenu.Popup className="min-w-52 origin-(--transform-origin) rounded-lg border border-line bg-surface p-1 shadow-pop outline-hidden transition-[scale,opacity] duration-100 data-ending-style:scale-97 data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export function MenuItem({
  danger = false,
  className,
  ...rest
}: ComponentProps<typeof BaseMenu.Item> & { danger?: boolean }) {
  return (
    <BaseMenu.Item
      {...rest}
      className={cx(itemClass, danger && 'text-bad [&_svg]:text-bad', className as string | undefined)}
    />
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="my-1 h-px bg-line" />;
}

export const MenuRadioGroup = BaseMenu.RadioGroup;
export const MenuGroup = BaseMenu.Group;

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <BaseMenu.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs text-ink-faint">
      {children}
    </BaseMenu.GroupLabel>
  );
}

export function MenuRadioItem({ children, ...rest }: ComponentProps<typeof BaseMenu.RadioItem>) {
  return (
    <BaseMenu.RadioItem {...rest} className={itemClass}>
      {children}
      <BaseMenu.RadioItemIndicator className="ml-auto size-1.5 rounded-full bg-accent" />
    </BaseMenu.RadioItem>
  );
}
