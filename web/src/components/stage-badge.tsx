import type { Lead } from '../data/types.ts';

/** A lead's place in the pipeline, with the stage's own colour as a dot. */
export function StageBadge({ stage }: { stage: NonNullable<Lead['stage']> }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 text-sm">
      <span
        aria-hidden
        className="size-2 shrink-0 rounded-full ring-1 ring-line-strong"
        style={{ backgroundColor: stage.color }}
      />
      <span className="truncate">{stage.name}</span>
    </span>
  );
}
