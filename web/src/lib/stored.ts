import { useState } from 'react';

/** A list of words that this browser remembers for its reader. */
export function useStoredList(key: string, usual: readonly string[]): [string[], (next: string[]) => void] {
  const [value, setValue] = useState(() => read(key) ?? [...usual]);
  const store = (next: string[]) => {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Not remembered, but in force.
    }
  };
  return [value, store];
}

function read(key: string): string[] | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(stored) && stored.every((each) => typeof each === 'string') ? stored : null;
  } catch {
    return null;
  }
}
