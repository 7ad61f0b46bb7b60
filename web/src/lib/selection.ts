/*
 * Which rows of a list are chosen: some by id, or all that match its filter, also those that were not loaded. Pure, so
 * that a table keeps one of these as its state.
 */

export type Selection = { kind: 'some'; ids: ReadonlySet<string>; anchor: string | null } | { kind: 'all' };

export const nothingSelected: Selection = { kind: 'some', ids: new Set(), anchor: null };
export const everythingSelected: Selection = { kind: 'all' };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === 'all' || selection.ids.has(id);
}

/**
 * A click on a row's box. With `range` (shift held) every row from the last click to this one becomes what this one
 * becomes. Taking one out of "all that match" leaves the loaded rows without it: the server is asked by filter or by
 * ids, never by exceptions.
 */
export function toggleRow(
  selection: Selection,
  id: string,
  rowIds: readonly string[],
  range = false,
): Selection {
  if (selection.kind === 'all') {
    return { kind: 'some', ids: new Set(rowIds.filter((each) => each !== id)), anchor: id };
  }
  const chosen = !selection.ids.has(id);
  const ids = new Set(selection.ids);
  for (const each of range ? between(rowIds, selection.anchor, id) : [id]) {
    if (chosen) ids.add(each);
    else ids.delete(each);
  }
  return { kind: 'some', ids, anchor: id };
}

/** The box in the head: all loaded rows, or none when all of them are chosen already. */
export function toggleLoaded(selection: Selection, rowIds: readonly string[]): Selection {
  return loadedState(selection, rowIds) === 'all'
    ? nothingSelected
    : { kind: 'some', ids: new Set(rowIds), anchor: null };
}

/** What the box in the head shows. */
export function loadedState(selection: Selection, rowIds: readonly string[]): 'all' | 'some' | 'none' {
  if (selection.kind === 'all') return 'all';
  if (selection.ids.size === 0) return 'none';
  return rowIds.length > 0 && rowIds.every((id) => selection.ids.has(id)) ? 'all' : 'some';
}

/** The rows from one to the other, whichever stands first; without an anchor in the list, the one alone. */
function between(rowIds: readonly string[], anchor: string | null, id: string): readonly string[] {
  const from = anchor === null ? -1 : rowIds.indexOf(anchor);
  const to = rowIds.indexOf(id);
  if (from < 0 || to < 0) return [id];
  return rowIds.slice(Math.min(from, to), Math.max(from, to) + 1);
}
