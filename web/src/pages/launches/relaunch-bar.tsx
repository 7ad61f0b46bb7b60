import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { relaunch } from '../../data/launches.ts';
import { launchQuery } from '../../data/queries.ts';
import type { Launch } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { plural } from '../../lib/format.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { randomKey } from '../../lib/random-key.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

/** Once the reasons are mended: those who were refused, launched again. */
export function RelaunchBar({ launch }: { launch: Launch }) {
  const { mayLaunch } = usePermissions();
  const [asking, setAsking] = useState(false);
  const [idempotencyKey, setIdempotencyKey] = useState(randomKey);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const again = useMutation({
    mutationFn: () => relaunch(launch.id, idempotencyKey),
    onSuccess: async (made) => {
      queryClient.setQueryData(launchQuery(made.id).queryKey, made);
      toastDone('Launched again', `${plural(made.members.total, 'lead')} into ${made.campaign.name}`);
      await navigate({ to: '/launches/$launchId', params: { launchId: made.id } });
    },
    onError: (error) => {
      // What was refused now may be asked again after it is mended.
      setIdempotencyKey(randomKey());
      toastError('They were not launched again', error);
    },
    onSettled: () => setAsking(false),
  });
  const { refused } = launch.members;
  if (!mayLaunch || refused === 0) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-3">
      <p className="min-w-0 flex-1 basis-64 text-[13px] text-ink-muted">
        {plural(refused, 'lead was', 'leads were')} left out. Put right what is told beside each, then launch
        those again.
      </p>
      <Button size="sm" onClick={() => setAsking(true)}>
        <RotateCw aria-hidden />
        Relaunch {refused === 1 ? 'this one' : 'those'}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Launch ${plural(refused, 'lead')} again?`}
        confirm="Launch again"
        busy={again.isPending}
        onConfirm={() => again.mutate()}
      >
        <p>
          Everybody is looked at anew. Who may be contacted by now starts the journey of{' '}
          <strong className="font-medium text-ink">{launch.campaign.name}</strong>; who may not is listed
          again with the reason. Nobody is started twice.
        </p>
      </ConfirmDialog>
    </div>
  );
}
