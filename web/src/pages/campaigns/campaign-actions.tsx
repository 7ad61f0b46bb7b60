import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pause } from 'lucide-react';
import { useState } from 'react';
import { answerOf, api } from '../../data/client.ts';
import { campaignQuery } from '../../data/queries.ts';
import type { Campaign, Resume } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ResumeControls } from '../../components/resume-controls.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

/** Stops and restarts all sending of a campaign. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const { mayLaunch } = usePermissions();
  const [asking, setAsking] = useState(false);
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: ({ action, resume }: { action: 'pause' | 'resume'; resume?: Resume }) =>
      answerOf(api.campaigns[':id'][action].$post({ param: { id: campaign.id }, json: resume ?? {} })),
    onSuccess: (changed, { action }) => {
      queryClient.setQueryData(campaignQuery(campaign.id).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: ['campaign', 'list'] });
      toastDone(action === 'pause' ? 'Campaign paused' : 'Campaign resumed');
    },
    onError: (error, { action }) => toastError(`Could not ${action} the campaign`, error),
    onSettled: () => setAsking(false),
  });
  if (!mayLaunch) return null;
  return campaign.pausedAt === null ? (
    <>
      <Button onClick={() => setAsking(true)}>
        <Pause aria-hidden />
        Pause campaign
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Pause ${campaign.name}?`}
        confirm="Pause"
        cancel="Keep running"
        busy={act.isPending}
        onConfirm={() => act.mutate({ action: 'pause' })}
      >
        <p>
          From this moment none of its journeys sends a text or places a call, in any launch. Replies are
          still taken in, and every journey goes on where it is when you resume.
        </p>
      </ConfirmDialog>
    </>
  ) : (
    <ResumeControls
      label="Resume campaign"
      busy={act.isPending}
      onResume={(resume) => act.mutate({ action: 'resume', resume })}
    />
  );
}
