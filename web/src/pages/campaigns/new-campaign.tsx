import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';

const NewCampaignDialog = lazyDialog(
  async () => (await import('./new-campaign-dialog.tsx')).NewCampaignDialog,
);

export function NewCampaign() {
  const { mayLaunch } = usePermissions();
  const [open, setOpen] = useState(false);
  if (!mayLaunch) return null;
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New campaign
      </Button>
      <NewCampaignDialog open={open} onOpenChange={setOpen} />
    </>
  );
}
