import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { leadListQuery } from '../../data/leads.ts';
import { moreCardsQuery } from '../../data/pipelines.ts';
import type { BoardColumn as ColumnData, Card, Stage } from '../../data/pipelines.ts';
import type { Lead } from '../../data/types.ts';
import { withMoves } from '../../lib/board-moves.ts';
import type { Move } from '../../lib/board-moves.ts';
import { leadName } from '../../lib/format.ts';
import { BoardColumn } from './board-column.tsx';
import type { CardProps } from './board-card.tsx';

export const noStage = 'none';

type Shared = {
  pipelineId: string;
  search: string | undefined;
  stages: Stage[];
  adapter: CardProps['adapter'];
  moves: Move<Card>[];
  move: (card: Card, fromStageId: string, toStageId: string) => void;
  mayMove: boolean;
};

/** A stage of the pipeline: the board's own cards, then more from the server as one scrolls. */
export function StageColumn({ column, ...shared }: Shared & { column: ColumnData }) {
  const { stage, nextCursor } = column;
  const { move, moves, mayMove } = shared;
  const [deeper, setDeeper] = useState(false);
  const more = useInfiniteQuery({
    ...moreCardsQuery(shared.pipelineId, stage.id, shared.search, nextCursor ?? ''),
    enabled: deeper && nextCursor !== null,
    placeholderData: keepPreviousData,
  });
  const cards = distinct([...column.items, ...(more.data?.pages.flatMap(({ items }) => items) ?? [])]);
  const shown = withMoves([{ stageId: stage.id, count: column.count, cards }], moves)[0];
  const { fetchNextPage, isFetching, hasNextPage } = more;
  const goOn = useCallback(() => {
    if (isFetching) return;
    if (deeper) void fetchNextPage();
    else setDeeper(true);
  }, [deeper, isFetching, fetchNextPage]);
  const drop = useCallback(
    (card: Card, fromStageId: string) => move(card, fromStageId, stage.id),
    [move, stage.id],
  );
  const hasMore = nextCursor !== null && (!deeper || hasNextPage || isFetching);
  return (
    <BoardColumn
      stage={stage}
      count={shown?.count ?? 0}
      cards={shown?.cards ?? []}
      stages={shared.stages}
      adapter={shared.adapter}
      onMove={mayMove ? move : null}
      onDrop={mayMove ? drop : null}
      onEndNear={hasMore ? goOn : null}
      loading={deeper && isFetching}
    />
  );
}

/** Leads that no stage has yet: they can be moved from here, and none back. */
export function UnstagedColumn({ count, ...shared }: Shared & { count: number }) {
  const query = useInfiniteQuery({
    ...leadListQuery({ stageId: 'none', search: shared.search }, undefined),
    placeholderData: keepPreviousData,
  });
  const cards = query.data?.pages.flatMap(({ items }) => items.map(cardOf)) ?? [];
  const shown = withMoves([{ stageId: noStage, count, cards }], shared.moves)[0];
  const { fetchNextPage, hasNextPage, isFetching } = query;
  const goOn = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [isFetching, fetchNextPage]);
  return (
    <BoardColumn
      stage={{ id: noStage, name: 'No stage yet', color: 'transparent' }}
      count={shown?.count ?? 0}
      cards={shown?.cards ?? []}
      stages={shared.stages}
      adapter={shared.adapter}
      onMove={shared.mayMove ? shared.move : null}
      onDrop={null}
      onEndNear={hasNextPage ? goOn : null}
      loading={isFetching}
    />
  );
}

function cardOf(lead: Lead): Card {
  return {
    leadId: lead.id,
    name: `${lead.firstName} ${lead.lastName}`.trim() || leadName(lead),
    company: lead.company,
    phoneFormatted: lead.phoneFormatted,
    tags: lead.tags,
    daysInStage: 0,
    stageEnteredAt: '',
    journey: null,
  };
}

/** A card that moved between two readings may be in both. */
function distinct(cards: Card[]): Card[] {
  const seen = new Set<string>();
  return cards.filter(({ leadId }) => !seen.has(leadId) && seen.add(leadId));
}
