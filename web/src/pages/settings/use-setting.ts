import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toastDone, toastError } from '../../lib/toasts.ts';

/** Makes one change of the settings, tells what became of it, and reads again what it touches. */
export function useSetting(keys: readonly string[]) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ make }: { make: () => Promise<unknown>; done: string; quiet?: boolean }) => make(),
    onSuccess: (_, { done }) => toastDone(done),
    // A form tells its own problem; a switch has no place for one.
    onError: (error, { quiet }) => {
      if (!quiet) toastError('Nothing was changed', error);
    },
    onSettled: () => Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
  });
}
