import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysWords, withMoves } from './board-moves.ts';

const card = (leadId: string) => ({ leadId, daysInStage: 3 });
const columns = [
  { stageId: 'new', count: 40, cards: [card('a'), card('b')] },
  { stageId: 'won', count: 1, cards: [card('c')] },
  { stageId: 'lost', count: 0, cards: [] },
];
const shown = (moved: typeof columns) =>
  moved.map(
    ({ stageId, count, cards }) => `${stageId} ${count} ${cards.map((each) => each.leadId).join('')}`,
  );

test('a card that is on its way stands first in its new column, and both counts tell it', () => {
  const moved = withMoves(columns, [{ card: card('b'), fromStageId: 'new', toStageId: 'won' }]);
  expect(shown(moved)).toEqual(['new 39 a', 'won 2 bc', 'lost 0 ']);
  expect(moved[1]?.cards[0]?.daysInStage).toBe(0);
});

test('moves follow each other, and one that the server has made changes nothing twice', () => {
  const there = { card: card('a'), fromStageId: 'new', toStageId: 'won' };
  const onwards = { card: card('a'), fromStageId: 'won', toStageId: 'lost' };
  expect(shown(withMoves(columns, [there, onwards]))).toEqual(['new 39 b', 'won 1 c', 'lost 1 a']);
  const confirmed = withMoves(columns, [there]);
  expect(withMoves(confirmed, [there])).toEqual(confirmed);
});

test('no card is lost or doubled, whatever is moved where', () => {
  const stages = fc.constantFrom('new', 'won', 'lost');
  const ids = fc.constantFrom('a', 'b', 'c');
  fc.assert(
    fc.property(fc.array(fc.tuple(ids, stages), { maxLength: 8 }), (wanted) => {
      let now = columns;
      for (const [leadId, toStageId] of wanted) {
        const from = now.find(({ cards }) => cards.some((each) => each.leadId === leadId));
        now = withMoves(now, [{ card: card(leadId), fromStageId: from?.stageId ?? '', toStageId }]);
      }
      const all = now.flatMap(({ cards }) => cards.map((each) => each.leadId));
      expect(all.toSorted()).toEqual(['a', 'b', 'c']);
      expect(now.reduce((sum, { count }) => sum + count, 0)).toBe(41);
    }),
  );
});

test('days are told as people tell them', () => {
  expect([0, 1, 12].map(daysWords)).toEqual(['today', '1 day', '12 days']);
});
