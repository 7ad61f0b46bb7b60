import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { moveToStage } from '../../data/pipelines.ts';
import type { Card, Stage } from '../../data/pipelines.ts';
import type { Move } from '../../lib/board-moves.ts';
import { toastError } from '../../lib/toasts.ts';

/** Moves cards at once, tells what became of it, and takes a move back that the server refused. */
export function useMoves(stages: Pick<Stage, 'id' | 'name'>[]) {
  const queryClient = useQueryClient();
  const [moves, setMoves] = useState<Move<Card>[]>([]);
  const [told, setTold] = useState('');

  const move = useCallback(
    async (card: Card, fromStageId: string, toStageId: string) => {
      if (fromStageId === toStageId) return;
      const nameOf = (id: string) => stages.find((stage) => stage.id === id)?.name ?? 'no stage';
      const wanted: Move<Card> = { card, fromStageId, toStageId };
      setMoves((now) => [...now, wanted]);
      setTold(`${card.name} moved to ${nameOf(toStageId)}.`);
      try {
        await moveToStage(card.leadId, toStageId);
        void queryClient.invalidateQueries({ queryKey: ['lead'] });
        // The card stays where it was put until the board has been read again.
        await queryClient.invalidateQueries({ queryKey: ['board'] });
      } catch (error) {
        setTold(`${card.name} could not be moved and is back in ${nameOf(fromStageId)}.`);
        toastError(`${card.name} was not moved`, error);
      } finally {
        setMoves((now) => now.filter((each) => each !== wanted));
      }
    },
    [queryClient, stages],
  );
  return { moves, move, told };
}
