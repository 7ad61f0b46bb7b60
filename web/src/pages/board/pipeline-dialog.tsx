import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ApiError } from '../../data/client.ts';
import { createPipeline, pipelinesQuery } from '../../data/pipelines.ts';
import { toastDone } from '../../lib/toasts.ts';

/** What a new pipeline begins with; each can be changed at once. */
const firstStages = [
  { name: 'New', color: '#64748b', probability: 0.05 },
  { name: 'In contact', color: '#0ea5e9', probability: 0.3 },
  { name: 'Won', color: '#10b981', probability: 1 },
  { name: 'Lost', color: '#ef4444', probability: 0 },
];

/** Makes another pipeline. */
export function PipelineDialog({
  open,
  onOpenChange,
  onCreated,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (id: string) => void;
}) {
  const [name, setName] = useState('');
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: () => createPipeline(name.trim(), firstStages),
    onSuccess: async (pipeline) => {
      await queryClient.invalidateQueries({ queryKey: pipelinesQuery.queryKey });
      toastDone('Pipeline created', pipeline.name);
      toggle(false);
      onCreated(pipeline.id);
    },
  });
  const toggle = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setName('');
    create.reset();
  };
  const atName = create.error instanceof ApiError ? create.error.at('name') : null;
  return (
    <FormDialog
      open={open}
      onOpenChange={toggle}
      title="New pipeline"
      description={`It begins with the stages ${firstStages.map((stage) => stage.name).join(', ')}, which you can change.`}
      submit="Create"
      busy={create.isPending}
      disabled={name.trim() === ''}
      onSubmit={() => create.mutate()}
    >
      <TextField
        label="Name"
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
        error={atName}
      />
      {atName === null ? <ProblemNote error={create.error} /> : null}
    </FormDialog>
  );
}
