import { setImmediate } from 'node:timers/promises';
import type { Attack } from '../attack.ts';
import { problemsOf, problemsOfDaily } from './windows/problems.ts';
import { clockChanges, drawTrial, numbersOf } from './windows/trials.ts';

const sizes = { small: 10_000, large: 1_000_000 };
/** Of this many trials, one is of something that happens daily over a night when the clocks change. */
const dailyEvery = 20;
/** How many trials between two looks at what else is going on in the process. */
const atOnce = 5_000;

/**
 * Calling hours in zones and states, and at instants, chosen to be awkward: both changes of clocks, half and quarter
 * hours, no daylight-saving time, both sides of the date line, leap day, holidays, numbers that say one place and
 * addresses that say another. A naive judge, which only reads the clock on the wall and the rules' data, says what would
 * have been right.
 */
export const windowsAttack: Attack = {
  name: 'windows',
  async run({ scale, seed, say }) {
    const random = numbersOf(seed);
    const trials = sizes[scale];
    const problems: Record<string, number> = {};
    for (let trial = 0; trial < trials; trial++) {
      const found =
        trial % dailyEvery === 0 ? problemsOfDaily(random) : problemsOf(drawTrial(random), random);
      for (const problem of found) problems[problem] = (problems[problem] ?? 0) + 1;
      if (trial % atOnce === 0) await setImmediate();
      if (trial > 0 && trial % 250_000 === 0) say(`${trial} of ${trials}`);
    }
    const failures = Object.values(problems).reduce((sum, count) => sum + count, 0);
    const told = Object.entries(problems).map(([problem, count]) => `${problem} ${count}`);
    return {
      trials,
      failures,
      note:
        told.join(', ') ||
        `actions outside the strictest window 0; skipped and repeated local times over ${clockChanges.length} changes of clocks happened once`,
    };
  },
};
