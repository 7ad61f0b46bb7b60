import { lazyDialog } from '../lib/lazy-dialog.tsx';

/** Asks before something that reaches people or cannot be undone. */
export const ConfirmDialog = lazyDialog(async () => (await import('./confirm-view.tsx')).ConfirmView);
