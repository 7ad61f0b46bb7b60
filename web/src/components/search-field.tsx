import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cx } from '../lib/format.ts';
import { useDebounced } from '../lib/use-debounced.ts';
import { controlClass } from './field.tsx';

/** Searches while one types, once the typing rests. */
export function SearchField({
  label,
  value,
  onChange,
  className,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}) {
  const [text, setText] = useState(value);
  const settled = useDebounced(text.trim());
  useEffect(() => {
    if (settled !== value) onChange(settled);
    // Only the reader's typing searches; a new `value` or `onChange` does not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <div className={cx('relative', className)}>
      <Search
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint"
        aria-hidden
      />
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={label}
        placeholder={label}
        className={cx(controlClass, 'h-9 pl-9')}
      />
    </div>
  );
}
