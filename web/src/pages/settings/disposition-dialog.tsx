import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { CheckboxField } from '../../components/checkbox.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ApiError } from '../../data/client.ts';
import { liveStages, pipelinesQuery } from '../../data/pipelines.ts';
import { addDisposition, changeDisposition } from '../../data/settings.ts';
import type { Disposition } from '../../data/settings.ts';
import { useSetting } from './use-setting.ts';

const fields = ['code', 'label', 'leadStatus', 'stage', 'callbackAfterMinutes', 'followUpTask'];

/** A disposition and its rules. */
export function DispositionDialog({
  open,
  onOpenChange,
  disposition,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  disposition?: Disposition | undefined;
}) {
  const [label, setLabel] = useState(disposition?.label ?? '');
  const [code, setCode] = useState(disposition?.code ?? '');
  const [leadStatus, setLeadStatus] = useState(disposition?.leadStatus ?? '');
  const [stage, setStage] = useState(disposition?.stage ?? '');
  const [minutes, setMinutes] = useState(disposition?.callbackAfterMinutes?.toString() ?? '');
  const [task, setTask] = useState(disposition?.followUpTask ?? '');
  const [flags, setFlags] = useState({
    autoCreateStage: disposition?.autoCreateStage ?? false,
    removeFromCampaigns: disposition?.removeFromCampaigns ?? false,
    addToDnc: disposition?.addToDnc ?? false,
  });
  const stages = useQuery(pipelinesQuery).data?.items.flatMap(liveStages) ?? [];
  const listId = useId();
  const save = useSetting(['dispositions']);
  const at = (field: string) => (save.error instanceof ApiError ? save.error.at(field) : null);
  const told = fields.some((field) => at(field) !== null);
  const close = () => {
    onOpenChange(false);
    save.reset();
  };
  const submit = () => {
    const rules = {
      label: label.trim(),
      leadStatus: leadStatus.trim() || null,
      stage: stage.trim() || null,
      callbackAfterMinutes: minutes.trim() === '' ? null : Number(minutes),
      followUpTask: task.trim() || null,
      ...flags,
    };
    save.mutate(
      {
        make: () =>
          disposition
            ? changeDisposition(disposition.code, rules)
            : addDisposition({ code: code.trim() || codeOf(label), ...rules }),
        done: disposition ? 'Disposition changed' : 'Disposition added',
        quiet: true,
      },
      { onSuccess: close },
    );
  };
  const flag = (name: keyof typeof flags) => ({
    checked: flags[name],
    onChange: (event: { target: { checked: boolean } }) =>
      setFlags({ ...flags, [name]: event.target.checked }),
  });
  return (
    <FormDialog
      wide
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={disposition ? disposition.label : 'Add a disposition'}
      submit={disposition ? 'Save' : 'Add'}
      busy={save.isPending}
      disabled={label.trim() === ''}
      onSubmit={submit}
    >
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          value={label}
          maxLength={100}
          onChange={(event) => setLabel(event.target.value)}
          error={at('label')}
        />
        {disposition ? null : (
          <TextField
            label="Code"
            hint="For programs; it never changes."
            placeholder={codeOf(label)}
            value={code}
            maxLength={60}
            onChange={(event) => setCode(event.target.value)}
            error={at('code')}
          />
        )}
        <TextField
          label="The lead’s status becomes"
          hint="Empty = it stays."
          value={leadStatus}
          maxLength={60}
          onChange={(event) => setLeadStatus(event.target.value)}
          error={at('leadStatus')}
        />
        <TextField
          label="The lead moves to stage"
          hint="By name, in its pipeline; empty = it stays."
          list={listId}
          value={stage}
          maxLength={100}
          onChange={(event) => setStage(event.target.value)}
          error={at('stage')}
        />
        <TextField
          label="Promise a call after, minutes"
          hint="Empty = none."
          inputMode="numeric"
          value={minutes}
          onChange={(event) => setMinutes(event.target.value)}
          error={at('callbackAfterMinutes')}
        />
        <TextField
          label="Make a task"
          hint="Its title; empty = none."
          value={task}
          maxLength={200}
          onChange={(event) => setTask(event.target.value)}
          error={at('followUpTask')}
        />
      </div>
      <datalist id={listId}>
        {[...new Set(stages.map(({ name }) => name))].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="space-y-2.5">
        <CheckboxField label="Make the stage where it is missing" {...flag('autoCreateStage')} />
        <CheckboxField
          label="The lead leaves all campaigns"
          hint="Its journeys end."
          {...flag('removeFromCampaigns')}
        />
        <CheckboxField
          label="The number goes on the own do-not-call list"
          hint="Nothing reaches it any more, whoever has it."
          {...flag('addToDnc')}
        />
      </div>
      {told ? null : <ProblemNote error={save.error} />}
    </FormDialog>
  );
}

/** A code made of a name: "Left a voicemail" becomes `left_a_voicemail`. */
function codeOf(label: string): string {
  return label
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 60);
}
