import { useRef } from 'react';
import type { Selection } from '../lib/selection.ts';
import { isSelected, loadedState, toggleLoaded, toggleRow } from '../lib/selection.ts';
import { Checkbox } from './checkbox.tsx';

/** What a table needs to let rows be chosen. */
export type RowSelecting<T> = {
  value: Selection;
  onChange: (selection: Selection) => void;
  /** How a row is called: its box says "Select Ada Lovelace". */
  nameOf: (row: T) => string;
};

/** The box of one row. Its whole cell takes the click, so that a thumb does not open the row by mistake. */
export function RowBox<T>({
  selecting,
  row,
  id,
  rowIds,
}: {
  selecting: RowSelecting<T>;
  row: T;
  id: string;
  rowIds: readonly string[];
}) {
  const shift = useRef(false);
  return (
    <div role="cell" className="relative z-10 flex items-center max-md:self-start max-md:pt-1">
      <label className="-m-2.5 grid cursor-pointer place-items-center p-2.5">
        <Checkbox
          aria-label={`Select ${selecting.nameOf(row)}`}
          checked={isSelected(selecting.value, id)}
          onClick={(event) => {
            shift.current = event.shiftKey;
          }}
          onChange={() => {
            selecting.onChange(toggleRow(selecting.value, id, rowIds, shift.current));
            shift.current = false;
          }}
        />
      </label>
    </div>
  );
}

/** The box in the head, for all loaded rows. */
export function HeadBox<T>({ selecting, rowIds }: { selecting: RowSelecting<T>; rowIds: readonly string[] }) {
  const state = loadedState(selecting.value, rowIds);
  return (
    <div role="columnheader" className="flex items-center">
      <span className="sr-only">Selected</span>
      <span className="sr-only md:hidden">Selected</span>
      <Checkbox
        className="max-md:hidden"
        aria-label="Select all loaded rows"
        checked={state === 'all'}
        indeterminate={state === 'some'}
        onChange={() => selecting.onChange(toggleLoaded(selecting.value, rowIds))}
      />
    </div>
  );
}
