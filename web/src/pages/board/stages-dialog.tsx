import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { controlClass } from '../../components/field.tsx';
import { PlainDialog } from '../../components/plain-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { addStage, changePipeline, liveStages, orderStages, pipelinesQuery } from '../../data/pipelines.ts';
import type { Pipeline } from '../../data/pipelines.ts';
import { cx } from '../../lib/format.ts';
import { StageRow } from './stage-row.tsx';

/** The stages of a pipeline: named, coloured, put in order, added, archived. Each change is made at once. */
export function StagesDialog({
  open,
  onOpenChange,
  pipeline,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  pipeline: Pipeline;
}) {
  const queryClient = useQueryClient();
  const stages = liveStages(pipeline);
  const [told, setTold] = useState('');
  const change = useMutation({
    mutationFn: (make: () => Promise<unknown>) => make(),
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: pipelinesQuery.queryKey });
      for (const key of ['board', 'lead']) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
  const shift = (index: number, by: -1 | 1) => {
    const order = stages.map(({ id }) => id);
    const [moved] = order.splice(index, 1);
    if (!moved) return;
    order.splice(index + by, 0, moved);
    setTold(`${stages[index]?.name ?? ''} is now stage ${index + by + 1} of ${stages.length}.`);
    change.mutate(() => orderStages(pipeline.id, order));
  };
  return (
    <PlainDialog
      wide
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        if (!next) change.reset();
      }}
      title={`Stages of ${pipeline.name}`}
      description="The chance of a win is what a lead in that stage is worth to a forecast. Changes are kept at once."
    >
      <p role="status" className="sr-only">
        {told}
      </p>
      <PipelineFields
        key={pipeline.id}
        pipeline={pipeline}
        busy={change.isPending}
        onChange={(make) => change.mutate(make)}
      />
      <ol aria-label="Stages" className="mt-3 divide-y divide-line border-t border-line">
        {stages.map((stage, index) => (
          <StageRow
            key={stage.id}
            stage={stage}
            pipelineId={pipeline.id}
            others={stages.filter(({ id }) => id !== stage.id)}
            busy={change.isPending}
            onUp={index > 0 ? () => shift(index, -1) : null}
            onDown={index < stages.length - 1 ? () => shift(index, 1) : null}
            onChange={(make) => change.mutate(make)}
          />
        ))}
      </ol>
      <div className="mt-3 space-y-3">
        <ProblemNote error={change.error} />
        <NewStage
          busy={change.isPending}
          onAdd={(name, done) => change.mutate(() => addStage(pipeline.id, { name }), { onSuccess: done })}
        />
      </div>
    </PlainDialog>
  );
}

function PipelineFields({
  pipeline,
  busy,
  onChange,
}: {
  pipeline: Pipeline;
  busy: boolean;
  onChange: (make: () => Promise<unknown>) => void;
}) {
  const [name, setName] = useState(pipeline.name);
  const keepName = () => {
    if (name.trim() === '') setName(pipeline.name);
    else if (name.trim() !== pipeline.name)
      onChange(() => changePipeline(pipeline.id, { name: name.trim() }));
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <input
        aria-label="Name of the pipeline"
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
        onBlur={keepName}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keepName();
        }}
        className={cx(controlClass, 'h-9 flex-1 basis-40 font-medium')}
      />
      {pipeline.isDefault ? (
        <Badge>Default</Badge>
      ) : (
        <>
          <Button
            size="sm"
            disabled={busy}
            onClick={() => onChange(() => changePipeline(pipeline.id, { isDefault: true }))}
          >
            Make it the default
          </Button>
          <Button
            size="sm"
            variant="quiet-danger"
            disabled={busy}
            onClick={() => onChange(() => changePipeline(pipeline.id, { archived: true }))}
          >
            Archive
          </Button>
        </>
      )}
    </div>
  );
}

function NewStage({ busy, onAdd }: { busy: boolean; onAdd: (name: string, done: () => void) => void }) {
  const [name, setName] = useState('');
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onAdd(name.trim(), () => setName(''));
      }}
    >
      <input
        aria-label="Name of a new stage"
        placeholder="A new stage"
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
        className={cx(controlClass, 'h-9')}
      />
      <Button type="submit" disabled={name.trim() === '' || busy}>
        <Plus aria-hidden />
        Add
      </Button>
    </form>
  );
}
