import { PlainDialog } from '../../components/plain-dialog.tsx';
import { listShortcuts } from '../../lib/list-keys.ts';

/** The keys of the list. */
export function ShortcutsDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <PlainDialog open={open} onOpenChange={onOpenChange} title="Keys of this list">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5 text-sm">
        {listShortcuts.map(({ keys, meaning }) => (
          <div key={meaning} className="contents">
            <dt className="flex gap-1.5">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="grid h-6 min-w-6 place-items-center rounded border border-line-strong bg-sunken px-1.5 font-mono text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-ink-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
    </PlainDialog>
  );
}
