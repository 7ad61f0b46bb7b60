import { expect, test } from 'vitest';
import { listCommand, listShortcuts, movedTo } from './list-keys.ts';

const key = (name: string, held: Partial<KeyboardEvent> = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const inField = { closest: () => ({}) } as unknown as Element;
const onRow = { closest: () => null } as unknown as Element;

test.each([
  ['j', 'next'],
  ['ArrowDown', 'next'],
  ['k', 'previous'],
  ['ArrowUp', 'previous'],
  ['x', 'select'],
  ['X', 'extend'],
  ['/', 'search'],
  ['?', 'help'],
  ['Escape', 'clear'],
])('%s asks for %s', (name, command) => {
  expect(listCommand(key(name), onRow)).toBe(command);
  expect(listCommand(key(name), null)).toBe(command);
});

test('what is typed into a field is no command, and the browser keeps its own keys', () => {
  expect(listCommand(key('j'), inField)).toBeNull();
  expect(listCommand(key('j', { ctrlKey: true }), onRow)).toBeNull();
  expect(listCommand(key('k', { metaKey: true }), onRow)).toBeNull();
  expect(listCommand(key('q'), onRow)).toBeNull();
});

test('movements stay inside the list', () => {
  expect(movedTo('next', -1, 3)).toBe(0);
  expect(movedTo('next', 2, 3)).toBe(2);
  expect(movedTo('previous', 0, 3)).toBe(0);
  expect(movedTo('last', 0, 3)).toBe(2);
  expect(movedTo('first', 2, 3)).toBe(0);
  expect(movedTo('next', 0, 0)).toBe(-1);
});

test('every key that works is told in the help', () => {
  const told = listShortcuts.flatMap(({ keys }) => keys).join(' ');
  for (const name of ['j', 'k', 'x', '/', '?', 'Enter', 'Esc']) expect(told).toContain(name);
});
