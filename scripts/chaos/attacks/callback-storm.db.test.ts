import { expect, test } from 'vitest';
import { callbackStorm } from './callback-storm.ts';

/** Seconds on a machine of its own; others may be at work on it. */
const patienceMs = 3 * 60_000;

test(
  'a storm of callbacks leaves every touch at its highest status, and takes no forgery',
  async () => {
    const { trials, failures, note } = await callbackStorm.run({ scale: 'small', seed: 1, say: () => {} });
    expect(note).toContain('state regressions 0');
    expect(failures).toBe(0);
    expect(trials).toBeGreaterThan(1_000);
  },
  patienceMs,
);
