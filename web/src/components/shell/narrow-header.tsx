import { Menu } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { buttonClass } from '../button.tsx';
import { Logo } from './logo.tsx';

const Drawer = lazy(async () => ({ default: (await import('./drawer.tsx')).Drawer }));

/** The head of a narrow screen, with the navigation behind a button. */
export function NarrowHeader() {
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  return (
    <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-b border-line bg-surface/95 px-2 backdrop-blur lg:hidden">
      <button
        type="button"
        aria-label="Open the navigation"
        aria-haspopup="dialog"
        aria-expanded={open}
        className={buttonClass('ghost')}
        onClick={() => {
          setUsed(true);
          setOpen(true);
        }}
      >
        <Menu aria-hidden />
      </button>
      <Logo />
      {used ? (
        <Suspense>
          <Drawer open={open} onOpenChange={setOpen} />
        </Suspense>
      ) : null}
    </header>
  );
}
