import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ShieldAlert, Users } from 'lucide-react';
import { uploadDraft } from '../../data/imports.ts';
import { buttonClass } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { DropZone } from './drop-zone.tsx';
import { RecentLaunches } from './recent-launches.tsx';
import { StatsStrip } from './stats-strip.tsx';

/** The main job begins here: a file of leads becomes journeys. */
export function LaunchPage() {
  const { mayLaunch } = usePermissions();
  const navigate = useNavigate();
  const upload = useMutation({
    mutationFn: (file: File) => uploadDraft(file),
    onSuccess: (draft) => navigate({ to: '/imports/$importId', params: { importId: draft.id } }),
  });
  return (
    <Page
      title="Launch"
      description="Upload leads, choose a campaign, and every lead starts a journey of its own."
      narrow
      actions={
        mayLaunch ? (
          <Link to="/launch" className={buttonClass()}>
            <Users aria-hidden />
            Launch known leads
          </Link>
        ) : null
      }
    >
      <StatsStrip />
      {mayLaunch ? (
        <DropZone
          // Until the next page is there.
          busy={upload.isPending || upload.isSuccess}
          fileName={upload.variables?.name ?? null}
          error={upload.error}
          onFile={(file) => upload.mutate(file)}
        />
      ) : (
        <EmptyState icon={ShieldAlert} title="Your role does not launch campaigns">
          Ask a manager of your organisation. You can follow launches and journeys as usual.
        </EmptyState>
      )}
      <RecentLaunches />
    </Page>
  );
}
