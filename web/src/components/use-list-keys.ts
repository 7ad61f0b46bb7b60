import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { listCommand, movedTo } from '../lib/list-keys.ts';
import type { ListCommand } from '../lib/list-keys.ts';

/**
 * Moves through a virtual list by keys: the row that has the focus is where one is, and the focus follows also to a row
 * that was not in the page yet. What else a key asks for goes to `onCommand`, with the row's index (-1 = none).
 */
export function useListKeys({
  enabled,
  body,
  count,
  scrollTo,
  onCommand,
}: {
  enabled: boolean;
  body: RefObject<HTMLElement | null>;
  count: number;
  scrollTo: (index: number) => void;
  onCommand: (command: ListCommand, index: number) => void;
}): void {
  const wanted = useRef(-1);
  const last = useRef(-1);
  const [moves, setMoves] = useState(0);

  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const command = listCommand(event, document.activeElement);
    if (command === null) return;
    const here = focusedIndex(body.current);
    if (here >= 0) last.current = here;
    const isMove = command === 'next' || command === 'previous' || command === 'first' || command === 'last';
    if (!isMove) {
      if (command !== 'clear') event.preventDefault();
      onCommand(command, here);
      return;
    }
    // Home and End scroll the page unless one is in the list.
    if (here < 0 && (command === 'first' || command === 'last')) return;
    event.preventDefault();
    const to = movedTo(command, here >= 0 ? here : Math.min(last.current, count - 1), count);
    if (to < 0) return;
    wanted.current = to;
    last.current = to;
    scrollTo(to);
    setMoves((before) => before + 1);
  });

  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent) => pressed(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [enabled]);

  // After every rendering, because the wanted row may come only with the scrolling.
  useLayoutEffect(() => {
    if (wanted.current < 0) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] a`);
    if (!row) return;
    wanted.current = -1;
    row.focus({ preventScroll: true });
  });
  void moves;
}

function focusedIndex(body: HTMLElement | null): number {
  const row = document.activeElement?.closest<HTMLElement>('[data-index]');
  return row && body?.contains(row) ? Number(row.dataset.index) : -1;
}
