/*
 * Cards that were moved but whose move the server has not confirmed yet. They are laid over what the server last said:
 * a refused move is taken off, and the card is back where it was.
 */

type CardLike = { leadId: string; daysInStage: number };
type ColumnLike<Card> = { stageId: string; count: number; cards: Card[] };

export type Move<Card> = { card: Card; fromStageId: string; toStageId: string };

/** The columns as they will be once the moves are made. A moved card stands first, as one that has just come in does. */
export function withMoves<Card extends CardLike, Column extends ColumnLike<Card>>(
  columns: Column[],
  moves: readonly Move<Card>[],
): Column[] {
  return moves.reduce<Column[]>(
    (now, { card, fromStageId, toStageId }) =>
      fromStageId === toStageId
        ? now
        : now.map((column) => {
            const has = column.cards.some(({ leadId }) => leadId === card.leadId);
            if (column.stageId === toStageId) {
              // Has the server moved it already, the column is right as it is.
              if (has) return column;
              return {
                ...column,
                count: column.count + 1,
                cards: [{ ...card, daysInStage: 0 }, ...column.cards],
              };
            }
            if (column.stageId === fromStageId && has) {
              return {
                ...column,
                count: column.count - 1,
                cards: column.cards.filter(({ leadId }) => leadId !== card.leadId),
              };
            }
            return column;
          }),
    columns,
  );
}

/** "today", "1 day", "12 days". */
export function daysWords(days: number): string {
  if (days <= 0) return 'today';
  return days === 1 ? '1 day' : `${days} days`;
}
