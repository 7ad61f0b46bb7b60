import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Select } from '../../components/select.tsx';
import { TagField } from '../../components/tag-field.tsx';
import { changeMany } from '../../data/leads.ts';
import type { BulkChange, Cohort } from '../../data/leads.ts';
import { pipelinesQuery, stageOptions } from '../../data/pipelines.ts';
import { plural } from '../../lib/format.ts';
import { toastDone } from '../../lib/toasts.ts';
import type { BulkKind } from './bulk-bar.tsx';
import { useLeadStatuses } from './filter-fields.ts';

const texts: Record<BulkKind, { title: string; submit: string; done: string }> = {
  add_tags: { title: 'Add tags to', submit: 'Add', done: 'Tags added' },
  remove_tags: { title: 'Remove tags from', submit: 'Remove', done: 'Tags removed' },
  set_stage: { title: 'Set the stage of', submit: 'Set', done: 'Stage set' },
  set_status: { title: 'Set the status of', submit: 'Set', done: 'Status set' },
  block: { title: 'Block', submit: 'Block', done: 'Blocked' },
  delete: { title: 'Delete', submit: 'Delete', done: 'Deleted' },
};

const warnings: Partial<Record<BulkKind, string>> = {
  block: 'Nothing is sent to a blocked lead by any campaign until the block is lifted.',
  delete:
    'Their journeys end, and their personal data is wiped. What was sent to them stays on record. This cannot be undone.',
};

/** Asks for what a change of many leads needs, and makes it. */
export function BulkDialog({
  open,
  onOpenChange,
  kind,
  cohort,
  count,
  onDone,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  kind: BulkKind;
  cohort: Cohort;
  count: number | undefined;
  onDone: () => void;
}) {
  const [tags, setTags] = useState<string[]>([]);
  const [value, setValue] = useState('');
  const [untagged, setUntagged] = useState(false);
  const queryClient = useQueryClient();
  const change = changeOf(kind, tags, value.trim());
  const apply = useMutation({
    mutationFn: (wanted: BulkChange) => changeMany(cohort, wanted),
    onSuccess: ({ matched, changed }) => {
      const same = matched - changed;
      toastDone(
        `${texts[kind].done}: ${plural(changed, 'lead')}`,
        same > 0 ? `${plural(same, 'lead')} had it already.` : undefined,
      );
      for (const key of ['lead', 'board', 'journey']) void queryClient.invalidateQueries({ queryKey: [key] });
      toggle(false);
      onDone();
    },
  });
  const toggle = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setTags([]);
    setValue('');
    setUntagged(false);
    apply.reset();
  };
  const tagging = kind === 'add_tags' || kind === 'remove_tags';
  const people = count === undefined ? 'all that match' : plural(count, 'lead');
  const { title, submit } = texts[kind];
  return (
    <FormDialog
      open={open}
      onOpenChange={toggle}
      title={`${title} ${people}${kind === 'delete' ? '?' : ''}`}
      description={warnings[kind]}
      submit={kind === 'delete' ? `Delete ${people}` : submit}
      variant={kind === 'delete' || kind === 'block' ? 'danger' : 'primary'}
      busy={apply.isPending}
      // A tag that is still being typed counts: leaving its field, even for the button, ends it.
      disabled={change === null && !tagging}
      onSubmit={() => {
        setUntagged(change === null);
        if (change) apply.mutate(change);
      }}
    >
      {tagging ? (
        <TagField
          label="Tags"
          value={tags}
          onChange={setTags}
          hint="Enter or a comma ends a tag."
          error={untagged && tags.length === 0 ? 'Type at least one tag.' : null}
          autoFocus
        />
      ) : null}
      {kind === 'set_stage' ? <StageField value={value} onChange={setValue} /> : null}
      {kind === 'set_status' ? <StatusField value={value} onChange={setValue} /> : null}
      {kind === 'block' ? (
        <TextField
          label="Reason"
          hint="For your team; kept with the block."
          value={value}
          maxLength={200}
          onChange={(event) => setValue(event.target.value)}
        />
      ) : null}
      <ProblemNote error={apply.error} />
    </FormDialog>
  );
}

/** The change that the form describes; null while something is missing. */
function changeOf(kind: BulkKind, tags: string[], value: string): BulkChange | null {
  switch (kind) {
    case 'add_tags':
    case 'remove_tags':
      return tags.length === 0 ? null : { action: kind, tags };
    case 'set_stage':
      return value === '' ? null : { action: kind, stageId: value };
    case 'set_status':
      return value === '' ? null : { action: kind, status: value };
    case 'block':
      return value === '' ? null : { action: kind, reason: value };
    case 'delete':
      return { action: kind };
  }
}

type ChoiceProps = { value: string; onChange: (value: string) => void };

function StageField({ value, onChange }: ChoiceProps) {
  const { data } = useQuery(pipelinesQuery);
  return <Select label="Stage" value={value} onChange={onChange} options={stageOptions(data?.items ?? [])} />;
}

function StatusField({ value, onChange }: ChoiceProps) {
  return <Select label="Status" value={value} onChange={onChange} options={useLeadStatuses()} />;
}
