/**
 * Spreads work evenly: hands out places in time, one after the other, so far apart as the rate says at that moment. A
 * place that nobody came for in time is gone: after a delay there is no burst to make up for it.
 */
export function openPace(now: () => number = () => performance.now()) {
  let nextAt = -Infinity;
  return {
    /** Takes the next place; answers with how many milliseconds from now it is. */
    take(ratePerSecond: number): number {
      const at = Math.max(nextAt, now());
      nextAt = at + 1000 / ratePerSecond;
      return at - now();
    },
  };
}
