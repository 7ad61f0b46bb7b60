import { Suspense, lazy, useEffect, useState } from 'react';
import { onFirstToast } from '../lib/toasts.ts';

const ToastView = lazy(async () => ({ default: (await import('./toast-view.tsx')).ToastView }));

/** Where results are told, from the first of them on. */
export function Toaster() {
  const [needed, setNeeded] = useState(false);
  useEffect(() => onFirstToast(() => setNeeded(true)), []);
  return needed ? (
    <Suspense>
      <ToastView />
    </Suspense>
  ) : null;
}
