const pattern = /^(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$/;

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** A length of time as managers write it: `90s`, `30m`, `4h`, `1d`, `1d12h`. */
export type Duration = string;

/** Milliseconds of a duration; null when the text is not one, or is zero. A day is 24 hours, whatever the clocks do. */
export function durationMs(text: Duration): number | null {
  const match = pattern.exec(text.trim());
  if (!match) return null;
  const [, days, hours, minutes, seconds] = match;
  const ms =
    Number(days ?? 0) * dayMs +
    Number(hours ?? 0) * hourMs +
    Number(minutes ?? 0) * minuteMs +
    Number(seconds ?? 0) * secondMs;
  return ms > 0 ? ms : null;
}

/** As `durationMs`, for a text that validation has already accepted. */
export function requireDurationMs(text: Duration): number {
  const ms = durationMs(text);
  if (ms === null) throw new Error(`Not a duration: ${text}`);
  return ms;
}
