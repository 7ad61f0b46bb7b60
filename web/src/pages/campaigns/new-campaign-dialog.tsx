import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../../data/client.ts';
import { createCampaign, templatesQuery } from '../../data/campaigns.ts';
import { campaignQuery } from '../../data/queries.ts';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Skeleton } from '../../components/states.tsx';
import { plural } from '../../lib/format.ts';
import { toastDone } from '../../lib/toasts.ts';

const empty = '';

/** Makes a campaign, with a ready-made journey to begin with. */
export function NewCampaignDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const templates = useQuery({ ...templatesQuery, enabled: open });
  const items = templates.data?.items ?? [];
  const templateId = chosen ?? items[0]?.id ?? empty;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: () => createCampaign({ name: name.trim(), templateId: templateId || undefined }),
    onSuccess: async (campaign) => {
      queryClient.setQueryData(campaignQuery(campaign.id).queryKey, campaign);
      void queryClient.invalidateQueries({ queryKey: ['campaign', 'list'] });
      toastDone('Campaign made', campaign.name);
      await navigate({ to: '/campaigns/$campaignId', params: { campaignId: campaign.id } });
    },
  });
  const atName = make.error instanceof ApiError ? make.error.at('name') : null;
  return (
    <FormDialog
      open={open}
      onOpenChange={onOpenChange}
      wide
      title="New campaign"
      description="Nothing is sent before you publish its journey and launch leads into it."
      submit="Make the campaign"
      busy={make.isPending}
      disabled={name.trim() === ''}
      onSubmit={() => make.mutate()}
    >
      <TextField
        label="Name"
        value={name}
        maxLength={200}
        error={atName}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset>
        <legend className="mb-1.5 text-[13px] font-medium">Begin with</legend>
        {templates.isPending ? (
          <Skeleton className="h-24 w-full" />
        ) : (
          <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
            {items.map(({ id, name: title, description, definition }) => (
              <Choice
                key={id}
                title={title}
                description={description}
                note={plural(definition.steps.length, 'step')}
                checked={templateId === id}
                onChoose={() => setChosen(id)}
              />
            ))}
            <Choice
              title="No journey yet"
              description="Its versions come from elsewhere, through the API."
              checked={templateId === empty}
              onChoose={() => setChosen(empty)}
            />
          </div>
        )}
      </fieldset>
      {atName === null ? <ProblemNote error={make.error ?? templates.error} /> : null}
    </FormDialog>
  );
}

function Choice(props: {
  title: string;
  description: string;
  note?: string;
  checked: boolean;
  onChoose: () => void;
}) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-line p-3 text-sm transition-colors hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name="template"
        className="mt-0.5 size-4 shrink-0 accent-accent"
        checked={props.checked}
        onChange={props.onChoose}
      />
      <span className="min-w-0">
        <span className="font-medium">{props.title}</span>
        {props.note ? <span className="text-ink-muted"> · {props.note}</span> : null}
        <span className="mt-0.5 block text-[13px] text-ink-muted">{props.description}</span>
      </span>
    </label>
  );
}
