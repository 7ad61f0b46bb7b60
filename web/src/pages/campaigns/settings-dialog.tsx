import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../data/client.ts';
import { changeCampaign } from '../../data/campaigns.ts';
import type { CampaignSettings } from '../../data/campaigns.ts';
import { campaignQuery } from '../../data/queries.ts';
import type { Campaign } from '../../data/types.ts';
import { CheckboxField } from '../../components/checkbox.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Select } from '../../components/select.tsx';
import { toastDone } from '../../lib/toasts.ts';
import { HolidaysField } from './holidays-field.tsx';
import { HoursField } from './hours-field.tsx';
import { NumbersField } from './numbers-field.tsx';
import { resumeChoices } from './settings-words.ts';

type DialogProps = { campaign: Campaign; open: boolean; onOpenChange: (open: boolean) => void };

/** Changes how a campaign sends; everything follows it from its next touch on. */
export function SettingsDialog({ campaign, open, onOpenChange }: DialogProps) {
  const [name, setName] = useState(campaign.name);
  const [settings, setSettings] = useState(campaign.settings);
  const queryClient = useQueryClient();
  const set = (change: Partial<CampaignSettings>) => setSettings({ ...settings, ...change });
  const save = useMutation({
    mutationFn: () => changeCampaign(campaign.id, { name: name.trim(), settings }),
    onSuccess: (changed) => {
      queryClient.setQueryData(campaignQuery(campaign.id).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: ['campaign'] });
      toastDone('Settings saved', 'They hold from the next text or call on.');
      onOpenChange(false);
    },
  });
  const api = save.error instanceof ApiError ? save.error : null;
  const at = (field: string) => api?.at(field) ?? api?.at(`settings.${field}`) ?? null;
  const under = (field: string) =>
    at(field) ?? api?.errors.find((each) => each.field.startsWith(`settings.${field}`))?.message ?? null;
  const told = ['name', 'hours', 'holidays', 'startsOn', 'endsOn', 'numberIds'].some((field) => under(field));
  return (
    <FormDialog
      open={open}
      onOpenChange={onOpenChange}
      wide
      title="Settings of the campaign"
      submit="Save"
      busy={save.isPending}
      onSubmit={() => save.mutate()}
    >
      <TextField
        label="Name"
        value={name}
        maxLength={200}
        error={at('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <HoursField hours={settings.hours} error={under('hours')} onChange={(hours) => set({ hours })} />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField
          label="First day"
          type="date"
          value={settings.startsOn ?? ''}
          error={at('startsOn')}
          onChange={(event) => set({ startsOn: event.target.value || null })}
        />
        <TextField
          label="Last day"
          type="date"
          value={settings.endsOn ?? ''}
          error={at('endsOn')}
          onChange={(event) => set({ endsOn: event.target.value || null })}
        />
      </div>
      <HolidaysField
        dates={settings.holidays}
        error={under('holidays')}
        onChange={(holidays) => set({ holidays })}
      />
      <NumbersField
        ids={settings.numberIds}
        error={under('numberIds')}
        onChange={(numberIds) => set({ numberIds })}
      />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Hours
          label="No text after a text within (hours)"
          value={settings.recentSmsHours}
          error={at('recentSmsHours')}
          onChange={(recentSmsHours) => set({ recentSmsHours })}
        />
        <Hours
          label="No text after a reply within (hours)"
          value={settings.recentReplyHours}
          error={at('recentReplyHours')}
          onChange={(recentReplyHours) => set({ recentReplyHours })}
        />
      </div>
      <CheckboxField
        label="Only with a recorded opt-in"
        hint="Otherwise people are contacted until they opt out."
        checked={settings.requireConsent}
        onChange={(event) => set({ requireConsent: event.target.checked })}
      />
      <Select
        label="What a pause does to waits"
        options={resumeChoices}
        value={settings.resumePolicy}
        onChange={(choice) => set({ resumePolicy: choice as CampaignSettings['resumePolicy'] })}
      />
      {told ? null : <ProblemNote error={save.error} />}
    </FormDialog>
  );
}

function Hours(props: {
  label: string;
  value: number;
  error: string | null;
  onChange: (hours: number) => void;
}) {
  const [text, setText] = useState(String(props.value));
  return (
    <TextField
      label={props.label}
      type="number"
      min={0}
      step="any"
      inputMode="decimal"
      value={text}
      error={props.error}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value !== '') props.onChange(Number(event.target.value));
      }}
    />
  );
}
