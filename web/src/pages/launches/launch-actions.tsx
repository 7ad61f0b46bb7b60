import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, Pause } from 'lucide-react';
import { useState } from 'react';
import { answerOf, api } from '../../data/client.ts';
import { launchQuery } from '../../data/queries.ts';
import type { Launch, Resume } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ResumeControls } from '../../components/resume-controls.tsx';
import { plural } from '../../lib/format.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

type Action = 'pause' | 'resume' | 'cancel';

const done: Record<Action, string> = {
  pause: 'Launch paused',
  resume: 'Launch resumed',
  cancel: 'Launch cancelled',
};
const undone: Record<Action, string> = {
  pause: 'The launch was not paused',
  resume: 'The launch was not resumed',
  cancel: 'The launch was not cancelled',
};

/** What can be done about a whole launch. */
export function LaunchActions({ launch }: { launch: Launch }) {
  const { mayLaunch } = usePermissions();
  const [asking, setAsking] = useState<Action | null>(null);
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: ({ action, resume }: { action: Action; resume?: Resume }) =>
      answerOf(api.launches[':id'][action].$post({ param: { id: launch.id }, json: resume ?? {} })),
    onSuccess: (changed, { action }) => {
      queryClient.setQueryData(launchQuery(launch.id).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: ['launch', 'list'] });
      toastDone(done[action]);
    },
    onError: (error, { action }) => toastError(undone[action], error),
    onSettled: () => setAsking(null),
  });
  if (!mayLaunch || launch.status === 'cancelled' || launch.status === 'completed') return null;

  const running = plural(
    launch.journeys.active + launch.journeys.paused,
    'running journey',
    'running journeys',
  );
  const close = (open: boolean) => (open ? undefined : setAsking(null));
  return (
    <>
      {launch.status === 'paused' ? (
        <ResumeControls
          label="Resume"
          busy={act.isPending}
          onResume={(resume) => act.mutate({ action: 'resume', resume })}
        />
      ) : (
        <Button onClick={() => setAsking('pause')}>
          <Pause aria-hidden />
          Pause
        </Button>
      )}
      <Button variant="quiet-danger" onClick={() => setAsking('cancel')}>
        <Ban aria-hidden />
        Cancel launch
      </Button>
      <ConfirmDialog
        open={asking === 'pause'}
        onOpenChange={close}
        title="Pause this launch?"
        confirm="Pause"
        cancel="Keep running"
        busy={act.isPending}
        onConfirm={() => act.mutate({ action: 'pause' })}
      >
        <p>
          From this moment nothing is sent by its {running}, and no further journeys are started. Replies are
          still taken in.
        </p>
        <p>Nobody leaves their journey; all go on where they are when you resume.</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'cancel'}
        onOpenChange={close}
        title="Cancel this launch for good?"
        confirm="Cancel the launch"
        cancel="Keep it"
        variant="danger"
        busy={act.isPending}
        onConfirm={() => act.mutate({ action: 'cancel' })}
      >
        <p>
          Its {running} are removed, and{' '}
          {launch.members.pending > 0
            ? `${plural(launch.members.pending, 'lead')} not started yet never will be`
            : 'nothing more is sent'}
          . This cannot be undone.
        </p>
      </ConfirmDialog>
    </>
  );
}
