import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { GitCompare, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { deleteDraft } from '../../data/campaigns.ts';
import type { Campaign, Version } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

const VersionDialog = lazyDialog(async () => (await import('./version-dialog.tsx')).VersionDialog);

/** What can be done with a version that is not the current one: look at what it changes, publish it, drop a draft. */
export function VersionActions({ campaign, version }: { campaign: Campaign; version: Version }) {
  const { mayLaunch } = usePermissions();
  const [open, setOpen] = useState(false);
  if (version.id === campaign.currentVersion?.id) return null;
  return (
    <>
      {mayLaunch && version.status === 'draft' ? <DeleteDraft campaign={campaign} version={version} /> : null}
      <Button size="sm" variant={mayLaunch ? 'primary' : 'secondary'} onClick={() => setOpen(true)}>
        {mayLaunch ? <Send aria-hidden /> : <GitCompare aria-hidden />}
        {mayLaunch ? 'Publish…' : 'Compare'}
      </Button>
      <VersionDialog campaign={campaign} version={version} open={open} onOpenChange={setOpen} />
    </>
  );
}

function DeleteDraft({ campaign, version }: { campaign: Campaign; version: Version }) {
  const [asking, setAsking] = useState(false);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const drop = useMutation({
    mutationFn: () => deleteDraft(campaign.id, version.id),
    onSuccess: async () => {
      toastDone(`Draft ${version.number} deleted`);
      await navigate({ to: '/campaigns/$campaignId', params: { campaignId: campaign.id }, replace: true });
      await queryClient.invalidateQueries({ queryKey: ['campaign', campaign.id, 'versions'] });
    },
    onError: (error) => toastError('The draft was not deleted', error),
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
        Delete
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete draft ${version.number}?`}
        confirm="Delete the draft"
        cancel="Keep it"
        variant="danger"
        busy={drop.isPending}
        onConfirm={() => drop.mutate()}
      >
        <p>It was never published, so no journey goes through it. This cannot be undone.</p>
      </ConfirmDialog>
    </>
  );
}
