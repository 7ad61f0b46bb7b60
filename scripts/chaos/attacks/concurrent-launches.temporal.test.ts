import { expect, test } from 'vitest';
import { concurrentLaunches } from './concurrent-launches.ts';

/** Seconds on a machine of its own; others may be at work on it. */
const patienceMs = 5 * 60_000;

test(
  'fifty launches of one cohort at once are one journey a lead, and one phone is texted once',
  async () => {
    const { trials, failures, note } = await concurrentLaunches.run({
      scale: 'small',
      seed: 1,
      say: () => {},
    });
    expect(note).toContain('exactly 100 journeys');
    expect(failures).toBe(0);
    expect(trials).toBeGreaterThan(150);
  },
  patienceMs,
);
