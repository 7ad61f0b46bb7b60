import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Ban, Ellipsis, Pencil, Rocket, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Select } from '../../components/select.tsx';
import { deleteLead } from '../../data/leads.ts';
import { moveToStage, pipelinesQuery, stageOptions } from '../../data/pipelines.ts';
import type { Lead } from '../../data/types.ts';
import { leadName } from '../../lib/format.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';
import { launchOf } from '../leads/launch-link.ts';

const LeadDialog = lazyDialog(async () => (await import('../leads/lead-dialog.tsx')).LeadDialog);
const BlockDialog = lazyDialog(async () => (await import('./block-dialog.tsx')).BlockDialog);

type Asking = 'edit' | 'block' | 'delete' | null;

/** What can be done with one lead. */
export function LeadActions({ lead }: { lead: Lead }) {
  const { mayWork, mayLaunch, mayStop } = usePermissions();
  const [asking, setAsking] = useState<Asking>(null);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteLead(lead.id),
    onSuccess: async () => {
      toastDone('Lead deleted');
      await navigate({ to: '/leads' });
      queryClient.removeQueries({ queryKey: ['lead', lead.id] });
      for (const key of ['lead', 'journey', 'board', 'stats'])
        void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
  const openAs = (which: Asking) => (open: boolean) => setAsking(open ? which : null);
  if (!mayWork) return null;
  return (
    <>
      <StageSelect lead={lead} />
      <Button onClick={() => setAsking('edit')}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Menu
        trigger={
          <Button aria-label="More for this lead" className="w-9 px-0">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        {mayLaunch ? (
          <MenuItem onClick={() => void navigate(launchOf({ leadIds: [lead.id] }))}>
            <Rocket aria-hidden />
            Launch into a campaign…
          </MenuItem>
        ) : null}
        <MenuItem onClick={() => setAsking('block')}>
          <Ban aria-hidden />
          Block…
        </MenuItem>
        {mayStop ? (
          <>
            <MenuSeparator />
            <MenuItem danger onClick={() => setAsking('delete')}>
              <Trash2 aria-hidden />
              Delete…
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <LeadDialog open={asking === 'edit'} onOpenChange={openAs('edit')} lead={lead} />
      <BlockDialog open={asking === 'block'} onOpenChange={openAs('block')} lead={lead} />
      <ConfirmDialog
        open={asking === 'delete'}
        onOpenChange={(open) => {
          setAsking(open ? 'delete' : null);
          remove.reset();
        }}
        title={`Delete ${leadName(lead)}?`}
        confirm="Delete the lead"
        variant="danger"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        <p>
          The journeys end, and name, number and everything else personal is wiped. What was sent stays on
          record. This cannot be undone.
        </p>
        <ProblemNote error={remove.error} />
      </ConfirmDialog>
    </>
  );
}

function StageSelect({ lead }: { lead: Lead }) {
  const { data } = useQuery(pipelinesQuery);
  const queryClient = useQueryClient();
  const move = useMutation({
    mutationFn: (stageId: string) => moveToStage(lead.id, stageId),
    onSuccess: (moved) => {
      queryClient.setQueryData(['lead', lead.id], moved);
      toastDone(`Moved to ${moved.stage?.name ?? 'its stage'}`);
      for (const key of ['lead', 'board']) void queryClient.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => toastError('The stage was not set', error),
  });
  const options = stageOptions(data?.items ?? []);
  if (options.length === 0) return null;
  return (
    <Select
      label="Stage"
      labelInside
      className="w-48"
      value={(move.isPending ? move.variables : lead.stage?.id) ?? ''}
      placeholder="None"
      onChange={(stageId) => {
        if (stageId !== '' && stageId !== lead.stage?.id) move.mutate(stageId);
      }}
      options={options}
    />
  );
}
