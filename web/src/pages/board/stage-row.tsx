import { Archive, ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { controlClass } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { changeStage } from '../../data/pipelines.ts';
import type { Stage } from '../../data/pipelines.ts';
import { cx } from '../../lib/format.ts';

type RowProps = {
  stage: Stage;
  pipelineId: string;
  others: Stage[];
  busy: boolean;
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onChange: (make: () => Promise<unknown>) => void;
};

/** One stage. What was typed is kept when the field is left. */
export function StageRow({ stage, pipelineId, others, busy, onUp, onDown, onChange }: RowProps) {
  const [name, setName] = useState(stage.name);
  const [chance, setChance] = useState(String(Math.round(stage.probability * 100)));
  const [archiving, setArchiving] = useState(false);
  const keep = (change: Parameters<typeof changeStage>[2]) =>
    onChange(() => changeStage(pipelineId, stage.id, change));
  const keepName = () => {
    if (name.trim() === '') setName(stage.name);
    else if (name.trim() !== stage.name) keep({ name: name.trim() });
  };
  const keepChance = () => {
    const percent = Number(chance);
    if (chance.trim() === '' || !Number.isFinite(percent) || percent < 0 || percent > 100)
      setChance(String(Math.round(stage.probability * 100)));
    else if (percent / 100 !== stage.probability) keep({ probability: percent / 100 });
  };
  return (
    <li className="py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="color"
          aria-label={`Colour of ${stage.name}`}
          defaultValue={stage.color}
          onBlur={(event) => {
            if (event.target.value !== stage.color) keep({ color: event.target.value });
          }}
          className="h-9 w-10 shrink-0 cursor-pointer rounded-lg border border-control-line/60 bg-surface p-1"
        />
        <input
          aria-label={`Name of ${stage.name}`}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          onBlur={keepName}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keepName();
          }}
          className={cx(controlClass, 'h-9 flex-1 basis-32')}
        />
        <span className="flex items-center gap-1.5 text-sm text-ink-muted">
          <input
            aria-label={`Chance of a win in ${stage.name}, percent`}
            inputMode="numeric"
            value={chance}
            onChange={(event) => setChance(event.target.value)}
            onBlur={keepChance}
            onKeyDown={(event) => {
              if (event.key === 'Enter') keepChance();
            }}
            className={cx(controlClass, 'tabular h-9 w-14! text-right')}
          />
          %
        </span>
        <span className="flex">
          <IconButton label={`Move ${stage.name} up`} disabled={!onUp || busy} onClick={() => onUp?.()}>
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton label={`Move ${stage.name} down`} disabled={!onDown || busy} onClick={() => onDown?.()}>
            <ArrowDown aria-hidden />
          </IconButton>
          <IconButton
            label={`Archive ${stage.name}`}
            disabled={others.length === 0 || busy}
            onClick={() => setArchiving(!archiving)}
          >
            <Archive aria-hidden />
          </IconButton>
        </span>
      </div>
      {archiving ? (
        <ArchivePanel
          stage={stage}
          others={others}
          busy={busy}
          onCancel={() => setArchiving(false)}
          onArchive={(moveLeadsTo) => keep({ archived: true, moveLeadsTo })}
        />
      ) : null}
    </li>
  );
}

const nowhere = 'nowhere';

function ArchivePanel({
  stage,
  others,
  busy,
  onCancel,
  onArchive,
}: {
  stage: Stage;
  others: Stage[];
  busy: boolean;
  onCancel: () => void;
  onArchive: (moveLeadsTo: string | undefined) => void;
}) {
  const [to, setTo] = useState(nowhere);
  return (
    <div className="mt-2 flex flex-wrap items-end gap-2 rounded-lg bg-sunken p-3">
      <Select
        label={`Its leads move to`}
        className="min-w-44 flex-1"
        value={to}
        onChange={setTo}
        options={[
          { value: nowhere, label: 'It has none' },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Button onClick={onCancel}>Keep it</Button>
      <Button variant="danger" busy={busy} onClick={() => onArchive(to === nowhere ? undefined : to)}>
        Archive {stage.name}
      </Button>
    </div>
  );
}

function IconButton({
  label,
  children,
  ...button
}: {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <Button {...button} variant="ghost" size="sm" aria-label={label} title={label} className="w-8 px-0">
      {children}
    </Button>
  );
}
