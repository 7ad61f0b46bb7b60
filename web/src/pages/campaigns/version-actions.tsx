import { GitCompare, Send } from 'lucide-react';
import { useState } from 'react';
import type { Campaign, Version } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';

const VersionDialog = lazyDialog(async () => (await import('./version-dialog.tsx')).VersionDialog);

/** What can be done with a version that is not the current one: look at what it changes, and publish it. */
export function VersionActions({ campaign, version }: { campaign: Campaign; version: Version }) {
  const { mayLaunch } = usePermissions();
  const [open, setOpen] = useState(false);
  if (version.id === campaign.currentVersion?.id) return null;
  return (
    <>
      <Button size="sm" variant={mayLaunch ? 'primary' : 'secondary'} onClick={() => setOpen(true)}>
        {mayLaunch ? <Send aria-hidden /> : <GitCompare aria-hidden />}
        {mayLaunch ? 'Publish…' : 'Compare'}
      </Button>
      <VersionDialog campaign={campaign} version={version} open={open} onOpenChange={setOpen} />
    </>
  );
}
