import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../lib/format.ts';
import { controlClass } from './field.tsx';

/**
 * The system's own list: for long lists, for many of them on a page, and on a phone, where it is the best there is. The
 * label is above it, or only told where the place says it already.
 */
export function NativeSelect({
  label,
  hideLabel = false,
  className,
  children,
  ...select
}: { label: string; hideLabel?: boolean; children: ReactNode } & ComponentProps<'select'>) {
  const id = useId();
  return (
    <div className={cx('min-w-0', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'mb-1.5 block text-[13px] font-medium'}>
        {label}
      </label>
      <select {...select} id={id} className={cx(controlClass, 'h-9 px-2.5')}>
        {children}
      </select>
    </div>
  );
}
