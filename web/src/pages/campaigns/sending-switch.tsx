import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { answerOf, api } from '../../data/client.ts';
import { organizationQuery } from '../../data/queries.ts';
import type { Resume } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ResumeControls } from '../../components/resume-controls.tsx';
import { Instant } from '../../components/time.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

/** The organisation's stop-all, for owners and admins; everybody sees when it is on. */
export function SendingSwitch() {
  const { mayStop } = usePermissions();
  const [asking, setAsking] = useState(false);
  const queryClient = useQueryClient();
  const { data } = useQuery(organizationQuery());
  const act = useMutation({
    mutationFn: ({ action, resume }: { action: 'stop' | 'resume'; resume?: Resume }) =>
      answerOf(api.organization[action].$post({ json: resume ?? {} })),
    onSuccess: (_, { action }) =>
      toastDone(action === 'stop' ? 'All sending is stopped' : 'Sending is free again'),
    onError: (error, { action }) => toastError(`Could not ${action} sending`, error),
    onSettled: async () => {
      setAsking(false);
      await queryClient.invalidateQueries({ queryKey: organizationQuery().queryKey });
    },
  });
  if (!data) return null;
  if (data.sendingStoppedAt !== null) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-sm font-medium text-bad">
          All sending is stopped since <Instant iso={data.sendingStoppedAt} />
        </span>
        {mayStop ? (
          <ResumeControls
            label="Resume sending"
            busy={act.isPending}
            onResume={(resume) => act.mutate({ action: 'resume', resume })}
          />
        ) : null}
      </div>
    );
  }
  if (!mayStop) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <OctagonX aria-hidden />
        Stop all sending
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Stop all sending?"
        confirm="Stop everything"
        cancel="Keep sending"
        busy={act.isPending}
        onConfirm={() => act.mutate({ action: 'stop' })}
      >
        <p>
          From this moment no campaign of the organisation sends a text or places a call. Replies are still
          taken in, and every journey goes on where it is when you resume.
        </p>
      </ConfirmDialog>
    </>
  );
}
