import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../../data/client.ts';
import { journeyQuery } from '../../data/queries.ts';
import type { Journey } from '../../data/types.ts';
import { toastDone } from '../../lib/toasts.ts';

export type JourneyAction =
  | { action: 'pause' | 'resume' | 'skip-step' }
  | { action: 'remove'; reason?: string | undefined }
  | { action: 'reschedule'; until: string };

const done: Record<JourneyAction['action'], string> = {
  pause: 'Journey paused',
  resume: 'Journey resumed',
  'skip-step': 'Step skipped',
  remove: 'Lead removed from the journey',
  reschedule: 'Wait rescheduled',
};

/** Asks the running workflow for something, and shows the journey as it answered. */
export function useJourneyAction(journeyId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ action, ...body }: JourneyAction) =>
      post<Journey>(`/journeys/${journeyId}/${action}`, { body }),
    onSuccess: (journey, { action }) => {
      queryClient.setQueryData(journeyQuery(journeyId).queryKey, journey);
      void queryClient.invalidateQueries({ queryKey: ['journey', journeyId] });
      toastDone(done[action]);
    },
  });
}
