import { ApiError } from '../data/client.ts';

export type ToastNote = { title: string; description?: string | undefined; failed: boolean };

const waiting: ToastNote[] = [];
let deliver: ((note: ToastNote) => void) | null = null;
let summon: (() => void) | null = null;

/** Says that something was done. */
export function toastDone(title: string, description?: string): void {
  tell({ title, description, failed: false });
}

/** Says that something was not done, why, and under which request id the server knows of it. */
export function toastError(title: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : 'Something unexpected happened.';
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  tell({ title, description: requestId ? `${reason} (request ${requestId})` : reason, failed: true });
}

function tell(note: ToastNote) {
  if (deliver) {
    deliver(note);
    return;
  }
  waiting.push(note);
  summon?.();
}

/** Whoever shows toasts takes over here, beginning with what is waiting. */
export function deliverToasts(to: (note: ToastNote) => void): void {
  deliver = to;
  for (const note of waiting.splice(0)) to(note);
}

/** Called when the first toast is told: most visits need none, so what shows them is loaded then. */
export function onFirstToast(callback: () => void): () => void {
  summon = callback;
  return () => {
    summon = null;
  };
}
