import { useMutation } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { answerOf, api } from '../../data/client.ts';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportResult } from './import-result.tsx';
import { RecentLaunches } from './recent-launches.tsx';
import { StatsStrip } from './stats-strip.tsx';

// Loaded while the file is on its way: nobody needs it before.
const loadForm = async () => ({ default: (await import('./launch-form.tsx')).LaunchForm });
const LaunchForm = lazy(loadForm);

/** The main job: a file of leads becomes journeys. */
export function LaunchPage() {
  const { mayLaunch } = usePermissions();
  const [defaultCountry, setDefaultCountry] = useState('US');
  const upload = useMutation({
    mutationFn: (file: File) => {
      void loadForm();
      const form = new FormData();
      form.set('file', file);
      form.set('defaultCountry', defaultCountry);
      return answerOf(api.imports.$post({ query: {} }, { init: { body: form } }));
    },
  });
  const imported = upload.data ?? null;
  return (
    <Page
      title="Launch"
      description="Upload leads, choose a campaign, and every lead starts a journey of its own."
      narrow
    >
      <StatsStrip />
      {!mayLaunch ? (
        <EmptyState icon={ShieldAlert} title="Your role does not launch campaigns">
          Ask a manager of your organisation. You can follow launches and journeys as usual.
        </EmptyState>
      ) : imported ? (
        <div className="space-y-4">
          <ImportResult imported={imported} onStartOver={() => upload.reset()} />
          {imported.created + imported.updated > 0 ? (
            <Suspense>
              <LaunchForm key={imported.id} imported={imported} />
            </Suspense>
          ) : null}
        </div>
      ) : (
        <DropZone
          busy={upload.isPending}
          fileName={upload.variables?.name ?? null}
          error={upload.error}
          country={defaultCountry}
          onCountry={setDefaultCountry}
          onFile={(file) => upload.mutate(file)}
        />
      )}
      <RecentLaunches />
    </Page>
  );
}
