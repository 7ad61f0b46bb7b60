import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../data/client.ts';
import { publishVersion, versionDiffQuery } from '../../data/campaigns.ts';
import type { Campaign, Version } from '../../data/types.ts';
import { FormDialog } from '../../components/dialog.tsx';
import { PlainDialog } from '../../components/plain-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Skeleton } from '../../components/states.tsx';
import { words } from '../../lib/format.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone } from '../../lib/toasts.ts';
import { DiffList } from './diff-list.tsx';

type DialogProps = {
  campaign: Campaign;
  version: Version;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** What a version changes in the current one, and publishing it. */
export function VersionDialog({ campaign, version, open, onOpenChange }: DialogProps) {
  const { mayLaunch } = usePermissions();
  const queryClient = useQueryClient();
  const publish = useMutation({
    mutationFn: () => publishVersion(campaign.id, version.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['campaign'] });
      toastDone(`Version ${version.number} is published`, 'New launches go through it.');
      onOpenChange(false);
    },
  });
  const current = campaign.currentVersion;
  const title = current ? `Version ${version.number} against ${current.number}` : `Version ${version.number}`;
  const changes = current ? (
    <Changes campaignId={campaign.id} versionId={version.id} against={current.id} />
  ) : (
    <p className="text-sm text-ink-muted">It is the first version of this campaign that is published.</p>
  );
  if (!mayLaunch) {
    return (
      <PlainDialog open={open} onOpenChange={onOpenChange} wide title={title}>
        {changes}
      </PlainDialog>
    );
  }
  const faults = publish.error instanceof ApiError ? publish.error.errors : [];
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => {
        if (!next) publish.reset();
        onOpenChange(next);
      }}
      wide
      title={title}
      description="From then on it never changes. New launches go through it; journeys that run stay on theirs."
      submit={`Publish version ${version.number}`}
      busy={publish.isPending}
      onSubmit={() => publish.mutate()}
    >
      {changes}
      <ProblemNote error={publish.error} />
      {faults.length > 0 ? (
        <ul aria-label="Faults" className="list-disc space-y-1 pl-5 text-[13px]">
          {faults.map((fault) => (
            <li key={`${fault.stepId} ${fault.field} ${fault.code}`}>
              {fault.stepId ? <span className="font-medium">{words(fault.stepId)}: </span> : null}
              {fault.message}
            </li>
          ))}
        </ul>
      ) : null}
    </FormDialog>
  );
}

function Changes(props: { campaignId: string; versionId: string; against: string }) {
  const query = useQuery(versionDiffQuery(props.campaignId, props.versionId, props.against));
  if (query.isPending) return <Skeleton className="h-24 w-full" />;
  if (query.isError) return <ProblemNote error={query.error} />;
  return <DiffList diff={query.data} />;
}
