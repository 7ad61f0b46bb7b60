/** What a key asks of a list of rows. */
export type ListCommand =
  'next' | 'previous' | 'first' | 'last' | 'select' | 'extend' | 'search' | 'help' | 'clear';

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Every key of a list, as the help tells it. */
export const listShortcuts: readonly { keys: readonly string[]; meaning: string }[] = [
  { keys: ['j', '↓'], meaning: 'Next row' },
  { keys: ['k', '↑'], meaning: 'Row before' },
  { keys: ['Home', 'End'], meaning: 'First, last loaded row' },
  { keys: ['x'], meaning: 'Select the row' },
  { keys: ['Shift', 'x'], meaning: 'Select from the last one to here' },
  { keys: ['Enter'], meaning: 'Open the row' },
  { keys: ['/'], meaning: 'Search' },
  { keys: ['Esc'], meaning: 'Clear the selection' },
  { keys: ['?'], meaning: 'Show these keys' },
];

const commands: Record<string, ListCommand> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  x: 'select',
  X: 'extend',
  '/': 'search',
  '?': 'help',
  Escape: 'clear',
};

/**
 * The command of a key, or null. Keys that belong to whatever has the focus are left alone: everything in a field, a
 * menu or a dialog, and combinations that belong to the browser.
 */
export function listCommand(event: Key, focused: Element | null): ListCommand | null {
  if (event.ctrlKey || event.metaKey || event.altKey || ownsKeys(focused)) return null;
  return commands[event.key] ?? null;
}

const keyOwners =
  'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=menu], [role=listbox], [role=dialog], [role=alertdialog], [role=combobox]';

function ownsKeys(focused: Element | null): boolean {
  return focused?.closest(keyOwners) != null;
}

/** Where a movement leads; -1 = no row yet. */
export function movedTo(command: ListCommand, index: number, count: number): number {
  if (count === 0) return -1;
  switch (command) {
    case 'next':
      return Math.min(index + 1, count - 1);
    case 'previous':
      return Math.max(index - 1, 0);
    case 'first':
      return 0;
    case 'last':
      return count - 1;
    default:
      return index;
  }
}
