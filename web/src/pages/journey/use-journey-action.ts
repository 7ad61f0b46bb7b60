import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../data/client.ts';
import { journeyQuery } from '../../data/queries.ts';
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
    mutationFn: (asked: JourneyAction) => answerOf(request(journeyId, asked)),
    onSuccess: (journey, { action }) => {
      queryClient.setQueryData(journeyQuery(journeyId).queryKey, journey);
      void queryClient.invalidateQueries({ queryKey: ['journey', journeyId] });
      toastDone(done[action]);
    },
  });
}

function request(id: string, asked: JourneyAction) {
  const journey = api.journeys[':id'];
  const param = { id };
  switch (asked.action) {
    case 'remove':
      return journey.remove.$post({ param, json: { reason: asked.reason } });
    case 'reschedule':
      return journey.reschedule.$post({ param, json: { until: asked.until } });
    default:
      return journey[asked.action].$post({ param });
  }
}
