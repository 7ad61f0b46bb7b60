import { useSyncExternalStore } from 'react';

const query = '(min-width: 48rem)';

/** Whether there is room for things side by side (Tailwind's `md`); for what must not even be rendered otherwise. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
