import { LoaderCircle } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Card, Stage } from '../../data/pipelines.ts';
import { cx, formatCount } from '../../lib/format.ts';
import { BoardCard, StageDot } from './board-card.tsx';
import type { CardProps } from './board-card.tsx';
import { useDropTarget } from './use-drag.ts';

/** A stage with its cards: those that came in last stand first, more come as one scrolls. */
export function BoardColumn({
  stage,
  count,
  cards,
  stages,
  adapter,
  onMove,
  onDrop,
  onEndNear,
  loading,
  note,
}: {
  stage: Pick<Stage, 'id' | 'name' | 'color'> & { probability?: number };
  count: number;
  cards: Card[];
  stages: Stage[];
  adapter: CardProps['adapter'];
  onMove: CardProps['onMove'];
  /** Without it nothing can be dropped here. */
  onDrop: ((card: Card, fromStageId: string) => void) | null;
  onEndNear: (() => void) | null;
  loading: boolean;
  note?: ReactNode;
}) {
  const element = useRef<HTMLElement>(null);
  const end = useRef<HTMLLIElement>(null);
  const over = useDropTarget(element, adapter, stage.id, onDrop);
  useEffect(() => {
    if (!onEndNear || !end.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onEndNear();
      },
      { rootMargin: '300px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onEndNear]);
  return (
    <section
      ref={element}
      aria-labelledby={`stage-${stage.id}`}
      className={cx(
        'flex min-h-0 min-w-0 flex-col rounded-card border bg-sunken/60 transition-colors md:w-72 md:shrink-0',
        over ? 'border-accent bg-accent-soft' : 'border-line',
      )}
    >
      <header className="flex items-center gap-2 px-3 pt-3 pb-2">
        <StageDot color={stage.color} />
        <h2 id={`stage-${stage.id}`} className="min-w-0 truncate text-sm font-semibold">
          {stage.name}
        </h2>
        <span className="tabular rounded-full bg-surface px-2 py-0.5 text-xs text-ink-muted">
          {formatCount(count)}
          <span className="sr-only"> {count === 1 ? 'lead' : 'leads'}</span>
        </span>
        {stage.probability === undefined ? null : (
          <span className="ml-auto text-xs text-ink-muted" title="Chance of a win">
            {Math.round(stage.probability * 100)} %
          </span>
        )}
      </header>
      {note ? <p className="px-3 pb-2 text-xs text-ink-muted">{note}</p> : null}
      {/* A list that scrolls by itself can be reached by keys, through its cards; an empty one needs no scrolling. */}
      <ul
        aria-label={stage.name}
        className="relative min-h-24 flex-1 space-y-2 overflow-y-auto px-2 pb-2 [scrollbar-width:thin]"
      >
        {cards.map((card) => (
          <BoardCard
            key={card.leadId}
            card={card}
            stageId={stage.id}
            stages={stages}
            adapter={adapter}
            onMove={onMove}
          />
        ))}
        {cards.length === 0 ? (
          <li className="grid h-20 place-items-center rounded-lg border border-dashed border-line-strong px-3 text-center text-xs text-ink-muted">
            <span>
              Nobody is here.
              {onDrop ? <span className="max-md:hidden"> Drop a card, or move one by its menu.</span> : null}
            </span>
          </li>
        ) : null}
        {onEndNear || loading ? (
          <li ref={end} className="flex h-8 items-center justify-center text-ink-faint">
            {loading ? <LoaderCircle className="size-4 animate-spin" aria-label="Loading more" /> : null}
          </li>
        ) : null}
      </ul>
    </section>
  );
}
