import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  everythingSelected,
  isSelected,
  loadedState,
  nothingSelected,
  toggleLoaded,
  toggleRow,
} from './selection.ts';
import type { Selection } from './selection.ts';

const rows = ['a', 'b', 'c', 'd', 'e'];
const chosen = (selection: Selection) => rows.filter((id) => isSelected(selection, id)).join('');

test('shift selects from the last click to this one, downwards and upwards', () => {
  const down = toggleRow(toggleRow(nothingSelected, 'b', rows), 'd', rows, true);
  expect(chosen(down)).toBe('bcd');
  expect(chosen(toggleRow(down, 'a', rows, true))).toBe('abcd');
});

test('shift on a chosen row takes the whole range out', () => {
  const all = toggleLoaded(nothingSelected, rows);
  const without = toggleRow(toggleRow(all, 'b', rows), 'd', rows, true);
  expect(chosen(without)).toBe('ae');
});

test('shift without a last click, or with one that has left the list, selects the row alone', () => {
  expect(chosen(toggleRow(nothingSelected, 'c', rows, true))).toBe('c');
  const gone: Selection = { kind: 'some', ids: new Set(['x']), anchor: 'x' };
  expect(chosen(toggleRow(gone, 'c', rows, true))).toBe('c');
});

test('one taken out of all that match leaves the loaded rows without it', () => {
  expect(chosen(toggleRow(everythingSelected, 'c', rows))).toBe('abde');
});

test('the head’s box: none, some, all, and back to none', () => {
  expect(loadedState(nothingSelected, rows)).toBe('none');
  expect(loadedState(toggleRow(nothingSelected, 'a', rows), rows)).toBe('some');
  const all = toggleLoaded(toggleRow(nothingSelected, 'a', rows), rows);
  expect(loadedState(all, rows)).toBe('all');
  expect(loadedState(all, [...rows, 'f'])).toBe('some');
  expect(toggleLoaded(all, rows)).toBe(nothingSelected);
  expect(toggleLoaded(everythingSelected, rows)).toBe(nothingSelected);
});

test('a second click on the same row is as if nothing had been clicked', () => {
  fc.assert(
    fc.property(fc.subarray(rows), fc.constantFrom(...rows), (ids, id) => {
      const before: Selection = { kind: 'some', ids: new Set(ids), anchor: null };
      expect(chosen(toggleRow(toggleRow(before, id, rows), id, rows))).toBe(chosen(before));
    }),
  );
});
