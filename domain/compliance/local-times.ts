import { localTimeIn } from './calling-window.ts';

/** What the clocks of those zones show at an instant: `America/New_York` → `2026-03-09 14:05`. */
export function localTimes(at: Date, zones: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    zones.map((zone) => {
      const { date, hour, minute } = localTimeIn(at, zone);
      return [zone, `${date} ${twoDigits(hour)}:${twoDigits(minute)}`];
    }),
  );
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
