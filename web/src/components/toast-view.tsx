import { Toast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import { deliverToasts } from '../lib/toasts.ts';

const toastManager = Toast.createToastManager();

/** Results, at the lower edge, for a few seconds; failures stay longer and are announced at once. */
export function ToastView() {
  useEffect(() => {
    deliverToasts(({ title, description, failed }) =>
      toastManager.add({
        title,
        description,
        type: failed ? 'error' : 'done',
        priority: failed ? 'high' : 'low',
        timeout: failed ? 10_000 : 5_000,
      }),
    );
  }, []);
  return (
    <Toast.Provider toastManager={toastManager} limit={3}>
      <Toast.Portal>
        {/* In the middle: what can be done with the last line of a list is at its right end. */}
        <Toast.Viewport className="fixed bottom-4 left-1/2 z-60 flex w-[min(24rem,calc(100vw-2rem))] -translate-x-1/2 flex-col gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-xl border border-line bg-surface shadow-pop transition-[translate,opacity] duration-200 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-3 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-3 p-3.5">
        {toast.type === 'error' ? (
          <CircleAlert className="mt-px size-[18px] shrink-0 text-bad" aria-hidden />
        ) : (
          <CircleCheck className="mt-px size-[18px] shrink-0 text-ok" aria-hidden />
        )}
        <div className="min-w-0 flex-1">
          <Toast.Title className="text-sm font-medium break-words" />
          <Toast.Description className="mt-0.5 text-[13px] break-words text-ink-muted" />
        </div>
        <Toast.Close
          aria-label="Dismiss"
          className="-m-1 grid size-7 shrink-0 place-items-center rounded-md text-ink-faint hover:bg-sunken hover:text-ink"
        >
          <X className="size-4" aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
