import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import type { Card } from '../../data/pipelines.ts';

type Adapter = typeof import('@atlaskit/pragmatic-drag-and-drop/element/adapter');

const cardKey = 'leadwayCard';

let loaded: Adapter | null = null;

/** The code for dragging, loaded once the board is there: it works without, by each card's menu. */
export function useDragAdapter(): Adapter | null {
  const [adapter, setAdapter] = useState(loaded);
  useEffect(() => {
    if (adapter) return;
    let gone = false;
    void import('@atlaskit/pragmatic-drag-and-drop/element/adapter').then(
      (found) => {
        loaded = found;
        if (!gone) setAdapter(found);
      },
      () => {
        // Cards are moved by their menus then.
      },
    );
    return () => {
      gone = true;
    };
  }, [adapter]);
  return adapter;
}

/** Lets a card be dragged; true while it is. */
export function useDraggable(
  element: RefObject<HTMLElement | null>,
  adapter: Adapter | null,
  card: Card,
  stageId: string,
): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    if (!adapter || !element.current) return;
    return adapter.draggable({
      element: element.current,
      getInitialData: () => ({ [cardKey]: card, stageId }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [adapter, element, card, stageId]);
  return dragging;
}

/** Lets cards be dropped on a column; true while one is over it. */
export function useDropTarget(
  element: RefObject<HTMLElement | null>,
  adapter: Adapter | null,
  stageId: string,
  onDrop: ((card: Card, fromStageId: string) => void) | null,
): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!adapter || !element.current || !onDrop) return;
    return adapter.dropTargetForElements({
      element: element.current,
      getData: () => ({ stageId }),
      canDrop: ({ source }) => source.data[cardKey] !== undefined && source.data.stageId !== stageId,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        onDrop(source.data[cardKey] as Card, String(source.data.stageId));
      },
    });
  }, [adapter, element, stageId, onDrop]);
  return over;
}
