import { Link } from '@tanstack/react-router';
import { Ellipsis, Hourglass, CirclePause } from 'lucide-react';
import { useRef } from 'react';
import { Badge } from '../../components/badge.tsx';
import { buttonClass } from '../../components/button.tsx';
import { Menu, MenuItem, MenuGroup, MenuLabel } from '../../components/menu.tsx';
import type { Card, Stage } from '../../data/pipelines.ts';
import { daysWords } from '../../lib/board-moves.ts';
import { cx } from '../../lib/format.ts';
import { formatExactly, formatRelative } from '../../lib/format-time.ts';
import { useNow } from '../../lib/use-now.ts';
import { waitingLabels } from '../../lib/waiting.ts';
import { useDraggable } from './use-drag.ts';
import type { useDragAdapter } from './use-drag.ts';

export type CardProps = {
  card: Card;
  stageId: string;
  stages: Stage[];
  adapter: ReturnType<typeof useDragAdapter>;
  /** Without it nobody may move it. */
  onMove: ((card: Card, fromStageId: string, toStageId: string) => void) | null;
};

/** A lead on the board: dragged, or moved by its menu. */
export function BoardCard({ card, stageId, stages, adapter, onMove }: CardProps) {
  const element = useRef<HTMLLIElement>(null);
  const dragging = useDraggable(element, onMove ? adapter : null, card, stageId);
  const [first, second, ...more] = card.tags;
  return (
    <li
      ref={element}
      data-card={card.leadId}
      className={cx(
        'group relative rounded-lg border border-line bg-surface px-3 py-2.5 shadow-card transition-[border-color,opacity] [contain-intrinsic-size:auto_5.5rem] [content-visibility:auto]',
        'hover:border-line-strong has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-1 has-[a:focus-visible]:outline-accent',
        onMove && 'md:cursor-grab',
        dragging && 'opacity-40',
      )}
    >
      <div className="flex items-start gap-2">
        <Link
          to="/leads/$leadId"
          params={{ leadId: card.leadId }}
          draggable={false}
          className="min-w-0 flex-1 text-sm font-medium break-words outline-hidden after:absolute after:inset-0 after:rounded-lg"
        >
          {card.name || card.company || 'No name'}
        </Link>
        {onMove ? (
          <MoveMenu
            name={card.name}
            stageId={stageId}
            stages={stages}
            onPick={(to) => {
              onMove(card, stageId, to);
              followCard(card.leadId);
            }}
          />
        ) : null}
      </div>
      {card.name && card.company ? <p className="truncate text-xs text-ink-muted">{card.company}</p> : null}
      <p className="tabular mt-0.5 text-xs text-ink-muted">{card.phoneFormatted}</p>
      {first ? (
        <p className="mt-1.5 flex flex-wrap items-center gap-1">
          {[first, second].map((tag) => (tag ? <Badge key={tag}>{tag}</Badge> : null))}
          {more.length > 0 ? <span className="text-xs text-ink-faint">+{more.length}</span> : null}
        </p>
      ) : null}
      <div className="mt-2 flex items-center justify-between gap-2 text-xs text-ink-faint empty:hidden">
        <JourneyLine journey={card.journey} />
        {/* Of a lead in no stage nobody knows since when. */}
        {card.stageEnteredAt === '' ? null : (
          <span
            className="ml-auto shrink-0"
            title={`In this stage since ${formatExactly(card.stageEnteredAt)}`}
          >
            <span className="sr-only">In this stage: </span>
            {daysWords(card.daysInStage)}
          </span>
        )}
      </div>
    </li>
  );
}

/** Keeps the keyboard with a card that its menu has moved into another column: the menu went away with the old one. */
function followCard(leadId: string): void {
  setTimeout(() => {
    const focused = document.activeElement;
    if (focused !== null && focused !== document.body) return;
    document.querySelector<HTMLElement>(`[data-card="${leadId}"] a`)?.focus();
  }, 50);
}

/** Whether a journey runs for the lead, and what it rests on. */
function JourneyLine({ journey }: { journey: Card['journey'] }) {
  const nowMs = useNow();
  if (!journey) return null;
  const paused = journey.status === 'paused';
  const Icon = paused ? CirclePause : Hourglass;
  const rest = journey.waitingFor === null ? 'At work' : waitingLabels[journey.waitingFor];
  const when = journey.waitingUntil ? `, ${formatRelative(journey.waitingUntil, nowMs)}` : '';
  return (
    <span
      className={cx('flex min-w-0 items-center gap-1', paused ? 'text-warn' : 'text-accent')}
      title={paused ? 'Its journey is paused' : `Its journey waits for: ${rest}${when}`}
    >
      <Icon className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">{paused ? 'Paused' : `${rest}${when}`}</span>
    </span>
  );
}

function MoveMenu({
  name,
  stageId,
  stages,
  onPick,
}: {
  name: string;
  stageId: string;
  stages: Stage[];
  onPick: (stageId: string) => void;
}) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Move ${name || 'this lead'} to…`}
          title="Move to…"
          className={cx(buttonClass('ghost', 'sm'), 'relative z-10 -mt-1 -mr-1.5 size-7 px-0')}
        >
          <Ellipsis aria-hidden />
        </button>
      }
    >
      <MenuGroup>
        <MenuLabel>Move to…</MenuLabel>
        {stages
          .filter(({ id }) => id !== stageId)
          .map((stage) => (
            <MenuItem key={stage.id} onClick={() => onPick(stage.id)}>
              <StageDot color={stage.color} />
              {stage.name}
            </MenuItem>
          ))}
      </MenuGroup>
    </Menu>
  );
}

export function StageDot({ color }: { color: string }) {
  return (
    <span
      aria-hidden
      className="size-2.5 shrink-0 rounded-full ring-1 ring-line-strong"
      style={{ backgroundColor: color }}
    />
  );
}
