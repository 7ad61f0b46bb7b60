import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Rocket } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ApiError } from '../../data/client.ts';
import { startLaunch } from '../../data/launches.ts';
import type { Cohort } from '../../data/launches.ts';
import { campaignsQuery, launchQuery } from '../../data/queries.ts';
import type { Campaign } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { ErrorState, Skeleton } from '../../components/states.tsx';
import { plural } from '../../lib/format.ts';
import { randomKey } from '../../lib/random-key.ts';
import { toastDone } from '../../lib/toasts.ts';
import { PreflightPanel } from './preflight-panel.tsx';

type LaunchFormProps = {
  cohort: Cohort;
  /** How many they are, where that is known before anybody looked. */
  leads: number | null;
  suggestedName: string;
  /** Where they come from, in the words of a sentence: "from leads.csv". */
  from: string;
  /** The campaign that is chosen at first, if it can be launched. */
  into?: string | undefined;
};

/** Chooses the campaign and a name, tells what it would come to, asks once more, and launches. */
export function LaunchForm(props: LaunchFormProps) {
  const campaigns = useInfiniteQuery(campaignsQuery());
  if (campaigns.isPending) {
    return (
      <Card title="Launch them">
        <Skeleton className="h-9 w-full" />
      </Card>
    );
  }
  if (campaigns.isError) {
    return (
      <Card flush>
        <ErrorState error={campaigns.error} onRetry={() => void campaigns.refetch()} />
      </Card>
    );
  }
  return <Form {...props} campaigns={campaigns.data.pages.flatMap((page) => page.items)} />;
}

function Form({
  cohort,
  leads,
  suggestedName,
  from,
  into,
  campaigns,
}: LaunchFormProps & { campaigns: Campaign[] }) {
  const [campaignId, setCampaignId] = useState(preselected(campaigns, into)?.id ?? '');
  const [name, setName] = useState(suggestedName);
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const campaign = campaigns.find((each) => each.id === campaignId);
  const them = leads === null ? 'them' : plural(leads, 'lead');
  // A second try of the same launch carries the same key, so it can never launch twice; another launch gets another.
  const [idempotencyKey, setIdempotencyKey] = useState(randomKey);

  const launch = useMutation({
    mutationFn: () => startLaunch({ campaignId, name: name.trim() || undefined, cohort }, idempotencyKey),
    onSuccess: async (made) => {
      queryClient.setQueryData(launchQuery(made.id).queryKey, made);
      toastDone('Launched', `${plural(made.members.total, 'lead')} into ${made.campaign.name}`);
      await navigate({ to: '/launches/$launchId', params: { launchId: made.id } });
    },
    onError: () => setAsking(false),
  });
  const error = launch.error instanceof ApiError ? launch.error : null;
  const atField = error?.at('campaignId') ?? error?.at('name') ?? null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
  };

  return (
    <Card title="Launch them">
      <form onSubmit={submit} className="space-y-4">
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <Select
            label="Campaign"
            options={campaigns.map((each) => ({
              value: each.id,
              label: each.name,
              hint: hintOf(each),
              disabled: each.currentVersion === null,
            }))}
            value={campaignId}
            onChange={(chosen) => {
              setCampaignId(chosen);
              setIdempotencyKey(randomKey());
            }}
            placeholder={campaigns.length === 0 ? 'There is no campaign yet' : 'Choose a campaign'}
            error={error?.at('campaignId')}
          />
          <TextField
            label="Name of the launch"
            value={name}
            maxLength={200}
            onChange={(event) => {
              setName(event.target.value);
              setIdempotencyKey(randomKey());
            }}
            error={error?.at('name')}
          />
        </div>
        {campaign ? <PreflightPanel campaignId={campaign.id} cohort={cohort} /> : null}
        {launch.error && atField === null ? (
          <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2.5 text-[13px] text-bad">
            {launch.error.message}
            {error?.requestId ? <span className="text-ink-muted"> Request {error.requestId}</span> : null}
          </p>
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-[13px] text-ink-muted">
            {campaign?.pausedAt
              ? 'This campaign is paused: journeys will start and hold until it is resumed.'
              : 'Texts and calls go out inside calling hours where each lead is.'}
          </p>
          <Button type="submit" variant="primary" disabled={!campaign}>
            <Rocket aria-hidden />
            Launch {them}
          </Button>
        </div>
      </form>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Launch ${them}?`}
        confirm="Launch now"
        busy={launch.isPending}
        onConfirm={() => launch.mutate()}
      >
        <p>
          {leads === null ? 'The people' : plural(leads, 'person', 'people')} {from} will start the journey of{' '}
          <strong className="font-medium text-ink">{campaign?.name}</strong>. Leads who may not be contacted
          are left out and listed with the reason.
        </p>
        <p>You can pause or cancel the launch at any time.</p>
      </ConfirmDialog>
    </Card>
  );
}

/** The campaign that was asked for, else the one that is launched most likely: published and not paused, the oldest of these (the sample at first). */
function preselected(campaigns: Campaign[], into: string | undefined): Campaign | undefined {
  const published = campaigns.filter((each) => each.currentVersion !== null);
  const asked = published.find(({ id }) => id === into);
  if (asked) return asked;
  const running = published.filter((each) => each.pausedAt === null);
  return (running.length > 0 ? running : published).toSorted((a, b) =>
    a.createdAt.localeCompare(b.createdAt),
  )[0];
}

function hintOf(campaign: Campaign): string {
  if (campaign.currentVersion === null) return 'Not published yet';
  const version = `Version ${campaign.currentVersion.number}`;
  return campaign.pausedAt === null ? version : `${version}, paused`;
}
