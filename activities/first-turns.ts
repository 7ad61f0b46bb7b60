/** So many journeys of a launch begin as soon as they are started: a small launch is felt at once. */
const atOnce = 20;

/** What the others wait at least, in milliseconds: by then a launch of some hundred leads has started all of its journeys. */
const leadMs = 2_000;

/** One further journey begins in so many milliseconds. */
const everyMs = 15;

/**
 * When the journeys of a launch take their first turns. A turn costs as much as several starts; if all began at once,
 * the launch itself and everybody's inbound replies would wait behind them. So starting comes first, and the turns follow
 * at a steady pace, about 65 a second. A journey that is told something meanwhile, a removal say, begins at once.
 */
export function openFirstTurns(now: () => number = () => performance.now()) {
  const openedAt = now();
  let started = 0;
  return {
    /** Milliseconds from now until the next journey takes its first turn. */
    nextDelay(): number {
      started += 1;
      if (started <= atOnce) return 0;
      return Math.max(0, Math.round(openedAt + leadMs + (started - atOnce) * everyMs - now()));
    },
  };
}
